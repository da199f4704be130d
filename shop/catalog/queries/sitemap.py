"""What the sitemap lists: windows of primary keys, so that no part costs more than its own rows."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, QuerySet
from wagtail.models import Page

from shop.catalog.models import WHOLE_SHOP, Listing
from shop.catalog.queries.addresses import page_address, product_address
from shop.catalog.rules import path_range

# Fewer addresses than the 50,000 a file may hold (sitemaps.org), so that none takes long.
WINDOW = 10_000

Entry = tuple[str, datetime | None]


def listed_products() -> QuerySet[Listing]:
    """Return what shoppers find in the whole shop."""
    return Listing.objects.filter(category_id=WHOLE_SHOP)


def public_pages(home: Page) -> QuerySet[Page]:
    """Return the live pages of a site that everyone may read."""
    first, after = path_range(home.path)
    pages: QuerySet[Page] = (
        Page.objects.live().public().filter(path__gte=first, path__lt=after).order_by()
    )
    return pages


def windows(rows: QuerySet[Listing] | QuerySet[Page], key: str) -> Iterator[int]:
    """Yield the numbers of the windows that hold rows: one index probe for each."""
    number = -1
    while True:
        after = rows.filter(**{f"{key}__gte": (number + 1) * WINDOW}).aggregate(least=Min(key))
        if after["least"] is None:
            return
        number = after["least"] // WINDOW
        yield number


def product_entries(number: int) -> list[Entry]:
    """Return address and last change of the products in a window."""
    rows = (
        listed_products()
        .filter(product__gte=number * WINDOW, product__lt=(number + 1) * WINDOW)
        .order_by("product_id")
        .values_list("product__slug", "product__updated_at")
    )
    return [(product_address(slug), changed) for slug, changed in rows]


def page_entries(home: Page, number: int) -> list[Entry]:
    """Return address and last change of the pages in a window."""
    rows = (
        public_pages(home)
        .filter(pk__gte=number * WINDOW, pk__lt=(number + 1) * WINDOW)
        .order_by("pk")
        .values_list("url_path", "last_published_at")
    )
    return [(page_address(url_path), changed) for url_path, changed in rows]
