"""Let an order's status follow its parcels, and tell who waits for them."""

from collections.abc import Sequence

from shop.flows.tell_of_shipment import tell_of_shipment
from shop.fulfilment import rules
from shop.fulfilment.models import Shipment
from shop.orders import actions as orders
from shop.orders.models import Order, OrderEvent


def follow_shipments(*, order: Order, moved: Sequence[Shipment], actor: str, note: str) -> Order:
    """Note what moved in the timeline, move the order after it, and tell its buyer.

    The order is locked by the caller, who has moved the parcels just now.
    """
    going = list(Shipment.objects.going().filter(order=order).order_by("number"))
    target = rules.order_status([shipment.status for shipment in going])
    moves = bool(going) and target != order.status
    # The only parcel is the order: one line of the timeline says both.
    alone = moves and len(going) == 1 and len(moved) == 1
    for shipment in () if alone else moved:
        text = " · ".join(filter(None, [_carried(shipment), note]))
        OrderEvent.objects.create(
            order=order, kind=f"parcel_{shipment.status}", text=text[:300], actor=actor[:150]
        )
    if moves:
        said = " · ".join(filter(None, [moved[0].carried, note])) if alone else note
        order = orders.move(order_id=order.pk, target=target, actor=actor, note=said)
    for shipment in moved:
        tell_of_shipment(order, shipment, of=len(going))
    return order


def _carried(shipment: Shipment) -> str:
    return f"{shipment}: {shipment.carried}" if shipment.carried else str(shipment)
