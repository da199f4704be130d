"""Say which order money is for that came without one, or for another."""

from django.db import transaction

from shop.core.errors import Conflict
from shop.core.money import display
from shop.flows.settle_payment import look_at, paid_in_full, promise_again
from shop.inventory import promises
from shop.orders import actions as orders
from shop.orders import rules as order_rules
from shop.orders.models import Order, OrderEvent
from shop.payments import rules
from shop.payments.actions import settle
from shop.payments.actions.settle import Money
from shop.payments.models import Payment
from shop.payments.queries import amount_due
from shop.pricing import actions as pricing

STATES = (Payment.State.PAID, Payment.State.REVIEW)


@transaction.atomic
def match_payment(*, payment_id: int, order_id: int, actor: str = "") -> bool:
    """Give a payment to an order; returns whether the order is paid by it.

    For money that nobody could place, that staff asked for without an order, or that people must
    look at with another order. The amount that the order still costs pays it, and takes a cancelled
    one up again; any other amount waits with the order for people to look at. A second call changes
    nothing. Raises Conflict `nothing_came`, `paid_another_order`, `order_paid`, `goods_gone`
    or `order_moved`.
    """
    if _is_given(Payment.objects.get(pk=payment_id), order_id):
        return True  # before any goods are promised: the order may have been cancelled since
    order = Order.objects.get(pk=order_id)
    cancelled = order.status == order_rules.CANCELLED
    if cancelled and not promise_again(order):
        raise Conflict("goods_gone", "This order was cancelled and its goods are gone.")
    first = Payment.objects.values_list("order_id", flat=True).get(pk=payment_id)
    # The order that it was with before is locked as well, both by number.
    ids = {order_id, first} - {None}
    locked = {o.pk: o for o in Order.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    order = locked[order_id]
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    given = _is_given(payment, order_id)
    if (order.status == order_rules.CANCELLED) != cancelled or (given and cancelled):
        raise Conflict("order_moved", "This order was changed at this moment; look again.")
    if given:
        return True
    _require_free(payment, order)
    paid = _give(payment, order, actor)
    if cancelled and not paid:  # it stays cancelled; its goods are for others
        promises.release(reference=order.number, reason="The money does not fit", actor=actor)
    return paid


def _is_given(payment: Payment, order_id: int) -> bool:
    return payment.order_id == order_id and payment.state == Payment.State.PAID


def _require_free(payment: Payment, order: Order) -> None:
    if payment.state not in STATES or payment.refundable <= 0:
        raise Conflict("nothing_came", "No money of this payment is there.")
    if payment.state == Payment.State.PAID and payment.order_id not in (None, order.pk):
        raise Conflict("paid_another_order", "Another order was paid with this money.")
    if order.payment_status != Order.PaymentStatus.UNPAID:
        raise Conflict("order_paid", "This order is paid; give the money back, or match another.")


def _give(payment: Payment, order: Order, actor: str) -> bool:
    due = amount_due(order)
    came = payment.refundable
    payment.order = order
    receipt = payment.receipt or payment.reference
    text = " ".join(filter(None, [display(came), receipt]))
    OrderEvent.objects.create(
        order=order, kind="payment_matched", text=text[:300], actor=actor[:150]
    )
    payment.amount = due
    money = Money(payment.received, payment.receipt or "")
    if came != due:
        settle.mark_review(payment, money, rules.AMOUNT)
        # Somebody looks at it just now.
        look_at(order, payment, receipt=receipt, alert=False)
        return False
    if order.status == order_rules.CANCELLED:
        orders.reopen(order_id=order.pk, note="Its money came after it was cancelled", actor=actor)
        pricing.take_again(reference=order.number)
    settle.mark_paid(payment, money)
    paid_in_full(order, payment, receipt=receipt, actor=actor)
    return True
