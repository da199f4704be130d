"""How many products each filter would leave: stored for whole categories, counted when narrowed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from shop.catalog.changes import while_unchanged
from shop.catalog.models import WHOLE_SHOP, CategoryFigure, Listing, ProductFacet
from shop.catalog.queries.listing_query import ListingQuery
from shop.catalog.rules import PRICE_BANDS, price_band
from shop.core.statements import Statement, padded

# A category may hold thousands of brands; a page offers the ones with most products.
MOST_VALUES = 240
# Each group with a choice made needs its own statement to count its other choices.
MOST_COUNTED_GROUPS = 3


@dataclass(slots=True)
class FacetCounts:
    """Counts of a listing; `groups` holds brand and options, the most frequent value first."""

    total: int = 0
    price_cents: int = 0
    in_stock: int = 0
    on_sale: int = 0
    bands: dict[int, int] = field(default_factory=dict)
    groups: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


def _stored(category_id: int) -> QuerySet[CategoryFigure, Any]:
    return (
        CategoryFigure.objects.filter(category_id=category_id, count__gt=0)
        .order_by(
            # All that is not a brand first: bands and switches never fall off the end.
            Case(When(facet=CategoryFigure.BRAND, then=Value(1)), default=Value(0)),
            "-count",
            "value",
        )
        .values_list("facet", "value", "count", "price_cents")[:MOST_VALUES]
    )


_STORED = Statement(_stored)


@while_unchanged
def stored_counts(category_id: int) -> FacetCounts:
    """Read the figures of a whole category: one statement over few rows."""
    counts = FacetCounts()
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for facet, value, count, price_cents in _STORED.rows(category_id):
        if facet == CategoryFigure.ALL:
            counts.total, counts.price_cents = count, price_cents
        elif facet == CategoryFigure.STOCK:
            counts.in_stock = count
        elif facet == CategoryFigure.SALE:
            counts.on_sale = count
        elif facet == CategoryFigure.PRICE:
            counts.bands[int(value)] = count
        else:
            groups[facet].append((value, count))
    counts.groups = dict(groups)
    return counts


def narrow(
    listings: QuerySet[Listing], query: ListingQuery, *, without: str = ""
) -> QuerySet[Listing]:
    """Keep rows that pass the query's filters; `without` leaves one group's own filter out."""
    if without != CategoryFigure.PRICE:
        if query.min_price is not None:
            listings = listings.filter(price__gte=query.min_price)
        if query.max_price is not None:
            listings = listings.filter(price__lte=query.max_price)
    if query.in_stock:
        listings = listings.filter(in_stock=True)
    if query.on_sale:
        listings = listings.filter(on_sale=True)
    for facet, values in chosen_groups(query).items():
        if facet != without:
            listings = listings.filter(
                product__in=ProductFacet.objects.filter(facet=facet, value__in=values).values(
                    "product"
                )
            )
    return listings


def chosen_groups(query: ListingQuery) -> dict[str, tuple[str, ...]]:
    """Return the values chosen in each group: brand and options."""
    groups = {f"{CategoryFigure.OPTION}{name}": values for name, values in query.options.items()}
    return {CategoryFigure.BRAND: query.brands, **groups} if query.brands else groups


def counted(listings: QuerySet[Listing], query: ListingQuery) -> FacetCounts:
    """Count a narrowed listing exactly.

    Choices of a group are counted as if nothing were chosen in it: ticking a second one adds.
    """
    narrowed = narrow(listings, query)
    counts = _flags(narrowed)
    counts.groups = _values(narrowed)
    chosen = list(chosen_groups(query))[:MOST_COUNTED_GROUPS]
    for facet in chosen:
        counts.groups[facet] = _values(narrow(listings, query, without=facet), facet).get(facet, [])
    if query.min_price is not None or query.max_price is not None:
        counts.bands = _flags(narrow(listings, query, without=CategoryFigure.PRICE)).bands
    return counts


def _listed(product_ids: list[int]) -> QuerySet[Listing, Any]:
    rows = Listing.objects.filter(category_id=WHOLE_SHOP, product__among=product_ids)
    return rows.values_list("product_id", "price", "in_stock", "on_sale")


def _facets(product_ids: list[int]) -> QuerySet[ProductFacet, Any]:
    rows = ProductFacet.objects.filter(product__among=product_ids)
    return rows.values_list("facet", "value")


_LISTED, _FACETS = Statement(_listed), Statement(_facets)


def counted_among(product_ids: Sequence[int]) -> tuple[FacetCounts, set[int]]:
    """Count what a search found, and tell which of it is listed: two statements.

    A few hundred rows are counted faster here than grouped there.
    """
    counts, listed = FacetCounts(), set[int]()
    if not product_ids:
        return counts, listed
    asked = padded(product_ids)
    for pk, price, in_stock, on_sale in _LISTED.rows(asked):
        listed.add(pk)
        band = price_band(price)
        counts.bands[band] = counts.bands.get(band, 0) + 1
        counts.in_stock += in_stock
        counts.on_sale += on_sale
    counts.total = len(listed)
    said = _FACETS.rows(asked)
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    by_count = sorted(Counter(said).items(), key=lambda item: (-item[1], item[0]))
    for (facet, value), count in by_count[:MOST_VALUES]:
        groups[facet].append((value, count))
    counts.groups = dict(groups)
    return counts, listed


def band_of_price() -> Case:
    """Return the lower edge of the band that a row's price lies in."""
    return Case(
        *(When(price__gte=edge, then=Value(edge)) for edge in reversed(PRICE_BANDS)),
        default=Value(0),
        output_field=IntegerField(),
    )


def _flags(listings: QuerySet[Listing]) -> FacetCounts:
    counts = FacetCounts()
    rows = (
        listings.order_by()
        .annotate(band=band_of_price())
        .values("band")
        .annotate(
            count=Count("pk"),
            stock=Count("pk", filter=Q(in_stock=True)),
            sale=Count("pk", filter=Q(on_sale=True)),
        )
    )
    for row in rows:
        counts.bands[row["band"]] = row["count"]
        counts.total += row["count"]
        counts.in_stock += row["stock"]
        counts.on_sale += row["sale"]
    return counts


def _values(listings: QuerySet[Listing], facet: str = "") -> dict[str, list[tuple[str, int]]]:
    facets = ProductFacet.objects.filter(product__in=listings.order_by().values("product"))
    if facet:
        facets = facets.filter(facet=facet)
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    rows = (
        facets.values("facet", "value")
        .annotate(count=Count("pk"))
        .order_by(F("count").desc(), "value")
        .values_list("facet", "value", "count")[:MOST_VALUES]
    )
    for name, value, count in rows:
        groups[name].append((value, count))
    return dict(groups)
