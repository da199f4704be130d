"""Note that an order is packed and ready to go."""

from django.db import transaction

from shop.flows.follow_shipments import follow_shipments
from shop.flows.lock_shipments import locked_shipments
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules as parcels
from shop.orders import rules
from shop.orders.actions import IllegalMove
from shop.orders.models import Order


@transaction.atomic
def pack_order(*, order_id: int, actor: str = "", note: str = "") -> Order:
    """Pack every parcel of the order that is being prepared. Raises IllegalMove."""
    order, shipments = locked_shipments(order_id=order_id)
    moved = [shipment for shipment in shipments if shipment.status == parcels.PREPARING]
    if not moved:
        raise IllegalMove(order, rules.PACKED)
    for shipment in moved:
        fulfilment.move(shipment=shipment, target=parcels.PACKED, actor=actor)
    return follow_shipments(order=order, moved=moved, actor=actor, note=note)
