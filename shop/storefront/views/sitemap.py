"""What search engines ask first."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from shop.catalog.queries.addresses import absolute
from shop.catalog.queries.sitemap import (
    listed_products,
    page_entries,
    product_entries,
    public_pages,
    windows,
)

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Nothing for a search engine: what belongs to one visitor, and endless combinations of filters.
CLOSED = ("/admin/", "/account/", "/cart/", "/checkout/", "/orders/", "/search/", "/api/")


def _home(request: HttpRequest) -> Page:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site.root_page


def _xml(root: str, element: str, entries: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">']
    for path, changed in entries:
        when = f"<lastmod>{changed:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed else ""
        lines.append(f"<{element}><loc>{escape(absolute(path))}</loc>{when}</{element}>")
    lines.append(f"</{root}>\n")
    return HttpResponse("\n".join(lines), content_type="application/xml")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap that hold anything."""
    parts = [("pages", number) for number in windows(public_pages(_home(request)), "pk")]
    parts += [("products", number) for number in windows(listed_products(), "product_id")]
    return _xml(
        "sitemapindex", "sitemap", ((reverse("sitemap-part", args=part), None) for part in parts)
    )


@require_safe
def sitemap(request: HttpRequest, part: str, number: int) -> HttpResponse:
    """List the pages or products of one part."""
    entries = []
    if number < 10**9:
        if part == "pages":
            entries = page_entries(_home(request), number)
        elif part == "products":
            entries = product_entries(number)
    if not entries:
        raise Http404
    return _xml("urlset", "url", entries)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where to stay out and where the sitemap lies."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines += ["", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
