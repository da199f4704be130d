"""Read stock levels."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F, QuerySet, Sum

from shop.core.clock import now
from shop.inventory.models import Movement, Reservation, StockLevel
from shop.inventory.rules import DAYS_LOOKED_AT


def available_units(variant_ids: Iterable[int]) -> dict[int, int | None]:
    """Return units that can be sold by variant; None where nobody counts."""
    rows = StockLevel.objects.filter(variant_id__in=variant_ids).values_list(
        "variant_id", "tracked", F("on_hand") - F("reserved")
    )
    return {variant_id: left if tracked else None for variant_id, tracked, left in rows}


def low_levels() -> QuerySet[StockLevel]:
    """Return the counted levels at or below their threshold, sold out ones included."""
    return StockLevel.objects.filter(
        tracked=True, on_hand__lte=F("reserved") + F("low_stock_threshold")
    )


def units_sold(variant_ids: Iterable[int], days: int = DAYS_LOOKED_AT) -> dict[int, int]:
    """Return what was promised to orders in the last days, less what was given back unsold."""
    moved = Movement.objects.filter(
        variant_id__in=list(variant_ids),
        kind__in=[Movement.Kind.RESERVED, Movement.Kind.RELEASED],
        created_at__gte=now() - timedelta(days=days),
    )
    return dict(moved.values_list("variant_id").annotate(units=Sum("reserved_change")).order_by())


def ledger_problems() -> list[str]:
    """Compare each stock level with its ledger and its promises; empty when all add up."""
    ledger = {
        row["variant_id"]: (row["on_hand"], row["reserved"])
        for row in Movement.objects.values("variant_id").annotate(
            on_hand=Sum("on_hand_change"), reserved=Sum("reserved_change")
        )
    }
    promised = dict(
        Reservation.objects.values_list("variant_id").annotate(total=Sum("quantity")).order_by()
    )
    problems = []
    for level in StockLevel.objects.order_by("variant_id").iterator():
        on_hand, reserved = ledger.get(level.variant_id, (0, 0))
        if level.on_hand != on_hand or level.reserved != reserved:
            problems.append(f"{level}, but the ledger says {on_hand} and {reserved}")
        if level.reserved != promised.get(level.variant_id, 0):
            problems.append(f"{level}, but {promised.get(level.variant_id, 0)} are promised")
    return problems
