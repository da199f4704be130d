"""The way from the home page down to a page: titles, addresses and restrictions at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from shop.catalog.changes import while_unchanged
from shop.catalog.queries.addresses import page_address
from shop.catalog.rules import ancestor_paths
from shop.core.statements import Statement

HOME_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A page on the way from the home page down to a category."""

    title: str
    url: str
    depth: int
    live: bool
    restricted: bool
    alias: bool


def _way(paths: list[str]) -> QuerySet[Page, Any]:
    return (
        Page.objects.filter(path__in=paths)
        .order_by("path", "view_restrictions__pk")
        .values_list("title", "url_path", "depth", "live", "view_restrictions__pk", "alias_of_id")
    )


_WAY = Statement(_way)


@while_unchanged
def way_to(path: str) -> list[Step]:
    """Return the home page and all pages down to the one at this tree path, itself included."""
    rows = _WAY.rows(ancestor_paths(path, from_depth=HOME_DEPTH))
    steps: dict[int, Step] = {}
    for title, url_path, depth, live, restriction, alias_of in rows:
        steps[depth] = Step(
            title,
            page_address(url_path),
            depth,
            live,
            restriction is not None,
            alias_of is not None,
        )
    return list(steps.values())
