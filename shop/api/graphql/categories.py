"""Read categories for GraphQL: what one of them is asked, all that came with it are read for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Length, Substr

from shop.api.categories import reading
from shop.api.errors import wrong
from shop.api.graphql.context import Context, number
from shop.catalog.models import CategoryPage
from shop.catalog.queries.addresses import absolute, page_address
from shop.catalog.queries.figures import category_figures
from shop.catalog.rules import STEP
from shop.core.money import plain

Row = Sequence[Any]

# A category behind a login tells no more than its name.
CLOSED = {"tree_path": "", "url": None, "depth": None, "product_count": 0}


class Node(dict[str, Any]):
    """A category; what was not read of it yet is read for its whole group."""

    __slots__ = ("group",)

    def __init__(self, group: Group, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.group = group

    def __missing__(self, name: str) -> Any:
        READERS[name](self.group)
        return dict.__getitem__(self, name)


class Group:
    """Categories that stand at the same place of an answer: none is read alone."""

    def __init__(self, context: Context, rows: Iterable[dict[str, Any]]) -> None:
        self.context = context
        self.nodes = {row["id"]: Node(self, row) for row in rows}
        # What was read for arguments of a field, by these arguments.
        self.answers: dict[Any, Any] = {}
        context.count(len(self.nodes))

    @property
    def open(self) -> list[Node]:
        """Return those that everybody may see."""
        return [node for node in self.nodes.values() if node["tree_path"]]

    def read_rows(self) -> None:
        """Read address, depth and count."""
        pages = reading.open_categories().filter(pk__in=list(self.nodes))
        found = {row[0]: _values(row) for row in reading.category_rows(pages)}
        for pk, node in self.nodes.items():
            node.update(found.get(pk, CLOSED))

    def read_paths(self) -> None:
        """Read the titles from the top down."""
        known = reading.titles_above(node["tree_path"] for node in self.open)
        for node in self.nodes.values():
            path = node["tree_path"]
            node["path"] = reading.way_down(path, known) if path else [node["title"]]

    def read_children(self) -> None:
        """Read the categories right below."""
        above = {node["tree_path"]: node for node in self.open}
        for node in self.nodes.values():
            node["children"] = []
        if not above:
            return
        pages = (
            reading.open_categories()
            .filter(depth__in={len(path) // STEP + 1 for path in above})
            .annotate(above=Substr(F("path"), 1, Length("path") - STEP))
            .filter(above__in=sorted(above))
        )
        for child in read_group(self.context, pages):
            above[child["tree_path"][:-STEP]]["children"].append(child)

    def read_parents(self) -> None:
        """Read the categories right above."""
        paths = {node["tree_path"][:-STEP] for node in self.open}
        pages = reading.open_categories().filter(path__in=sorted(paths))
        found = {node["tree_path"]: node for node in read_group(self.context, pages)}
        for node in self.nodes.values():
            node["parent"] = found.get(node["tree_path"][:-STEP])

    def read_prices(self) -> None:
        """Read what things cost."""
        figures = category_figures([node["id"] for node in self.open])
        for pk, node in self.nodes.items():
            prices = figures.get(pk)
            node["average_price"] = _money(prices and prices.average)
            node["min_price"] = _money(prices and prices.lowest)
            node["max_price"] = _money(prices and prices.highest)


READERS = {
    **dict.fromkeys(("tree_path", "url", "depth", "product_count"), Group.read_rows),
    "path": Group.read_paths,
    "children": Group.read_children,
    "parent": Group.read_parents,
    **dict.fromkeys(("average_price", "min_price", "max_price"), Group.read_prices),
}


def categories_of(context: Context, said: Iterable[dict[str, Any]]) -> dict[int, Node]:
    """Return nodes by id for categories of which others told id, title and slug."""
    return Group(context, said).nodes


def read_group(context: Context, pages: QuerySet[CategoryPage]) -> list[Node]:
    """Return open categories in the order of the tree, unless the queryset has its own."""
    if not pages.ordered:
        pages = pages.order_by("path")
    rows = map(_values, reading.category_rows(pages))
    return list(Group(context, rows).nodes.values())


def _values(row: Row) -> dict[str, Any]:
    pk, title, slug, path, url_path, depth, _published, count = row
    return {
        "id": pk,
        "title": title,
        "slug": slug,
        "tree_path": path,
        "url": absolute(page_address(url_path)),
        "depth": depth - reading.ABOVE,
        "product_count": count or 0,
    }


def one_category(context: Context, reference: str) -> Node:
    """Return the open category that an id or else a slug means. Raises Refused."""
    rows = reading.find_rows(reference, reading.COLUMNS)
    row = reading.the_one(rows, reference)
    return Group(context, [_values(row)]).nodes[row[0]]


def listed_categories(
    context: Context,
    *,
    parent: Any,
    depth: int | None,
    search: str | None,
    limit: int,
    offset: int,
) -> list[Node]:
    """Return open categories, parents before their children. Raises Refused."""
    pages = reading.open_categories()
    if parent is not None:
        unknown = wrong("parent", f"There is no category {str(parent)[:60]!r}.", "unknown_category")
        above = pages.filter(pk=number(parent, unknown)).first()
        if above is None:
            raise unknown
        pages = pages.filter(pk__in=CategoryPage.objects.child_of(above).values("pk"))
    if depth is not None:
        pages = pages.filter(depth=depth + reading.ABOVE)
    if search:
        pages = pages.filter(title__icontains=search)
    return read_group(context, pages.order_by("path")[offset : offset + limit])


def _money(amount: Any) -> str | None:
    return None if amount is None else plain(amount)
