"""Read shipments and what may come back."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, F

from shop.fulfilment import rules
from shop.fulfilment.models import Progress, Return, Shipment
from shop.orders.models import Order, OrderLine


def shipments_by_order(order_ids: Collection[int]) -> dict[int, list[Shipment]]:
    """Return the parcels of each order with their lines, cancelled ones not: two statements."""
    found: dict[int, list[Shipment]] = defaultdict(list)
    shipments = Shipment.objects.with_lines().going().filter(order__in=order_ids)
    for shipment in shipments.order_by("order_id", "number"):
        found[shipment.order_id].append(shipment)
    return found


def returns_of(order: Order) -> list[Return]:
    """Return the returns of an order with their lines: two statements."""
    return list(Return.objects.with_lines().filter(order=order).order_by("number"))


def returnable_lines(order: Order) -> list[tuple[OrderLine, int]]:
    """Return the lines of which units are out, with how many may still be asked back."""
    rows = (
        Progress.objects.filter(order_line__order=order, shipped__gt=F("returned"))
        .select_related("order_line")
        .order_by("order_line_id")
    )
    return [(row.order_line, row.shipped - row.returned) for row in rows]


def waiting_shipments() -> dict[str, int]:
    """Count the parcels that somebody has to work on, by status: one statement over an index."""
    open_ones = [status for status, moves in rules.MOVES.items() if moves]
    rows = Shipment.objects.filter(status__in=open_ones).order_by().values_list("status")
    return {**dict.fromkeys(open_ones, 0), **dict(rows.annotate(Count("pk")))}


def waiting_returns() -> int:
    """Count the returns that somebody has to answer, take in or pay back."""
    open_ones = [status for status, moves in rules.RETURN_MOVES.items() if moves]
    return Return.objects.filter(status__in=open_ones).count()
