"""Accept an order: the shop will deliver it."""

from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order


def confirm_order(*, order_id: int, actor: str = "", note: str = "") -> Order:
    """Move the order on; its buyer hears of it where a text says so. Raises IllegalMove."""
    return orders.move(order_id=order_id, target=rules.CONFIRMED, actor=actor, note=note)
