"""Send an order off: its units leave the shelf."""

from django.db import transaction

from shop.flows.lock_shipments import locked_shipments
from shop.flows.send_shipments import send_shipments
from shop.fulfilment import rules as parcels
from shop.orders import rules
from shop.orders.actions import IllegalMove
from shop.orders.models import Order


@transaction.atomic
def ship_order(
    *,
    order_id: int,
    actor: str = "",
    note: str = "",
    carrier: str = "",
    tracking_number: str = "",
) -> Order:
    """Send off all that has not left, once all of it is packed. Raises IllegalMove."""
    order, shipments = locked_shipments(order_id=order_id, stock=True)
    staying = [shipment for shipment in shipments if shipment.status in parcels.STAYING]
    if not staying or any(shipment.status != parcels.PACKED for shipment in staying):
        raise IllegalMove(order, rules.SHIPPED)
    return send_shipments(
        order=order,
        shipments=staying,
        actor=actor,
        note=note,
        carrier=carrier,
        tracking_number=tracking_number,
    )
