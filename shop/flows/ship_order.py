"""Send an order off: its units leave the shelf."""

from django.db import transaction

from shop.inventory import actions as inventory
from shop.orders import actions as orders
from shop.orders import rules
from shop.orders.models import Order


@transaction.atomic
def ship_order(*, order_id: int, actor: str = "", note: str = "") -> Order:
    """Take the promised units off the shelf and move the order on. Raises IllegalMove."""
    number = Order.objects.values_list("number", flat=True).get(pk=order_id)
    inventory.ship(reference=number, actor=actor)
    return orders.move(order_id=order_id, target=rules.SHIPPED, actor=actor, note=note)
