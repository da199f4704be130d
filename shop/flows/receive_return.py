"""Note that a return arrived; what is as good as new goes back onto the shelf, once."""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction

from shop.flows.lock_returns import locked_return
from shop.flows.tell_of_return import tell_of_return
from shop.fulfilment import actions as fulfilment
from shop.fulfilment.models import Return
from shop.inventory.returns import take_back


@transaction.atomic
def receive_return(
    *, return_id: int, restock: Mapping[int, int] | None = None, actor: str = ""
) -> Return:
    """Take a return in; `restock` names units (line of the order to quantity) that are sold again.

    Raises IllegalReturnMove, ShopError `too_many_units`, or NotToTakeBack for units that went back
    onto the shelf with a refund before.
    """
    order, asked = locked_return(return_id=return_id, stock=True)
    fulfilment.receive(asked=asked, restocked=restock or {}, actor=actor)
    units: Counter[int] = Counter()
    for line in asked.lines.all():
        units[line.order_line.variant_id] += line.restocked
    sold_again = {variant_id: quantity for variant_id, quantity in units.items() if quantity}
    if sold_again:
        take_back(reference=order.number, units=sold_again, reason=str(asked), actor=actor)
    tell_of_return(order, asked, actor=actor)
    return asked
