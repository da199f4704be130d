"""Take out of parcels what is promised no longer: its money went back before it left."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from shop.core.clock import now
from shop.fulfilment import rules
from shop.fulfilment.models import Progress, ShipmentLine
from shop.orders.models import Order


@transaction.atomic(savepoint=False)
def leave_out(*, order: Order, promised: Mapping[int, int]) -> None:
    """Let parcels that have not left hold no more units of a variant than are promised.

    What nobody packed yet is taken out first. A parcel that holds nothing any more is cancelled.
    Variants that `promised` does not name were never promised, and stay.
    """
    lines = ShipmentLine.objects.filter(
        shipment__order=order,
        shipment__status__in=sorted(rules.STAYING),
        order_line__variant_id__in=promised.keys(),
    ).select_related("order_line", "shipment")
    staying = sorted(lines, key=lambda line: (line.shipment.status, line.shipment.number))
    too_many: dict[int, int] = {}
    for line in staying:
        variant_id = line.order_line.variant_id
        too_many[variant_id] = too_many.get(variant_id, -promised[variant_id]) + line.quantity
    for line in reversed(staying):
        variant_id = line.order_line.variant_id
        out = min(line.quantity, max(too_many[variant_id], 0))
        if out:
            too_many[variant_id] -= out
            _take(line, out)


def _take(line: ShipmentLine, units: int) -> None:
    Progress.objects.filter(order_line=line.order_line_id).update(planned=F("planned") - units)
    if units < line.quantity:
        ShipmentLine.objects.filter(pk=line.pk).update(quantity=F("quantity") - units)
        return
    shipment = line.shipment
    line.delete()
    if not ShipmentLine.objects.filter(shipment=shipment).exists():
        shipment.status = rules.CANCELLED
        shipment.cancelled_at = now()
        shipment.save(update_fields=["status", "cancelled_at"])
