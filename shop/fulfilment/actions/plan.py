"""Say what goes out together."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Max

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.fulfilment import rules
from shop.fulfilment.models import Progress, Shipment, ShipmentLine
from shop.orders.models import Order


class NotEnoughUnits(Conflict):
    """Fewer units are left to pack; `details` has one entry a line with how many."""

    def __init__(self, order: Order, wanted: Mapping[int, int], left: Mapping[int, int]) -> None:
        lines = order.lines.in_bulk(list(wanted))
        details = []
        for line_id, quantity in sorted(wanted.items()):
            free = left.get(line_id, 0)
            if quantity > free:
                name = lines[line_id].name if line_id in lines else str(line_id)
                message = f"{name}: {free} left to pack." if free else f"{name}: none left to pack."
                details.append({"line": line_id, "wanted": quantity, "message": message})
        super().__init__(
            "not_enough_units",
            " ".join(str(detail["message"]) for detail in details) or "Nothing is left to pack.",
            field="items",
            details=details,
        )


@transaction.atomic(savepoint=False)
def plan(*, order: Order, actor: str = "") -> Shipment | None:
    """Put what is in no shipment yet into a new one; None where there is nothing left."""
    lines = list(order.lines.order_by("pk"))
    Progress.objects.bulk_create(
        (Progress(order_line=line, ordered=line.quantity) for line in lines),
        ignore_conflicts=True,
    )
    rows = Progress.objects.filter(order_line__in=lines, planned__lt=F("ordered"))
    loose = {row.order_line_id: row.ordered - row.planned for row in rows}
    if not loose:
        return None
    shipment = _new_shipment(order, actor)
    _put_in(shipment.pk, loose)
    Progress.objects.filter(order_line__in=loose).update(planned=F("ordered"))
    return shipment


@transaction.atomic(savepoint=False)
def plan_anew(*, order: Order, actor: str = "") -> None:
    """Put all of an order that was changed into its first parcel; nothing of it is packed yet."""
    parcels = Shipment.objects.filter(order=order).exclude(status=rules.CANCELLED)
    first = parcels.order_by("number").first()
    lines = list(order.lines.order_by("pk"))
    ShipmentLine.objects.filter(shipment__in=parcels).delete()
    Progress.objects.filter(order_line__order=order).delete()
    (parcels.exclude(pk=first.pk) if first else parcels).delete()
    Progress.objects.bulk_create(
        Progress(order_line=line, ordered=line.quantity, planned=line.quantity) for line in lines
    )
    target = first or _new_shipment(order, actor)
    _put_in(target.pk, {line.pk: line.quantity for line in lines})


@transaction.atomic(savepoint=False)
def take_out(*, order: Order, wanted: Mapping[int, int] | None, actor: str = "") -> Shipment:
    """Put units (line of the order to quantity; None: all) that nobody packed yet into one parcel.

    A parcel that would be left empty becomes that parcel. Raises NotEnoughUnits.
    """
    open_lines = list(
        ShipmentLine.objects.filter(
            shipment__order=order, shipment__status=rules.PREPARING
        ).order_by("shipment__number", "order_line_id")
    )
    left: dict[int, int] = {}
    for line in open_lines:
        left[line.order_line_id] = left.get(line.order_line_id, 0) + line.quantity
    wanted = left if wanted is None else wanted
    if not wanted or any(quantity > left.get(line_id, 0) for line_id, quantity in wanted.items()):
        raise NotEnoughUnits(order, wanted, left)
    before = _content(open_lines)
    after = _taken(before, wanted)
    emptied = [shipment_id for shipment_id, content in after.items() if not any(content.values())]
    ShipmentLine.objects.filter(shipment__in=after).delete()
    target = Shipment.objects.get(pk=emptied[0]) if emptied else _new_shipment(order, actor)
    for shipment_id, content in {**after, target.pk: wanted}.items():
        _put_in(shipment_id, content)
    Shipment.objects.filter(pk__in=emptied[1:]).delete()
    return target


def _content(lines: list[ShipmentLine]) -> dict[int, dict[int, int]]:
    content: dict[int, dict[int, int]] = {}
    for line in lines:
        content.setdefault(line.shipment_id, {})[line.order_line_id] = line.quantity
    return content


def _taken(
    content: Mapping[int, Mapping[int, int]], wanted: Mapping[int, int]
) -> dict[int, dict[int, int]]:
    """Return what stays where, units of the latest parcels being taken first."""
    missing = dict(wanted)
    after = {shipment_id: dict(lines) for shipment_id, lines in content.items()}
    for lines in reversed(after.values()):
        for line_id, quantity in lines.items():
            taken = min(quantity, missing.get(line_id, 0))
            lines[line_id] = quantity - taken
            missing[line_id] = missing.get(line_id, 0) - taken
    return after


def _new_shipment(order: Order, actor: str) -> Shipment:
    last = Shipment.objects.filter(order=order).aggregate(last=Max("number"))["last"] or 0
    return Shipment.objects.create(
        order=order, number=last + 1, created_at=now(), created_by=actor[:150]
    )


def _put_in(shipment_id: int, content: Mapping[int, int]) -> None:
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment_id=shipment_id, order_line_id=line_id, quantity=quantity)
        for line_id, quantity in sorted(content.items())
        if quantity
    )
