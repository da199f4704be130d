"""Match money at the desk to the order that it is for."""

from django.db import transaction

from shop.flows.match_payment import match_payment
from shop.payments.actions import reviews
from shop.payments.models import Payment, ReviewStep
from shop.payments.reconciliation import rules
from shop.payments.reconciliation.desk import legal_steps


@transaction.atomic
def match_review(*, payment_id: int, order_id: int, actor: str) -> bool:
    """Give money to an order and note who did it; returns whether the order is paid by it.

    Raises NotLegal, or what `match_payment` raises.
    """
    # Looked at without a lock: stock is locked before the order, which the match does itself.
    if rules.MATCH not in legal_steps(Payment.objects.select_related("order").get(pk=payment_id)):
        raise reviews.NotLegal
    paid = match_payment(payment_id=payment_id, order_id=order_id, actor=actor)
    payment = Payment.objects.select_related("order").get(pk=payment_id)
    number = payment.order.readable_number if payment.order else ""
    reviews.keep_step(payment, ReviewStep.Kind.MATCHED, actor=actor, note=number)
    return paid
