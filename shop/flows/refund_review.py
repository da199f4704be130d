"""Give back money that people looked at: what came twice, for nobody, or for a cancelled order."""

from django.db import transaction

from shop.core.money import display
from shop.flows.refund_order import refund_payment
from shop.payments.actions import reviews
from shop.payments.models import Refund, ReviewStep
from shop.payments.reconciliation import rules


@transaction.atomic
def refund_review(*, payment_id: int, actor: str, note: str, reference: str = "") -> Refund:
    """Give back all that is left of a payment; returns the refund.

    With `reference` people have sent it before. Raises NotLegal, or what `refund_payment` raises.
    """
    payment = reviews.held(payment_id, rules.REFUND)
    refund = refund_payment(payment_id=payment.pk, reason=note, actor=actor, reference=reference)
    text = " ".join(filter(None, [display(refund.amount), note, reference]))
    reviews.keep_step(payment, ReviewStep.Kind.REFUND, actor=actor, note=text)
    return refund
