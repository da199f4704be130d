"""One page of a listing: cards, filters with counts, sorting, page links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shop.catalog.models import WHOLE_SHOP, Listing
from shop.catalog.queries.cards import (
    ORDERS,
    cards,
    category_card_rows,
    chosen_product_cards,
    pictured_cards,
    product_count,
)
from shop.catalog.queries.facets import (
    FacetCounts,
    counted,
    counted_among,
    narrow,
    stored_counts,
)
from shop.catalog.queries.filters import listing_filters
from shop.catalog.queries.listing_query import RELEVANCE, ListingQuery

PAGE_SIZE = 24
# Nobody turns 500 pages; a program that does would make the database count them every time.
MOST_PAGES = 500
# Up to so many products a narrowed category is counted exactly on every request.
COUNTED_UP_TO = 20_000
# In larger ones the narrowed total is only counted this far.
TOTAL_UP_TO = 1_000


def listing_page(
    category_id: int,
    query: ListingQuery,
    *,
    ranked: Sequence[int] | None = None,
    more: bool = False,
) -> dict[str, Any]:
    """Return the context `listing` of a category, or of products that a search ranked.

    Three statements for a category that nothing narrows, four for a search; filters add up to
    three. `more` tells that the search would have found more than it ranked.
    """
    if ranked is None:
        found = _in_category(category_id, query)
    else:
        found = _among_ranked(ranked, query, more)
    pages, page, total = found.pages, found.page, found.total
    first = (page - 1) * PAGE_SIZE + 1
    shown = found.cards
    return {
        "cards": shown,
        "total": total,
        "total_label": _("over %s products") % f"{total:,}" if found.more else product_count(total),
        "shown_label": f"{first:,}\u2013{first + len(shown) - 1:,}"
        if pages > 1 and shown
        else None,
        "sort_options": sort_options(query, ranked=ranked is not None),
        "pagination": pagination(query, page, pages),
        "filters": listing_filters(query, found.counts),
        "counts": found.counts,
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """The products of one page, and how many there are in all."""

    cards: list[dict[str, Any]]
    counts: FacetCounts
    total: int
    more: bool
    page: int
    pages: int


def _turned(query: ListingQuery, total: int) -> tuple[int, int]:
    """Return how many pages there are, and the one to show."""
    pages = max(1, min(-(-total // PAGE_SIZE), MOST_PAGES))
    return pages, min(query.page, pages)


def _in_category(category_id: int, query: ListingQuery) -> _Found:
    rows = Listing.objects.filter(category_id=category_id)
    counts, more = stored_counts(category_id), False
    total = counts.total
    if query.filtered and total <= COUNTED_UP_TO:
        counts = counted(rows, query)
        total = counts.total
    elif query.filtered:
        counts = _uncounted(counts)
        total, more = _bounded_total(narrow(rows, query))
    pages, page = _turned(query, total)
    window, order = _window(page), ORDERS[query.sort or "featured"]
    if not total:
        shown = []
    elif query.filtered:
        shown = cards(narrow(rows, query).order_by(*order)[window])
    else:
        shown = pictured_cards(category_card_rows(category_id, order, window.start, window.stop))
    return _Found(shown, counts, total, more, page, pages)


def _among_ranked(ranked: Sequence[int], query: ListingQuery, more: bool) -> _Found:
    def rows() -> QuerySet[Listing]:
        return Listing.objects.filter(category_id=WHOLE_SHOP, product__among=ranked)

    if query.filtered:
        counts = counted(rows(), query)
        listed = set(narrow(rows(), query).values_list("product_id", flat=True))
    else:
        counts, listed = counted_among(ranked)
    pages, page = _turned(query, counts.total)
    window = _window(page)
    if not listed:
        shown = []
    elif query.sort:
        shown = cards(narrow(rows(), query).order_by(*ORDERS[query.sort])[window])
    else:
        shown = chosen_product_cards([pk for pk in ranked if pk in listed][window])
    return _Found(shown, counts, counts.total, more and not query.filtered, page, pages)


def _window(page: int) -> slice:
    return slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)


def _uncounted(stored: FacetCounts) -> FacetCounts:
    """Keep the choices but not their counts, which no longer hold."""
    return FacetCounts(
        groups={facet: [(value, -1) for value, _n in rows] for facet, rows in stored.groups.items()}
    )


def _bounded_total(narrowed: QuerySet[Listing]) -> tuple[int, bool]:
    """Count up to TOTAL_UP_TO rows; tells also whether there are more."""
    count = narrowed.order_by()[: TOTAL_UP_TO + 1].count()
    return min(count, TOTAL_UP_TO), count > TOTAL_UP_TO


def sort_options(query: ListingQuery, *, ranked: bool = False) -> list[dict[str, Any]]:
    """Return what a listing can be sorted by."""
    labels = {
        **({RELEVANCE: _("Best match")} if ranked else {}),
        "featured": _("Featured"),
        "newest": _("Newest"),
        "price": _("Price: low to high"),
        "-price": _("Price: high to low"),
        "name": _("Name"),
    }
    current = query.sort or next(iter(labels))
    return [
        {"value": value, "label": label, "selected": value == current}
        for value, label in labels.items()
    ]


def pagination(query: ListingQuery, page: int, pages: int) -> dict[str, Any] | None:
    """Return links to pages around the current one; None for a single page."""
    if pages == 1:
        return None
    near = {1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)}
    links: list[dict[str, Any]] = []
    before = 0
    for number in sorted(near):
        if number - before > 1:
            links.append({"label": "…", "url": None, "current": False})
        links.append(
            {"label": str(number), "url": query.url(page=number), "current": number == page}
        )
        before = number
    return {
        "previous_url": query.url(page=page - 1) if page > 1 else None,
        "next_url": query.url(page=page + 1) if page < pages else None,
        "links": links,
    }
