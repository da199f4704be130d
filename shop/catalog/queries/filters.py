"""The filters of a listing as a page shows them."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from shop.catalog.models import CategoryFigure
from shop.catalog.queries.facets import FacetCounts, chosen_groups
from shop.catalog.queries.listing_query import OPTION_PREFIX, ListingQuery, price_word
from shop.catalog.rules import PRICE_BANDS
from shop.core.money import CENT, display

UNFOLDED = 8
FOLDED = 16
MOST_GROUPS = 6

# Each band with the highest price in it; the last one is open.
BANDS: tuple[tuple[int, Decimal | None], ...] = (
    *((edge, Decimal(after) - CENT) for edge, after in pairwise(PRICE_BANDS)),
    (PRICE_BANDS[-1], None),
)


def listing_filters(query: ListingQuery, counts: FacetCounts) -> dict[str, Any]:
    """Return the context `filters`; a count below zero is not known and not shown."""
    applied = _applied(query)
    return {
        "action": query.path,
        "hidden": list(query.hidden),
        "count": len(applied),
        "applied": applied,
        "clear_url": query.without_filters(),
        "bands": _bands(query, counts),
        "min_price": "" if query.min_price is None else price_word(query.min_price),
        "max_price": "" if query.max_price is None else price_word(query.max_price),
        "switches": _switches(query, counts),
        "groups": _groups(query, counts),
    }


def _bands(query: ListingQuery, counts: FacetCounts) -> list[dict[str, Any]]:
    bands = []
    for edge, last in BANDS:
        count = counts.bands.get(edge, 0)
        selected = query.min_price == edge and query.max_price == last
        if not (count or selected):
            continue
        url = (
            query.url(min_price=None, max_price=None)
            if selected
            else query.url(min_price=Decimal(edge), max_price=last)
        )
        bands.append(
            {
                "label": band_label(edge, last),
                "count": f"{count:,}",
                "url": url,
                "selected": selected,
            }
        )
    return bands


def band_label(edge: int, last: Decimal | None) -> str:
    """Return a price band for people."""
    if last is None:
        return _("From %s") % display(Decimal(edge))
    if not edge:
        return _("Under %s") % display(last + CENT)
    return f"{display(Decimal(edge))} \u2013 {display(last + CENT)}"


def _switches(query: ListingQuery, counts: FacetCounts) -> list[dict[str, Any]]:
    switches = [
        {
            "name": "in_stock",
            "label": _("In stock"),
            "count": f"{counts.in_stock:,}" if counts.in_stock else "",
            "selected": query.in_stock,
        },
        {
            "name": "on_sale",
            "label": _("On sale"),
            "count": f"{counts.on_sale:,}" if counts.on_sale else "",
            "selected": query.on_sale,
        },
    ]
    return [switch for switch in switches if switch["count"] or switch["selected"]]


def _groups(query: ListingQuery, counts: FacetCounts) -> list[dict[str, Any]]:
    chosen = chosen_groups(query)
    found = [
        _group(facet, counts.groups.get(facet, []), chosen.get(facet, ()))
        for facet in sorted({*counts.groups, *chosen}, key=_brand_first)
    ]
    return found[:MOST_GROUPS]


def _brand_first(facet: str) -> tuple[bool, str]:
    return facet != CategoryFigure.BRAND, facet


def _group(facet: str, rows: list[tuple[str, int]], chosen: tuple[str, ...]) -> dict[str, Any]:
    present = {value for value, _count in rows}
    rows = [
        *((value, 0) for value in chosen if value not in present),
        *sorted(rows, key=lambda row: row[0] not in chosen),
    ]
    choices = [
        {
            "value": value,
            "label": value,
            "count": "" if count < 0 else f"{count:,}",
            "selected": value in chosen,
        }
        for value, count in rows[: UNFOLDED + FOLDED]
    ]
    name = facet.removeprefix(CategoryFigure.OPTION)
    is_brand = facet == CategoryFigure.BRAND
    return {
        "name": facet if is_brand else f"{OPTION_PREFIX}{name}",
        "title": _("Brand") if is_brand else name.capitalize(),
        "choices": choices[:UNFOLDED],
        "more": choices[UNFOLDED:],
    }


def _applied(query: ListingQuery) -> list[dict[str, str]]:
    applied = []
    low, high = query.min_price, query.max_price
    if low is not None or high is not None:
        if low is None:
            label = _("Up to %s") % display(high or Decimal(0))
        elif high is None:
            label = _("From %s") % display(low)
        else:
            label = f"{display(low)} \u2013 {display(high)}"
        applied.append({"label": label, "remove_url": query.url(min_price=None, max_price=None)})
    if query.in_stock:
        applied.append({"label": _("In stock"), "remove_url": query.url(in_stock=False)})
    if query.on_sale:
        applied.append({"label": _("On sale"), "remove_url": query.url(on_sale=False)})
    for brand in query.brands:
        left = tuple(other for other in query.brands if other != brand)
        applied.append({"label": brand, "remove_url": query.url(brands=left)})
    for name, values in query.options.items():
        for value in values:
            left = tuple(other for other in values if other != value)
            options = {**query.options, name: left}
            applied.append(
                {
                    "label": f"{name.capitalize()}: {value}",
                    "remove_url": replace(query, options=options, page=1).url(),
                }
            )
    return applied
