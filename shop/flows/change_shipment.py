"""Make a parcel what a program or a form says it is now."""

from django.db import transaction

from shop.flows.cancel_shipment import cancel_shipment
from shop.flows.deliver_shipment import deliver_shipment
from shop.flows.lock_shipments import locked_shipment
from shop.flows.pack_shipment import pack_shipment
from shop.flows.ship_shipment import ship_shipment
from shop.flows.track_shipment import track_shipment
from shop.fulfilment import rules
from shop.fulfilment.actions import IllegalShipmentMove
from shop.fulfilment.models import Shipment

MOVES = {
    rules.PACKED: pack_shipment,
    rules.SHIPPED: ship_shipment,
    rules.DELIVERED: deliver_shipment,
    rules.CANCELLED: cancel_shipment,
}
# These change stock, which is locked first.
OF_STOCK = frozenset({rules.SHIPPED, rules.CANCELLED})


@transaction.atomic
def change_shipment(
    *,
    shipment_id: int,
    status: str | None = None,
    carrier: str | None = None,
    tracking_number: str | None = None,
    actor: str = "",
    note: str = "",
) -> Shipment:
    """Note carrier and number, then move a parcel; one that has that status already keeps it.

    One that is being prepared is packed on the way to "shipped". Raises what the flows of the steps
    raise, writing nothing.
    """
    _order, shipment = locked_shipment(shipment_id=shipment_id, stock=status in OF_STOCK)
    if carrier is not None or tracking_number is not None:
        track_shipment(
            shipment_id=shipment_id,
            carrier=shipment.carrier_name if carrier is None else carrier,
            tracking_number=(
                shipment.tracking_number if tracking_number is None else tracking_number
            ),
            actor=actor,
        )
    if status in (None, shipment.status):
        return shipment
    if status not in MOVES:
        raise IllegalShipmentMove(shipment, str(status))
    if status == rules.SHIPPED and shipment.status == rules.PREPARING:
        pack_shipment(shipment_id=shipment_id, actor=actor)
    return MOVES[status](shipment_id=shipment_id, actor=actor, note=note)
