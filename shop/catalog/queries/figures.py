"""Average, lowest and highest list price of categories with all below them, each product once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from shop.catalog.changes import while_unchanged
from shop.catalog.models import WHOLE_SHOP, CategoryFigure, Listing
from shop.core.money import round_money
from shop.core.statements import Statement


@dataclass(frozen=True, slots=True)
class CategoryPrices:
    """Prices of a category's visible products; None where it holds none."""

    category_id: int
    count: int
    average: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None


def category_figures(category_ids: Collection[int]) -> dict[int, CategoryPrices]:
    """Return the prices of these categories: one statement, whose cost no catalogue changes.

    The average is a stored sum by a stored count; lowest and highest are the ends of an index.
    """
    found = _by_category(_read(CategoryFigure.objects.filter(category_id__in=category_ids)))
    return {pk: found.get(pk) or CategoryPrices(pk, 0, None, None, None) for pk in category_ids}


@while_unchanged
def average_price(category_id: int = WHOLE_SHOP) -> CategoryPrices:
    """Return the prices of one category, by default of the whole shop."""
    found = _ONE.rows(category_id)
    return _prices(found[0]) if found else CategoryPrices(category_id, 0, None, None, None)


def average(count: int, price_cents: int) -> Decimal | None:
    """Return the mean of `count` prices with this sum, half a cent rounded up; None of nothing."""
    return round_money(Decimal(price_cents) / (100 * count)) if count else None


def _read(figures: QuerySet[CategoryFigure]) -> QuerySet[CategoryFigure, Any]:
    prices = Listing.objects.filter(category_id=OuterRef("category_id")).values("list_price")
    return (
        figures.filter(facet=CategoryFigure.ALL, value="", count__gt=0)
        .order_by()
        .values_list(
            "category_id",
            "count",
            "price_cents",
            Subquery(prices.order_by("list_price")[:1]),
            Subquery(prices.order_by("-list_price")[:1]),
        )
    )


def _by_category(rows: Iterable[Sequence[Any]]) -> dict[int, CategoryPrices]:
    return {row[0]: _prices(row) for row in rows}


def _prices(row: Sequence[Any]) -> CategoryPrices:
    pk, count, price_cents, lowest, highest = row
    return CategoryPrices(pk, count, average(count, price_cents), lowest, highest)


_ONE = Statement(lambda category_id: _read(CategoryFigure.objects.filter(category_id=category_id)))
