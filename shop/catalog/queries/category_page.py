"""Everything a category page shows."""

from typing import Any

from django.utils.translation import gettext as _

from shop.catalog.models import CategoryPage
from shop.catalog.pictures import GALLERY
from shop.catalog.queries.addresses import absolute, page_address
from shop.catalog.queries.figures import average
from shop.catalog.queries.listing import listing_page
from shop.catalog.queries.listing_query import read_listing_query
from shop.catalog.queries.navigation import Step, breadcrumb, children
from shop.catalog.queries.pictures import picture
from shop.catalog.queries.seo import breadcrumb_data, json_ld, short_text
from shop.core.money import display


def category_page(page: CategoryPage, words: Any, steps: list[Step]) -> dict[str, Any]:
    """Return the context of catalog/category_page.html; `steps` lead from home to the page."""
    url = page_address(page.url_path)
    query = read_listing_query(words, path=url)
    listing = listing_page(page.pk or -1, query)
    counts = listing.pop("counts")
    ways = breadcrumb(step for step in steps if step.depth < page.depth)
    first = query.page == 1
    mean = None if query.filtered else average(counts.total, counts.price_cents)
    shown = picture(page.picture_id, GALLERY) if first else None
    context = {
        "title": page.title,
        "menu_url": ways[2]["url"] if len(ways) > 2 else url,
        "breadcrumb": ways,
        "listing": listing,
        "meta": _meta(page, url, listing, ways, narrowed=query.filtered or bool(query.sort)),
    }
    if first:
        context |= {
            "introduction": page.introduction,
            "picture": {**shown, "alt": ""} if shown else None,
            "children": children(page.path, page.depth),
            "above": page.body_above,
            "below": page.body_below,
            "average_label": _("Average price %s") % display(mean) if mean is not None else None,
        }
    return context


def _meta(
    page: CategoryPage,
    url: str,
    listing: dict[str, Any],
    ways: list[dict[str, str]],
    *,
    narrowed: bool,
) -> dict[str, Any]:
    pages = listing["pagination"] or {}
    number = next((link["label"] for link in pages.get("links", ()) if link["current"]), "1")
    first_picture = next((card["picture"] for card in listing["cards"] if card["picture"]), None)
    canonical = url if narrowed or number == "1" else f"{url}?page={number}"
    return {
        "title": page.seo_title or page.title,
        "description": page.search_description or short_text(page.introduction) or None,
        "canonical": absolute(canonical),
        "image": absolute(first_picture["src"]) if first_picture else None,
        "image_alt": first_picture["alt"] if first_picture else None,
        "robots": "noindex, follow" if narrowed else None,
        "prev_url": pages.get("previous_url"),
        "next_url": pages.get("next_url"),
        "json_ld": json_ld(breadcrumb_data(ways, page.title, url)),
    }
