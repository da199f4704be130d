"""Confirm that an order's money has arrived."""

from django.db import transaction

from shop.core.errors import Conflict
from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order
from shop.payments import actions as payments
from shop.payments.models import Payment
from shop.payments.queries import left_to_pay
from shop.payments.rules import receipt_in

# What people take without a provider.
BY_HAND = "cash_on_delivery"


@transaction.atomic
def confirm_payment(*, order_id: int, actor: str = "", reference: str = "") -> Order:
    """Note money that people have seen. A second call changes nothing.

    It is the order's open payment. A prompt that may be on its way stays what it is unless its own
    receipt is named, and where nothing is open a payment by hand is written. Raises Conflict
    `order_cancelled`, `nothing_to_pay` or `receipt_known`.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.payment_status != Order.PaymentStatus.UNPAID:
        return order
    if order.status == rules.CANCELLED:
        raise Conflict("order_cancelled", "This order was cancelled; nothing is to be paid.")
    payment = _open_payment(order, reference)
    if payment is None:
        raise Conflict("nothing_to_pay", "Nothing is to be paid for this order.")
    payments.confirm(payment_id=payment.pk, reference=reference)
    payments.cancel_unsent(order_id=order_id)
    return orders.set_payment_status(
        order_id=order_id,
        status=Order.PaymentStatus.PAID,
        actor=actor,
        note=" ".join(filter(None, [str(payment.amount), payment.currency, reference])),
    )


def _open_payment(order: Order, reference: str) -> Payment | None:
    opened = payments.pending(order_id=order.pk)
    if opened is not None and (not opened.on_its_way or receipt_in(reference)):
        return opened
    return payments.start(
        order_id=order.pk, method=BY_HAND, amount=left_to_pay(order), currency=order.currency
    )
