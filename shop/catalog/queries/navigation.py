"""Ways through the tree of categories, down and across, each in one statement."""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet, Subquery

from shop.catalog.changes import while_unchanged
from shop.catalog.models import CategoryPage
from shop.catalog.pictures import THUMB
from shop.catalog.queries.addresses import page_address
from shop.catalog.queries.cards import counts_of
from shop.catalog.queries.pictures import pictures
from shop.catalog.queries.way import Step, way_to
from shop.catalog.rules import STEP, path_range
from shop.core.statements import Statement

MENU_LENGTH = 10
MOST_CHILDREN = 60


_COLUMNS = [column.attname for column in CategoryPage._meta.concrete_fields]


def _category_at(slug: str, url_path: str) -> QuerySet[CategoryPage, Any]:
    # The address has no index of its own; few pages share its last part, which has one.
    return CategoryPage.objects.filter(slug=slug, url_path=url_path, live=True).values_list(
        *_COLUMNS
    )


_CATEGORY = Statement(_category_at)


def category_at(url_path: str) -> CategoryPage | None:
    """Return the live category at Wagtail's `url_path`, whatever its depth: one statement."""
    rows = _category_rows(url_path)
    return CategoryPage.from_db(DEFAULT_DB_ALIAS, _COLUMNS, rows[0]) if rows else None


@while_unchanged
def _category_rows(url_path: str) -> list[tuple[Any, ...]]:
    return _CATEGORY.rows(url_path.rstrip("/").rpartition("/")[2], url_path)


def breadcrumb(steps: Iterable[Step]) -> list[dict[str, str]]:
    """Return the steps that a shopper can visit."""
    return [{"title": step.title, "url": step.url} for step in steps if step.live]


def _children(first: str, after: str, depth: int) -> QuerySet[CategoryPage, Any]:
    return (
        CategoryPage.objects.live()
        .filter(path__gte=first, path__lt=after, depth=depth)
        .order_by("path")
        .values_list("title", "url_path", "picture_id", Subquery(counts_of("pk")))[:MOST_CHILDREN]
    )


_CHILDREN = Statement(_children)


@while_unchanged
def children(path: str, depth: int) -> list[dict[str, Any]]:
    """Return the live sub-categories of the page at this tree path, in tree order, with counts."""
    first, after = path_range(path)
    rows = _CHILDREN.rows(first, after, depth + 1)
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


__all__ = ["breadcrumb", "category_at", "children", "menu", "way_to"]
