"""Read categories that everybody may see."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
)
from wagtail.models import Page, PageViewRestriction

from shop.api.errors import Refused, missing, wrong
from shop.api.words import LARGEST_ID, whole
from shop.catalog.changes import while_unchanged
from shop.catalog.models import CategoryFigure, CategoryPage
from shop.catalog.queries.addresses import absolute, page_address
from shop.catalog.rules import ancestor_paths
from shop.core.statements import Statement

# Wagtail's root and the home page lie above the root category.
ABOVE = 2
ROOT_DEPTH = ABOVE + 1

FIELDS = ("id", "meta", "title", "slug", "path", "parent", "depth", "product_count")
COLUMNS = ("pk", "title", "slug", "path", "url_path", "depth", "first_published_at")

Row = Sequence[Any]

ALL = (CategoryFigure.ALL, "")


def open_categories() -> QuerySet[CategoryPage]:
    """Return live categories that no login or password stands before: no statement of its own."""
    closed = PageViewRestriction.objects.annotate(
        below=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(below__startswith=F("page__path"))
    return CategoryPage.objects.live().filter(~Exists(closed)).order_by()


@while_unchanged
def find_rows(
    reference: str, columns: tuple[str, ...], figure: tuple[str, str] | None = ALL
) -> Sequence[Row]:
    """Return the rows of categories that an id or else a slug means: one statement each.

    Their last cell is a stored count, unless `figure` is None.
    """
    number = whole(reference)
    shape = (columns, figure is not None)
    found: Sequence[Row] = []
    if number is not None:
        found = _BY_ID.rows(min(number, LARGEST_ID), *(figure or ALL), shape=shape)
    # Both in one statement would read all categories: no index answers the one or the other.
    return found or _BY_SLUG.rows(reference, *(figure or ALL), shape=shape)


def _by_id(pk: int, *figure_and_shape: Any) -> QuerySet[CategoryPage, Any]:
    return _counted(open_categories().filter(pk=pk), *figure_and_shape)


def _by_slug(slug: str, *figure_and_shape: Any) -> QuerySet[CategoryPage, Any]:
    return _counted(
        open_categories().filter(slug=slug).order_by("depth", "path"), *figure_and_shape
    )


def _counted(
    pages: QuerySet[CategoryPage], facet: str, value: str, columns: tuple[str, ...], counted: bool
) -> QuerySet[CategoryPage, Any]:
    counts = [_counts(facet, value)] if counted else []
    return pages.values_list(*columns, *counts)[:1]


def _counts(facet: str, value: str) -> Subquery:
    """Return how many products of each category have a facet's value."""
    figures = CategoryFigure.objects.filter(category_id=OuterRef("pk"), facet=facet, value=value)
    return Subquery(figures.values("count")[:1])


_BY_SLUG = Statement(_by_slug)
_BY_ID = Statement(_by_id)


def category_for_list(reference: str, figure: tuple[str, str] | None) -> Row:
    """Return id and stored count of the category that a query word means."""
    return the_one(find_rows(reference, ("pk",), figure), reference, attr="category")


def the_one(rows: Sequence[Row], reference: str, *, attr: str | None = None) -> Row:
    """Return the row that was meant: of several with one slug, the one nearest to the top.

    Raises Refused: 404 (400 for a query word) where there is none.
    """
    if not rows:
        raise _unknown(reference, attr)
    return rows[0]


def _unknown(reference: str, attr: str | None) -> Refused:
    detail = f"There is no category {reference[:60]!r}."
    return wrong(attr, detail, "unknown_category") if attr else missing(detail)


def category_rows(pages: QuerySet[CategoryPage]) -> list[Row]:
    """Read what answers say of categories: one statement."""
    return list(pages.annotate(product_count=_counts(*ALL)).values_list(*COLUMNS, "product_count"))


def titles_above(paths: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return id and title by tree path of categories and all above them: one statement."""
    wanted = {above for path in paths for above in ancestor_paths(path, from_depth=ROOT_DEPTH)}
    return _titles(tuple(sorted(wanted))) if wanted else {}


@while_unchanged
def _titles(paths: tuple[str, ...]) -> dict[str, tuple[int, str]]:
    return {path: (pk, title) for path, pk, title in _TITLED.rows(list(paths))}


def _titled(paths: list[str]) -> QuerySet[Page, Any]:
    return Page.objects.filter(path__in=paths).order_by().values_list("path", "pk", "title")


_TITLED = Statement(_titled)


def way_down(path: str, known: dict[str, tuple[int, str]]) -> list[str]:
    """Return the titles from the root category down."""
    return [known[above][1] for above in ancestor_paths(path, from_depth=ROOT_DEPTH)]


def category_item(row: Row, known: dict[str, tuple[int, str]]) -> dict[str, Any]:
    """Return one category as the API says it."""
    pk, title, slug, path, url_path, depth, published, count = row
    above = known.get(path[:-4])
    return {
        "id": pk,
        "meta": {
            "type": "catalog.CategoryPage",
            "detail_url": absolute(f"/api/v2/categories/{pk}/"),
            "html_url": absolute(page_address(url_path)),
            "slug": slug,
            "first_published_at": published,
        },
        "title": title,
        "slug": slug,
        "path": way_down(path, known),
        "parent": above[0] if above else None,
        "depth": depth - ABOVE,
        "product_count": count or 0,
    }
