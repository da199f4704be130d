"""Take the locks that moving a return needs."""

from shop.fulfilment.models import Return
from shop.inventory.promises import lock_promised
from shop.orders.models import Order


def locked_return(*, return_id: int, stock: bool = False) -> tuple[Order, Return]:
    """Lock the order of a return, before it the order's stock if that is to change; return both."""
    owner = Return.objects.values("order_id", "order__number").get(pk=return_id)
    if stock:
        lock_promised(reference=owner["order__number"])
    order = Order.objects.select_for_update().get(pk=owner["order_id"])
    asked = Return.objects.with_lines().get(pk=return_id)
    asked.order = order
    return order, asked
