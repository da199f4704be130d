"""Note that an order reached its buyer."""

from django.db import transaction

from shop.flows.follow_shipments import follow_shipments
from shop.flows.lock_shipments import locked_shipments
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules as parcels
from shop.orders import rules
from shop.orders.actions import IllegalMove
from shop.orders.models import Order


@transaction.atomic
def deliver_order(*, order_id: int, actor: str = "", note: str = "") -> Order:
    """Note that all parcels on their way arrived, once all have left. Raises IllegalMove."""
    order, shipments = locked_shipments(order_id=order_id)
    moved = [shipment for shipment in shipments if shipment.status == parcels.SHIPPED]
    if order.status != rules.SHIPPED or not moved:
        raise IllegalMove(order, rules.DELIVERED)
    for shipment in moved:
        fulfilment.move(shipment=shipment, target=parcels.DELIVERED, actor=actor)
    return follow_shipments(order=order, moved=moved, actor=actor, note=note)
