"""Note that one parcel reached its buyer."""

from django.db import transaction

from shop.flows.follow_shipments import follow_shipments
from shop.flows.lock_shipments import locked_shipment
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules
from shop.fulfilment.models import Shipment


@transaction.atomic
def deliver_shipment(*, shipment_id: int, actor: str = "", note: str = "") -> Shipment:
    """Note that a parcel arrived; its order has when all did. Raises IllegalShipmentMove."""
    order, shipment = locked_shipment(shipment_id=shipment_id)
    fulfilment.move(shipment=shipment, target=rules.DELIVERED, actor=actor)
    follow_shipments(order=order, moved=[shipment], actor=actor, note=note)
    return shipment
