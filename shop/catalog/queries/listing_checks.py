"""Recompute the read model of lists and compare it with what is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Sum

from shop.catalog.actions.listings import CHUNK, present_entries, wanted_entries
from shop.catalog.models import CategoryFigure, Listing, Product
from shop.catalog.queries.facets import band_of_price

Key = tuple[int, str, str]
Figure = tuple[int, int]


@dataclass(slots=True)
class ListingCheck:
    """What does not fit: products by number, figures as (key, stored, true)."""

    products: int = 0
    wrong_products: list[int] = field(default_factory=list)
    wrong_figures: list[tuple[Key, Figure, Figure]] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Tell whether everything agrees."""
        return not (self.wrong_products or self.wrong_figures)


def check_listings() -> ListingCheck:
    """Compare every product's rows and every stored figure with a fresh computation."""
    check = ListingCheck()
    for ids in _chunks():
        wanted = {
            entry.product_id: entry
            for entry in wanted_entries(list(Product.objects.filter(pk__in=ids)))
        }
        present = present_entries(ids)
        check.products += len(ids)
        check.wrong_products += [pk for pk in ids if wanted.get(pk) != present.get(pk)]
    check.wrong_figures = wrong_figures()
    return check


def _chunks() -> Iterator[list[int]]:
    last = 0
    while True:
        ids = list(
            Product.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]
        )
        if not ids:
            return
        yield ids
        last = ids[-1]


def wrong_figures() -> list[tuple[Key, Figure, Figure]]:
    """Compare the stored figures with sums over the rows of lists."""
    true = true_figures()
    stored: dict[Key, Figure] = {
        (category_id, facet, value): (count, price_cents)
        for category_id, facet, value, count, price_cents in CategoryFigure.objects.values_list(
            "category_id", "facet", "value", "count", "price_cents"
        )
    }
    nothing = (0, 0)
    return [
        (key, stored.get(key, nothing), true.get(key, nothing))
        for key in sorted({*true, *stored})
        if stored.get(key, nothing) != true.get(key, nothing)
    ]


def true_figures() -> dict[Key, Figure]:
    """Add up the rows of lists: one statement a kind of figure."""
    rows = Listing.objects.order_by()
    figures: dict[Key, Figure] = {}
    for category_id, count, total in rows.values_list("category_id").annotate(
        Count("pk"), Sum("list_price")
    ):
        figures[category_id, CategoryFigure.ALL, ""] = (count, round(total * 100))
    for facet, kept in (
        (CategoryFigure.STOCK, rows.filter(in_stock=True)),
        (CategoryFigure.SALE, rows.filter(on_sale=True)),
    ):
        for category_id, count in kept.values_list("category_id").annotate(Count("pk")):
            figures[category_id, facet, ""] = (count, 0)
    banded = rows.annotate(band=band_of_price()).values_list("category_id", "band")
    for category_id, band, count in banded.annotate(Count("pk")):
        figures[category_id, CategoryFigure.PRICE, str(band)] = (count, 0)
    faceted = rows.filter(product__facets__isnull=False).values_list(
        "category_id", "product__facets__facet", "product__facets__value"
    )
    for category_id, facet, value, count in faceted.annotate(Count("pk")):
        figures[category_id, facet, value] = (count, 0)
    return figures
