"""The list of products: filters, order, window, and how many there are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from search.queries import find_products
from shop.api.categories.reading import category_for_list
from shop.api.paging import PAGING, read_window
from shop.api.products.reading import FIELDS, ITEM, Row, product_items, product_rows, shelf_rows
from shop.api.words import (
    read_choice,
    read_fields,
    read_price,
    read_switch,
    read_text,
    refuse_unknown,
)
from shop.catalog.models import WHOLE_SHOP, CategoryFigure, Listing
from shop.catalog.queries.facets import chosen_groups, narrow
from shop.catalog.queries.listing_query import OPTION_PREFIX, ListingQuery, read_listing_query

# Each order has its index in the read model; the shelf's own order comes where none is named.
ORDERS = {
    "": ("place", "-featured", "-published_at", "-product_id"),
    "price": ("price", "product_id"),
    "-price": ("-price", "-product_id"),
    "name": ("name", "product_id"),
    "-first_published_at": ("-published_at", "-product_id"),
}
FLAGS = {
    "in_stock": CategoryFigure.STOCK,
    "on_sale": CategoryFigure.SALE,
    "featured": None,
}
KNOWN = PAGING | {
    "fields", "order", "search", "category", "min_price", "max_price", "brand", *FLAGS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, checked."""

    offset: int
    limit: int
    fields: frozenset[str]
    order: str
    search: str | None
    category: str | None
    flags: dict[str, bool]
    query: ListingQuery

    @property
    def plain(self) -> bool:
        """Tell whether nothing narrows the category."""
        return self.search is None and not self.flags and not self.query.filtered

    def figure(self) -> tuple[str, str] | None:
        """Return the stored figure that counts these products; None if they must be counted."""
        groups = chosen_groups(self.query)
        filters = len(self.flags) + len(groups)
        if self.query.min_price is not None or self.query.max_price is not None or filters > 1:
            return None
        if not filters:
            return CategoryFigure.ALL, ""
        for facet, values in groups.items():
            return (facet, values[0]) if len(values) == 1 else None
        flag, wanted = next(iter(self.flags.items()))
        stored = FLAGS[flag]
        return (stored, "") if stored and wanted else None


def read_wish(words: QueryDict) -> Wish:
    """Read and check the words of the address."""
    refuse_unknown(words, KNOWN, prefix=OPTION_PREFIX)
    offset, limit = read_window(words)
    flags = {flag: read_switch(words, flag) for flag in FLAGS}
    groups = read_listing_query(words, path="")
    return Wish(
        offset=offset,
        limit=limit,
        fields=read_fields(words, available=FIELDS, default=ITEM),
        order=read_choice(words, "order", ORDERS),
        search=read_text(words, "search") or None,
        category=words.get("category"),
        flags={flag: wanted for flag, wanted in flags.items() if wanted is not None},
        query=ListingQuery(
            min_price=read_price(words, "min_price"),
            max_price=read_price(words, "max_price"),
            brands=groups.brands,
            options=groups.options,
        ),
    )


def product_list(words: QueryDict) -> dict[str, Any]:
    """Return a page of products: three statements for a category that is not narrowed.

    Counting narrowed lists costs one more; a search has its own.
    """
    wish = read_wish(words)
    category_id, total = _shelf(wish)
    if wish.plain and total is not None:
        found = []
        if wish.offset < total and wish.limit:
            found = shelf_rows(
                category_id,
                ORDERS[wish.order],
                wish.fields,
                limit=wish.limit,
                offset=wish.offset,
            )
        return _page(total, found, wish.fields)
    rows = narrow(Listing.objects.filter(category_id=category_id), wish.query)
    if wish.flags:
        rows = rows.filter(**wish.flags)
    if wish.search is not None:
        return _found(wish, rows)
    if total is None:
        total = rows.count()
    return _answer(wish, total, rows.order_by(*ORDERS[wish.order]))


def _shelf(wish: Wish) -> tuple[int, int | None]:
    """Return the category to look in and how many products are there, if that is stored."""
    figure = wish.figure() if wish.search is None else None
    if wish.category is not None:
        row = category_for_list(wish.category, figure)
        return row[0], (row[1] or 0) if figure else None
    if figure is None:
        return WHOLE_SHOP, None
    facet, value = figure
    stored = CategoryFigure.objects.filter(category_id=WHOLE_SHOP, facet=facet, value=value)
    return WHOLE_SHOP, stored.values_list("count", flat=True).first() or 0


def _answer(wish: Wish, total: int, rows: QuerySet[Listing]) -> dict[str, Any]:
    end = min(wish.offset + wish.limit, total)
    found = product_rows(rows[wish.offset : end], wish.fields) if wish.offset < end else []
    return _page(total, found, wish.fields)


def _page(total: int, rows: list[Row], fields: frozenset[str]) -> dict[str, Any]:
    items = product_items(rows, fields) if rows else []
    return {"meta": {"total_count": total}, "items": items}


def _found(wish: Wish, rows: QuerySet[Listing]) -> dict[str, Any]:
    """Return what a search found, best first unless another order is named."""
    ranked = find_products(wish.search or "").product_ids
    rows = rows.filter(product__in=ranked)
    present = set(rows.values_list("product_id", flat=True))
    if wish.order:
        return _answer(wish, len(present), rows.order_by(*ORDERS[wish.order]))
    ids = [pk for pk in ranked if pk in present][wish.offset : wish.offset + wish.limit]
    found = {row["id"]: row for row in product_rows(rows.filter(product__in=ids), wish.fields)}
    return _page(len(present), [found[pk] for pk in ids], wish.fields)
