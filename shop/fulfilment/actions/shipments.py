"""Move shipments along."""

from django.db import transaction
from django.db.models import F

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.fulfilment import rules
from shop.fulfilment.models import Carrier, Progress, Shipment
from shop.orders.models import Order


class IllegalShipmentMove(Conflict):
    """The shipment is past the point where this could be done, or not there yet."""

    def __init__(self, shipment: Shipment, target: str) -> None:
        wanted = Shipment.Status(target).label.lower()
        super().__init__(
            "illegal_move",
            f"{shipment} is {shipment.get_status_display().lower()} and cannot become {wanted}.",
            field="status",
        )


@transaction.atomic(savepoint=False)
def move(*, shipment: Shipment, target: str, actor: str = "") -> Shipment:
    """Move a shipment to another status, with its lines at hand, and count its units.

    Raises IllegalShipmentMove where `rules.MOVES` knows no such move.
    """
    if not rules.may_move(shipment.status, target):
        raise IllegalShipmentMove(shipment, target)
    shipment.status = target
    setattr(shipment, f"{target}_at", now())
    setattr(shipment, f"{target}_by", actor[:150])
    shipment.save(update_fields=["status", f"{target}_at", f"{target}_by"])
    for line in shipment.lines.all():
        progress = Progress.objects.filter(order_line=line.order_line_id)
        if target == rules.SHIPPED:
            progress.update(shipped=F("shipped") + line.quantity)
        elif target == rules.CANCELLED:
            progress.update(planned=F("planned") - line.quantity)
    return shipment


def dispatch(*, shipment: Shipment, carrier: str, tracking_number: str) -> Shipment:
    """Write down who brings a shipment, by the name of a carrier or any other, and its number.

    Raises IllegalShipmentMove for one that has arrived or was cancelled.
    """
    if not rules.MOVES[shipment.status]:
        raise IllegalShipmentMove(shipment, rules.SHIPPED)
    name = " ".join(carrier.split())
    known = Carrier.objects.filter(name__iexact=name).first() if name else None
    shipment.carrier = known
    shipment.carrier_name = known.name if known else name
    shipment.tracking_number = " ".join(tracking_number.split())
    pattern = known.tracking_pattern if known else ""
    shipment.tracking_url = rules.tracking_link(pattern, shipment.tracking_number)
    shipment.save(update_fields=["carrier", "carrier_name", "tracking_number", "tracking_url"])
    return shipment


def cancel_staying(*, order: Order, actor: str = "") -> None:
    """Cancel what of an order has not left."""
    staying = Shipment.objects.with_lines().filter(order=order, status__in=sorted(rules.STAYING))
    for shipment in staying:
        move(shipment=shipment, target=rules.CANCELLED, actor=actor)
