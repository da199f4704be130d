"""Stop one parcel that has not left; the rest of the order goes on."""

from collections import Counter

from django.db import transaction

from shop.core.errors import Conflict
from shop.flows.follow_shipments import follow_shipments
from shop.flows.lock_shipments import locked_shipments
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules
from shop.fulfilment.models import Shipment
from shop.inventory import promises


@transaction.atomic
def cancel_shipment(*, shipment_id: int, actor: str = "", note: str = "") -> Shipment:
    """Give the units of a parcel back to the shelf, once; its buyer gets the rest.

    Raises IllegalShipmentMove for one that has left, or Conflict `last_shipment` for the only one:
    that is the order, see `cancel_order`.
    """
    order_id = Shipment.objects.values_list("order_id", flat=True).get(pk=shipment_id)
    order, shipments = locked_shipments(order_id=order_id, stock=True)
    shipment = next((s for s in shipments if s.pk == shipment_id), None)
    if shipment is None:
        gone = Shipment.objects.get(pk=shipment_id)
        raise fulfilment.IllegalShipmentMove(gone, rules.CANCELLED)
    if len(shipments) == 1 and shipment.status in rules.STAYING:
        raise Conflict(
            "last_shipment", "There is no other parcel: cancel the order instead.", field="status"
        )
    fulfilment.move(shipment=shipment, target=rules.CANCELLED, actor=actor)
    units: Counter[int] = Counter()
    for line in shipment.lines.all():
        units[line.order_line.variant_id] += line.quantity
    promises.release(
        reference=order.number, units=units, reason=note or f"{shipment} cancelled", actor=actor
    )
    follow_shipments(order=order, moved=[shipment], actor=actor, note=note)
    return shipment
