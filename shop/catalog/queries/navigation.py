"""Ways through the tree of categories, down and across, each in one statement."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Subquery

from shop.catalog.models import CategoryPage
from shop.catalog.pictures import THUMB
from shop.catalog.queries.addresses import page_address
from shop.catalog.queries.cards import counts_of
from shop.catalog.queries.pictures import pictures
from shop.catalog.queries.way import Step, way_to
from shop.catalog.rules import STEP, path_range

MENU_LENGTH = 10
MOST_CHILDREN = 60


def breadcrumb(steps: Iterable[Step]) -> list[dict[str, str]]:
    """Return the steps that a shopper can visit."""
    return [{"title": step.title, "url": step.url} for step in steps if step.live]


def children(path: str, depth: int) -> list[dict[str, Any]]:
    """Return the live sub-categories of the page at this tree path, in tree order, with counts."""
    first, after = path_range(path)
    rows = list(
        CategoryPage.objects.live()
        .filter(path__gte=first, path__lt=after, depth=depth + 1)
        .order_by("path")
        .values_list("title", "url_path", "picture_id", Subquery(counts_of("pk")))[:MOST_CHILDREN]
    )
    found = pictures([row[2] for row in rows], THUMB)
    return [
        {
            "title": title,
            "url": page_address(url_path),
            "count_label": f"{count:,}" if count else None,
            "picture": found.get(picture_id, {}).get(THUMB.name),
        }
        for title, url_path, picture_id, count in rows
    ]


def menu(home_path: str) -> list[dict[str, str]]:
    """Return the root category of a site and the categories right below it."""
    first, after = path_range(home_path)
    depth = len(home_path) // STEP
    rows = (
        CategoryPage.objects.live()
        .filter(path__gte=first, path__lt=after, depth__in=(depth + 1, depth + 2))
        .order_by("depth", "path")
        .values_list("title", "url_path")[:MENU_LENGTH]
    )
    return [{"title": title, "url": page_address(url_path)} for title, url_path in rows]


__all__ = ["breadcrumb", "children", "menu", "way_to"]
