"""What it costs to bring things somewhere, and where they can be fetched."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from shop.catalog.models import TaxClass
from shop.core.memory import Remembered
from shop.core.money import ZERO
from shop.core.statements import Statement
from shop.pricing.models import DeliveryRate, PickupPoint, TaxRate
from shop.pricing.rules import DeliveryOption, Point, QuoteLine, Rate, delivery_options


@dataclass(frozen=True, slots=True)
class Tariff:
    """All rates in the order they are offered, and the VAT percent of delivery itself."""

    rates: tuple[Rate, ...]
    tax_percent: Decimal
    points: dict[str, list[Point]]

    def options(
        self, lines: Sequence[QuoteLine], *, region: str, free: bool = False
    ) -> list[DeliveryOption]:
        """Return the ways that bring these lines to a place; `free` by a voucher."""
        return delivery_options(
            self.rates,
            region=region,
            subtotal=sum((line.total for line in lines), ZERO),
            weight=sum((line.weight * line.quantity for line in lines), ZERO),
            free=free,
            points=self.points,
        )


def tariff() -> Tariff:
    """Read the rates: one statement, and the pickup points where there are any."""
    rows = _RATES.rows()
    rates = tuple(
        Rate(code, name, text, needs_address, tuple(regions), *figures)
        for code, name, text, needs_address, regions, *figures, _, _ in rows
    )
    tax_percent = (rows[0][-2] if rows else None) or ZERO
    return Tariff(rates, tax_percent, _points(rows))


def _points(rows: Sequence[Sequence[Any]]) -> dict[str, list[Point]]:
    return remembered_points.get("") if any(row[-1] for row in rows) else {}


def _load_points(_key: str) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    offered = PickupPoint.objects.filter(active=True, method__active=True)
    for code, *point in offered.order_by("sort_order", "pk").values_list(
        "method__code", "pk", "name", "address", "hours"
    ):
        found[code].append(Point(*point))
    return found


# A change is known here at once, in other processes after so many seconds.
remembered_points: Remembered[str, dict[str, list[Point]]] = Remembered(_load_points, seconds=5)


def _rates() -> QuerySet[DeliveryRate, Any]:
    standard = TaxRate.objects.filter(tax_class=TaxClass.STANDARD).values("percent")[:1]
    points = PickupPoint.objects.filter(method=OuterRef("method"), active=True)
    return (
        DeliveryRate.objects.filter(method__active=True)
        .order_by("method__sort_order", "method_id", "sort_order", "pk")
        .values_list(
            "method__code",
            "method__name",
            "method__description",
            "method__needs_address",
            "zone__regions",
            "price",
            "free_from",
            "max_weight",
            "from_value",
            "zone__name",
            Subquery(standard),
            Exists(points),
        )
    )


_RATES = Statement(_rates)
