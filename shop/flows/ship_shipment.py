"""Send one parcel off: its units leave the shelf."""

from django.db import transaction

from shop.flows.lock_shipments import locked_shipment
from shop.flows.send_shipments import send_shipments
from shop.fulfilment.models import Shipment


@transaction.atomic
def ship_shipment(
    *,
    shipment_id: int,
    actor: str = "",
    note: str = "",
    carrier: str = "",
    tracking_number: str = "",
) -> Shipment:
    """Send a packed parcel off with who brings it, and tell its buyer where to follow it.

    Without carrier and number those noted before stay. Raises IllegalShipmentMove.
    """
    order, shipment = locked_shipment(shipment_id=shipment_id, stock=True)
    send_shipments(
        order=order,
        shipments=[shipment],
        actor=actor,
        note=note,
        carrier=carrier,
        tracking_number=tracking_number,
    )
    return shipment
