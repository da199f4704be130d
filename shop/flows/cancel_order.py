"""Cancel an order: its stock goes back, its open payment is closed."""

from django.db import transaction

from shop.core.errors import Conflict
from shop.fulfilment import actions as fulfilment
from shop.inventory import promises
from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order
from shop.payments import actions as payments
from shop.payments.queries import money_has_come, on_its_way
from shop.pricing import actions as pricing

UNPAID = Order.PaymentStatus.UNPAID


@transaction.atomic
def cancel_order(
    *,
    order_id: int,
    actor: str = "",
    note: str = "",
    by_customer: bool = False,
    only_unpaid: bool = False,
) -> Order:
    """Give the stock back exactly once and close the order.

    Raises IllegalMove once something has left; `cancel_shipment` stops the rest. A customer's own
    wish is refused from packing on (Conflict `too_late_to_cancel`, or `already_cancelled` for one
    that is). Nobody cancels while a payment may be on its way (`payment_under_way`), and with
    `only_unpaid` not after money came (`already_paid`).
    """
    number = Order.objects.values_list("number", flat=True).get(pk=order_id)
    promises.release(reference=number, reason=note or "Order cancelled", actor=actor)
    order = Order.objects.select_for_update().get(pk=order_id)
    if by_customer and order.status == rules.CANCELLED:
        raise Conflict("already_cancelled", "This order is cancelled already.", field="status")
    if by_customer and order.status not in rules.CUSTOMER_MAY_CANCEL:
        raise Conflict(
            "too_late_to_cancel",
            "This order is already being prepared; please call us to stop it.",
            field="status",
        )
    if on_its_way(order_id).exists():
        raise Conflict(
            "payment_under_way",
            "A payment of this order is being made on a phone. Please wait until it is answered.",
            field="status",
        )
    if only_unpaid and (order.payment_status != UNPAID or money_has_come(order_id)):
        raise Conflict("already_paid", "Money for this order came meanwhile.", field="status")
    order = orders.move(order_id=order_id, target=rules.CANCELLED, actor=actor, note=note)
    fulfilment.cancel_staying(order=order, actor=actor)
    pricing.give_back(reference=number)
    payments.cancel_unsent(order_id=order_id)
    return order
