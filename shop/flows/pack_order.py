"""Note that an order is packed and ready to go."""

from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order


def pack_order(*, order_id: int, actor: str = "", note: str = "") -> Order:
    """Move the order on; its buyer hears of it where a text says so. Raises IllegalMove."""
    return orders.move(order_id=order_id, target=rules.PACKED, actor=actor, note=note)
