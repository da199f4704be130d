"""Accept an order: the shop will deliver it."""

from django.db import transaction

from shop.fulfilment import actions as fulfilment
from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order


@transaction.atomic
def confirm_order(*, order_id: int, actor: str = "", note: str = "") -> Order:
    """Move the order on and plan one parcel with all of it. Raises IllegalMove."""
    order = orders.move(order_id=order_id, target=rules.CONFIRMED, actor=actor, note=note)
    fulfilment.plan(order=order, actor=actor)
    return order
