"""Read products for GraphQL: the rows of the REST list, with the fields that an operation names."""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import Any

import strawberry
from django.db.models import F, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.http import QueryDict

from shop.api.errors import missing
from shop.api.graphql.categories import categories_of
from shop.api.graphql.context import Context, number, window
from shop.api.products.listing import ORDERS, product_list
from shop.api.products.reading import FIELDS, product_items, product_rows
from shop.catalog.models import WHOLE_SHOP, Listing, Variant
from shop.catalog.queries.product_page import words_for_units
from shop.catalog.rules import sku_key
from shop.core.statements import Statement
from shop.inventory.models import StockLevel

# Where the REST item keeps what GraphQL calls otherwise.
PLACES = {
    "slug": "meta",
    "url": "meta",
    "firstPublishedAt": "meta",
    "salePrice": "sale_price",
    "currentPrice": "current_price",
    "onSale": "on_sale",
    "inStock": "in_stock",
    **{name: name for name in FIELDS if "_" not in name},
}
# SQLite joins five hundred parts of a statement at most.
MOST_PARTS = 200


@strawberry.enum
class ProductOrder(Enum):
    """How products are sorted."""

    FEATURED = ""
    PRICE = "price"
    PRICE_DESC = "-price"
    NAME = "name"
    NEWEST = "-first_published_at"


@lru_cache(maxsize=256)
def wanted_fields(names: frozenset[str]) -> frozenset[str]:
    """Return what to read of products for an operation that names these fields."""
    return frozenset(PLACES[name] for name in names if name in PLACES)


def listed_products(context: Context, words: QueryDict, first: int, offset: int) -> dict[str, Any]:
    """Return a page of products; the words are the REST list's."""
    limit, start = window(first, offset)
    fields = wanted_fields(context.names)
    words["limit"], words["offset"] = str(limit), str(start)
    words["fields"] = ",".join(("_", *fields))
    page = product_list(words)
    return {
        "total_count": page["meta"]["total_count"],
        "items": told_products(context, page["items"]),
    }


def told_products(context: Context, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return products as resolvers read them, their categories ready to be asked for more."""
    context.count(len(items))
    flat = [{**item, **_flat(item["meta"])} if "meta" in item else item for item in items]
    if "variants" in context.names:
        _tell_stock(flat, with_notes="stockNote" in context.names)
    if "categories" not in context.names:
        return flat
    found = categories_of(context, (each for item in items for each in item["categories"]))
    return [
        {**item, "categories": [found[each["id"]] for each in item["categories"]]} for item in flat
    ]


def _flat(meta: dict[str, Any]) -> dict[str, Any]:
    return {
        "slug": meta["slug"],
        "url": meta["html_url"],
        "first_published_at": meta["first_published_at"],
    }


def _tell_stock(items: Sequence[dict[str, Any]], *, with_notes: bool) -> None:
    variants = [variant for item in items for variant in item["variants"]]
    low: dict[int, int] = {}
    if with_notes:
        levels = StockLevel.objects.filter(variant_id__in=[variant["id"] for variant in variants])
        low = dict(levels.values_list("variant_id", "low_stock_threshold"))
    for variant in variants:
        variant["options"] = [{"name": n, "value": v} for n, v in variant["options"].items()]
        if with_notes:
            units, low_at = variant["available"], low.get(variant["id"]) or 0
            variant["stock_note"] = words_for_units(units, low_at)[1]


def chosen_products(context: Context, product_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the visible ones among these products, in the given order."""
    found = _by_id(context, product_ids)
    return [found[pk] for pk in product_ids if pk in found]


def _by_id(context: Context, product_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    fields = wanted_fields(context.names)
    rows = product_rows(
        Listing.objects.filter(category_id=WHOLE_SHOP, product_id__in=product_ids), fields
    )
    told = told_products(context, product_items(rows, fields))
    return {row["id"]: item for row, item in zip(rows, told, strict=True)}


def one_product(
    context: Context, pk: strawberry.ID | None, slug: str | None, sku: str | None
) -> dict[str, Any]:
    """Return the visible product with an id, a slug or a SKU (its own or a variant's).

    Raises Refused.
    """
    unknown = missing("There is no such product, or it is not for sale.")
    listings = Listing.objects.filter(category_id=WHOLE_SHOP)
    if pk is not None:
        listings = listings.filter(product_id=number(pk, unknown))
    if slug is not None:
        listings = listings.filter(product__slug=slug)
    if sku is not None:
        key = sku_key(sku)
        owners = Variant.objects.filter(sku_key=key).values("product")
        listings = listings.filter(Q(product__sku_key=key) | Q(product__in=owners))
    found = listings.order_by("product_id").values_list("product_id", flat=True).first()
    if found is None or (pk, slug, sku) == (None, None, None):
        raise unknown
    return chosen_products(context, [found])[0]


def products_by_category(
    context: Context, category_ids: Sequence[int], order: ProductOrder, first: int, offset: int
) -> dict[int, list[dict[str, Any]]]:
    """Return the same window of several categories: two statements and those of the products."""
    limit, start = window(first, offset)
    placed: list[tuple[int, int, int]] = []
    for part in range(0, len(category_ids), MOST_PARTS):
        ids = list(category_ids[part : part + MOST_PARTS])
        placed += _WINDOWS.rows(ids, shape=(ORDERS[order.value], start, limit))
    found = _by_id(context, sorted({product_id for _category, product_id, _place in placed}))
    shelves: dict[int, list[dict[str, Any]]] = {pk: [] for pk in category_ids}
    context.count(len(placed) - len(found))
    for category_id, product_id, _place in sorted(placed, key=lambda row: row[2]):
        if product_id in found:
            shelves[category_id].append(found[product_id])
    return shelves


def _windows(
    category_ids: list[int], order: tuple[str, ...], start: int, limit: int
) -> QuerySet[Listing, Any]:
    parts = [_window(pk, order, start, limit) for pk in category_ids]
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _window(
    category_id: int, order: tuple[str, ...], start: int, limit: int
) -> QuerySet[Listing, Any]:
    """Select a window by its index; the parts of a union can't be cut themselves everywhere."""
    rows = Listing.objects.filter(category_id=category_id).order_by(*order)
    by = [F(name[1:]).desc() if name.startswith("-") else F(name).asc() for name in order]
    return (
        Listing.objects.filter(pk__in=Subquery(rows.values("pk")[start : start + limit]))
        .order_by()
        .values_list("category_id", "product_id", Window(RowNumber(), order_by=by))
    )


_WINDOWS = Statement(_windows)
