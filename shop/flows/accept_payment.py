"""Take money that is not what was asked for: an order is paid by it, or in part."""

from decimal import Decimal

from django.db import transaction

from shop.core.errors import Conflict
from shop.core.money import display
from shop.flows.pay_order import pay_order
from shop.flows.refund_order import refund_payment
from shop.flows.settle_payment import tell_paid
from shop.orders import actions as orders
from shop.orders.models import Order, OrderEvent
from shop.payments import actions as payments
from shop.payments.actions import reviews, settle
from shop.payments.actions.settle import Money
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.models import Payment, Refund, ReviewStep
from shop.payments.queries import amount_due, on_its_way
from shop.payments.reconciliation import rules


@transaction.atomic
def accept_payment(
    *, payment_id: int, actor: str, note: str = "", give_surplus_back: bool = False
) -> Refund | None:
    """Take what came as the whole payment of its order, be it more or less than was asked for.

    With `give_surplus_back` what came too much goes back; returns that refund. Raises NotLegal.
    """
    payment = reviews.held(payment_id, rules.SURPLUS if give_surplus_back else rules.ACCEPT)
    order = _order(payment)
    due = amount_due(order)
    came = _take(payment)
    payments.cancel_unsent(order_id=order.pk)
    words = f"{display(came)} of {display(due)}"
    receipt = payment.receipt or ""
    paid = orders.set_payment_status(
        order_id=order.pk,
        status=Order.PaymentStatus.PAID,
        actor=actor,
        note=" ".join(filter(None, [words, receipt, note])),
    )
    tell_paid(paid, payment, receipt=receipt or payment.reference)
    text = ". ".join(filter(None, [words, note]))
    reviews.keep_step(payment, ReviewStep.Kind.ACCEPTED, actor=actor, note=text)
    if not give_surplus_back:
        return None
    reviews.keep_step(payment, ReviewStep.Kind.REFUND, actor=actor, note=display(came - due))
    return refund_payment(
        payment_id=payment.pk,
        amount=came - due,
        reason="More came than was asked for",
        actor=actor,
        key=f"surplus:{payment.pk}",
    )


@transaction.atomic
def ask_for_rest(*, payment_id: int, actor: str, phone: str = "", note: str = "") -> Payment:
    """Keep what came as a part of the price, and ask a phone for the rest; returns that prompt.

    Without a phone the order's is asked. Raises NotLegal, Conflict `payment_under_way`, or what
    `pay_order` raises.
    """
    payment = reviews.held(payment_id, rules.REST)
    order = _order(payment)
    if on_its_way(order.pk).exists():
        raise Conflict(
            "payment_under_way",
            "A payment of this order is being made on a phone. Please wait until it is answered.",
        )
    came = _take(payment)
    payments.cancel_unsent(order_id=order.pk)
    asked, _made = pay_order(order_id=order.pk, method=MPESA, phone=phone, actor=actor)
    text = f"{display(came)} came; {display(asked.amount)} is asked for"
    OrderEvent.objects.create(order=order, kind="payment_part", text=text, actor=actor[:150])
    text = ". ".join(filter(None, [text, note]))
    reviews.keep_step(payment, ReviewStep.Kind.REST_ASKED, actor=actor, note=text)
    return asked


def _order(payment: Payment) -> Order:
    if payment.order is None:
        raise reviews.NotLegal
    return payment.order


def _take(payment: Payment) -> Decimal:
    came = payment.received if payment.received is not None else payment.amount
    settle.mark_paid(payment, Money(came, payment.receipt or ""))
    return came
