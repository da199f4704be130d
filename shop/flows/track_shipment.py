"""Note who brings a parcel, and its number there."""

from django.db import transaction

from shop.flows.lock_shipments import locked_shipment
from shop.fulfilment import actions as fulfilment
from shop.fulfilment.models import Shipment
from shop.orders.models import OrderEvent


@transaction.atomic
def track_shipment(
    *, shipment_id: int, carrier: str = "", tracking_number: str = "", actor: str = ""
) -> Shipment:
    """Change carrier and tracking number of a parcel that has not arrived.

    Raises IllegalShipmentMove.
    """
    order, shipment = locked_shipment(shipment_id=shipment_id)
    before = shipment.carried
    fulfilment.dispatch(shipment=shipment, carrier=carrier, tracking_number=tracking_number)
    if shipment.carried != before:
        OrderEvent.objects.create(
            order=order,
            kind="parcel_tracking",
            text=f"{shipment}: {shipment.carried}",
            actor=actor[:150],
        )
    return shipment
