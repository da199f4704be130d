"""Cancel an order: its stock goes back, its open payment is closed."""

from django.db import transaction

from shop.core.errors import Conflict
from shop.inventory import actions as inventory
from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order
from shop.payments import actions as payments


@transaction.atomic
def cancel_order(
    *, order_id: int, actor: str = "", note: str = "", by_customer: bool = False
) -> Order:
    """Give the stock back exactly once and close the order.

    Raises IllegalMove after shipping; a customer's own wish is refused from packing on (Conflict
    `too_late_to_cancel`, or `already_cancelled` for one that is).
    """
    number = Order.objects.values_list("number", flat=True).get(pk=order_id)
    inventory.release(reference=number, reason=note or "Order cancelled", actor=actor)
    order = Order.objects.select_for_update().get(pk=order_id)
    if by_customer and order.status == rules.CANCELLED:
        raise Conflict("already_cancelled", "This order is cancelled already.", field="status")
    if by_customer and order.status not in rules.CUSTOMER_MAY_CANCEL:
        raise Conflict(
            "too_late_to_cancel",
            "This order is already being prepared; please call us to stop it.",
            field="status",
        )
    order = orders.move(order_id=order_id, target=rules.CANCELLED, actor=actor, note=note)
    payments.cancel_pending(order_id=order_id)
    return order
