"""The results page, and suggestions while somebody types."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from search.queries import FoundPage, find_pages, find_products
from shop.catalog.changes import catalogue_seen
from shop.catalog.models import WHOLE_SHOP
from shop.catalog.queries.cards import chosen_product_cards, featured_product_cards
from shop.catalog.queries.listing import listing_page
from shop.catalog.queries.listing_query import read_listing_query

LONGEST = 200
LINKS = 4
SUGGESTED_PRODUCTS = 6
SUGGESTED_CATEGORIES = 2


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """Show what was found: categories first, then products by rank, then pages."""
    with catalogue_seen(getattr(request, "catalogue_version", None)):
        return _results(request)


def _results(request: HttpRequest) -> HttpResponse:
    q = read_words(request)
    found = find_products(q)
    query = read_listing_query(request.GET, path=reverse("search"), hidden=[("q", q)], ranked=True)
    listing = listing_page(WHOLE_SHOP, query, ranked=found.product_ids, more=found.more)
    pages = find_pages(found.corrected or q) if query.page == 1 else []
    return render(
        request,
        "search/results.html",
        {
            "q": q,
            "corrected": found.corrected,
            "listing": listing,
            "categories": as_links(pages, categories=True),
            "pages": as_links(pages, categories=False),
            "suggestions": [] if found.product_ids else featured_product_cards(limit=4),
            "meta": {
                "title": _("“%s”") % q if q else _("Search"),
                "robots": "noindex",
            },
        },
    )


def as_links(pages: list[FoundPage], *, categories: bool) -> list[dict[str, Any]]:
    """Return the first categories, or the first other pages, as the template wants them."""
    fitting = [page for page in pages if page.is_category is categories]
    return [{"title": page.title, "url": page.url} for page in fitting[:LINKS]]


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer up to eight suggestions: categories, then products."""
    q = read_words(request)
    with catalogue_seen(getattr(request, "catalogue_version", None)):
        answer = JsonResponse({"suggestions": suggestions(q) if len(q) > 1 else []})
    answer["Cache-Control"] = "public, max-age=60"
    return answer


def suggestions(q: str) -> list[dict[str, Any]]:
    """Return categories and products for the beginning of a query."""
    found = find_products(q, limit=SUGGESTED_PRODUCTS).product_ids[:SUGGESTED_PRODUCTS]
    return [
        {**category, "kind": "category"}
        for category in as_links(find_pages(q), categories=True)[:SUGGESTED_CATEGORIES]
    ] + [
        {
            "title": card["name"],
            "url": card["url"],
            "kind": "product",
            "detail": card["price"],
            "image": card["picture"]["src"] if card["picture"] else None,
        }
        for card in chosen_product_cards(found)
    ]


def read_words(request: HttpRequest) -> str:
    """Return what somebody looks for, without what no database can read."""
    return " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
