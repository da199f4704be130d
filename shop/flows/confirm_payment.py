"""Confirm that an order's money has arrived."""

from django.db import transaction

from shop.core.errors import Conflict
from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order
from shop.payments import actions as payments
from shop.payments.models import Payment


@transaction.atomic
def confirm_payment(*, order_id: int, actor: str = "", reference: str = "") -> Order:
    """Note the money of the order's open payment. A second call changes nothing.

    Raises Conflict `order_cancelled` or `nothing_to_pay`.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.payment_status != Order.PaymentStatus.UNPAID:
        return order
    if order.status == rules.CANCELLED:
        raise Conflict("order_cancelled", "This order was cancelled; nothing is to be paid.")
    payment = (
        Payment.objects.filter(order_id=order_id, state=Payment.State.PENDING).order_by("pk").last()
    )
    if payment is None:
        raise Conflict("nothing_to_pay", "No payment of this order is open.")
    payments.confirm(payment_id=payment.pk, reference=reference)
    return orders.set_payment_status(
        order_id=order_id,
        status=Order.PaymentStatus.PAID,
        actor=actor,
        note=" ".join(filter(None, [str(payment.amount), payment.currency, reference])),
    )
