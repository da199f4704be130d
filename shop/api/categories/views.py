"""The addresses of categories."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.categories import reading
from shop.api.door import ApiView
from shop.api.errors import refused, wrong
from shop.api.etags import validated
from shop.api.idempotency import idempotent
from shop.api.paging import PAGING, read_window
from shop.api.permissions import MayAddCategories
from shop.api.words import (
    LARGEST_ID,
    read_choice,
    read_fields,
    read_switch,
    read_text,
    refuse_unknown,
    whole,
)
from shop.catalog.actions import ensure_categories, find_categories
from shop.catalog.models import CategoryPage
from shop.catalog.queries.figures import CategoryPrices, average_price, category_figures
from shop.core.errors import ShopError
from shop.core.money import currency, plain

ORDERS = {"": ("path",), "path": ("path",), "title": ("title", "pk"), "-title": ("-title", "-pk")}


class CategoryList(ApiView):
    """All categories, parents before their children; staff add some."""

    open_to_all = True
    permission_classes = [MayAddCategories]
    scopes: ClassVar[dict[str, str]] = {"POST": "catalog:write"}

    @validated()
    def get(self, request: Request) -> Response:
        """List categories."""
        words = request.GET
        refuse_unknown(words, PAGING | {"fields", "order", "search", "parent"})
        offset, limit = read_window(words)
        fields = read_fields(words, available=reading.FIELDS, default=reading.FIELDS)
        pages = reading.open_categories()
        if (text := read_text(words, "search")) is not None:
            pages = pages.filter(title__icontains=text)
        if "parent" in words:
            pages = pages.filter(pk__in=_children(words["parent"]))
        order = ORDERS[read_choice(words, "order", ORDERS)]
        total = pages.count()
        rows = reading.category_rows(pages.order_by(*order)[offset : offset + limit])
        known = reading.titles_above(row[3] for row in rows)
        items = [reading.category_item(row, known) for row in rows]
        return Response(
            {"meta": {"total_count": total}, "items": [_chosen(item, fields) for item in items]}
        )

    @idempotent
    def post(self, request: Request) -> Response:
        """Make what is missing of a path; answers the leaf."""
        names = _read_path(request.data)
        try:
            made = not find_categories([names])
            pk = ensure_categories([names])[names]
        except ShopError as refusal:
            refusal.details = []
            raise refused(refusal, lambda _field: "path") from refusal
        return Response(_category(str(pk)), status=201 if made else 200)


def _read_path(body: Any) -> tuple[str, ...]:
    names = body.get("path") if isinstance(body, dict) else None
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        raise wrong("path", 'A list of titles from the top down, as in ["All Products", "Bakery"].')
    if any("\x00" in name for name in names):
        raise wrong("path", "Null characters are not allowed.")
    return tuple(names)


def _children(reference: str) -> Any:
    number = whole(reference)
    if number is None or number > LARGEST_ID:
        raise wrong("parent", "parent must be the id of a category.")
    parent = reading.open_categories().filter(pk=number).first()
    if parent is None:
        raise wrong("parent", f"There is no category {number}.", "unknown_category")
    return CategoryPage.objects.child_of(parent).values("pk")


def _chosen(item: dict[str, Any], fields: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name in fields}


def _category(reference: str) -> dict[str, Any]:
    rows = reading.find_rows(reference, reading.COLUMNS)
    row = reading.the_one(rows, reference)
    return reading.category_item(row, reading.titles_above([row[3]]))


class CategoryDetail(ApiView):
    """One category, by id or slug."""

    open_to_all = True

    @validated()
    def get(self, request: Request, reference: str) -> Response:
        """Show a category."""
        refuse_unknown(request.GET, {"fields"})
        fields = read_fields(request.GET, available=reading.FIELDS, default=reading.FIELDS)
        return Response(_chosen(_category(reference), fields))


class CategoryTree(ApiView):
    """The whole tree, children inside their parents."""

    open_to_all = True

    @validated()
    def get(self, request: Request) -> Response:
        """Show the tree."""
        refuse_unknown(request.GET, ())
        rows = reading.category_rows(reading.open_categories().order_by("path"))
        known = {row[3]: (row[0], row[1]) for row in rows}
        nodes: dict[str, dict[str, Any]] = {}
        roots: list[dict[str, Any]] = []
        for row in rows:
            above = nodes.get(row[3][:-4])
            if above is None and row[5] > reading.ROOT_DEPTH:
                continue  # its parent is not published
            node = {**reading.category_item(row, known), "children": []}
            nodes[row[3]] = node
            (above["children"] if above else roots).append(node)
        return Response({"meta": {"total_count": len(nodes)}, "items": roots})


class AveragePrice(ApiView):
    """What things cost in a category with all below it, each product once."""

    open_to_all = True

    @validated()
    def get(self, request: Request, reference: str) -> Response:
        """Show average, lowest and highest price."""
        refuse_unknown(request.GET, {"include_descendants"})
        if read_switch(request.GET, "include_descendants") is False:
            raise wrong("include_descendants", "Prices always include the categories below.")
        rows = reading.find_rows(reference, ("pk", "title", "slug", "path"), None)
        row = reading.the_one(rows, reference)
        return Response(_prices(row, reading.titles_above([row[3]]), average_price(row[0])))


class AveragePrices(ApiView):
    """What things cost in every category."""

    open_to_all = True

    @validated()
    def get(self, request: Request) -> Response:
        """List average, lowest and highest prices."""
        refuse_unknown(request.GET, PAGING)
        offset, limit = read_window(request.GET)
        pages = reading.open_categories()
        total = pages.count()
        rows = list(
            pages.order_by("path").values_list("pk", "title", "slug", "path")[
                offset : offset + limit
            ]
        )
        known = reading.titles_above(row[3] for row in rows)
        prices = category_figures([row[0] for row in rows])
        return Response(
            {
                "meta": {"total_count": total},
                "items": [_prices(row, known, prices[row[0]]) for row in rows],
            }
        )


def _prices(
    row: reading.Row, known: dict[str, tuple[int, str]], prices: CategoryPrices
) -> dict[str, Any]:
    pk, title, slug, path = row
    return {
        "category": {"id": pk, "title": title, "slug": slug},
        "path": reading.way_down(path, known),
        "average_price": _money(prices.average),
        "min_price": _money(prices.lowest),
        "max_price": _money(prices.highest),
        "currency": currency(),
        "product_count": prices.count,
        "include_descendants": True,
    }


def _money(amount: Any) -> str | None:
    return None if amount is None else plain(amount)
