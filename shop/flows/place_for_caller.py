"""Place an order for somebody who is on the phone: the storefront's own order, taken by staff."""

from collections.abc import Mapping

from django.db import transaction

from shop.flows.place_order import Purchase, place_order
from shop.orders.models import Order, OrderEvent

TAKEN = "taken_by_phone"


@transaction.atomic
def place_for_caller(
    demand: Mapping[int, int], purchase: Purchase, *, key: str, actor: str
) -> Order:
    """Order units of variants (id to quantity) for a caller, and note who took the order.

    `key` names the form: sent twice, it makes one order. Raises what `place_order` raises.
    """
    order = place_order(demand, purchase, key=key)
    if not order.events.filter(kind=TAKEN).exists():
        OrderEvent.objects.create(order=order, kind=TAKEN, actor=actor[:150])
    return order
