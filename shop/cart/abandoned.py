"""Carts that somebody filled and left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, DecimalField, F, Q, Sum
from django.db.models.functions import TruncDate
from django.utils.timezone import make_aware

from shop.cart.models import CartLine
from shop.core.clock import now

# Whoever pauses for less may still be choosing.
LEFT_AFTER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Carts whose last line was put in on one day."""

    day: date
    carts: int
    units: int
    value: Decimal


def abandoned_carts(first: date, last: date) -> list[Abandoned]:
    """Return what was left in carts, by the day of the last line put in: one statement.

    An order empties its cart, so what is in one was not bought.
    """
    start, end = _moments(first, last)
    end = min(end, now() - LEFT_AFTER)
    money = DecimalField(max_digits=18, decimal_places=2)
    rows = (
        CartLine.objects.filter(created_at__gte=start, created_at__lt=end)
        .order_by()
        .annotate(day=TruncDate("created_at"))
        .values_list("day")
        .annotate(
            Count("cart", distinct=True),
            Sum("quantity"),
            worth=Sum(F("quantity") * F("price_when_added"), output_field=money),
        )
        .order_by("day")
    )
    return [Abandoned(*row) for row in rows]


def filled_carts(since: Mapping[str, date]) -> dict[str, int]:
    """Count, for each first day, the carts filled from then on that still hold something.

    One statement.
    """
    begins = {name: make_aware(datetime.combine(day, time.min)) for name, day in since.items()}
    lines = CartLine.objects.filter(created_at__gte=min(begins.values())).order_by()
    counts = {
        name: Count("cart", distinct=True, filter=Q(created_at__gte=begin))
        for name, begin in begins.items()
    }
    return lines.aggregate(**counts)


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    after = last + timedelta(days=1)
    return (
        make_aware(datetime.combine(first, time.min)),
        make_aware(datetime.combine(after, time.min)),
    )
