"""The table of prices and stock: shown, saved, and told cell by cell what was refused."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from shop.backoffice.grid.noting import note_cells
from shop.backoffice.grid.rows import LABELS, STATES, grid_page, grid_rows
from shop.catalog.actions.cells import PRICES, STOCK, Cell, change_cells
from shop.catalog.models import CategoryPage

SEES = "inventory.view_stocklevel"
COUNTS = "inventory.change_stocklevel"
PRICING = ("catalog.change_product", "catalog.publish_product")
ICON = "tasks"

_NAME = re.compile(r"cell-([0-9]{1,18})-([a-z_]+)")
# More cells than a page has; what a program sends beyond is not read.
MOST_CELLS = 400


class StockMenuItem(MenuItem):
    """Stands in the menu of who may see stock."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEES)


def menu_item() -> StockMenuItem:
    """Return the item of the main menu."""
    return StockMenuItem(
        gettext_lazy("Stock and prices"),
        reverse("stock_grid"),
        name="stock-grid",
        icon_name=ICON,
        order=112,
    )


@permission_required(SEES, raise_exception=True)
def stock_grid(request: HttpRequest) -> HttpResponse:
    """Show the table, and save what was changed in it."""
    words = {
        name: request.GET.get(name, "")[:100].replace("\x00", "")
        for name in ("q", "category", "stock", "p")
    }
    writable = _writable(request.user)
    refused = []
    if request.method == "POST":
        cells = list(_cells(request.POST, writable))
        sheet = change_cells(
            cells,
            reason=request.POST.get("reason", "").replace("\x00", "").strip()
            or _("Counted in the table"),
            actor=str(request.user),
        )
        refused = sheet.refused
        note_cells(cells, refused, request.user)
        _tell(request, sheet.saved, len(refused))
        if not refused:
            return redirect(f"{reverse('stock_grid')}?{_query(words)}")
    page = grid_page(words)
    return render(
        request,
        "backoffice/grid/index.html",
        {
            "page": page,
            "rows": grid_rows(list(page), refused),
            "words": words,
            "query": _query({**words, "p": ""}, ending=True),
            "states": STATES.items(),
            "labels": LABELS.items(),
            "categories": _categories(),
            "writable": writable,
            "header_title": _("Stock and prices"),
            "header_icon": ICON,
            "breadcrumbs_items": [{"url": "", "label": _("Stock and prices")}],
        },
        status=422 if refused else 200,
    )


def _writable(user: Any) -> set[str]:
    """Return the columns that somebody may write in."""
    columns = set[str]()
    if user.has_perm(COUNTS):
        columns |= set(STOCK)
    if user.has_perms(PRICING):
        columns |= set(PRICES)
    return columns


def _cells(sent: QueryDict, writable: set[str]) -> Iterable[Cell]:
    for name in list(sent)[: 3 * MOST_CELLS]:
        match = _NAME.fullmatch(name)
        if match is None or match[2] not in writable:
            continue
        was = sent.get(f"was-{match[1]}-{match[2]}", "")
        text = sent.get(name, "")
        if text.strip() != was.strip():
            yield Cell(int(match[1]), match[2], was, text[:100].replace("\x00", ""))


def _tell(request: HttpRequest, saved: int, refused: int) -> None:
    if saved:
        text = ngettext("%d cell was saved.", "%d cells were saved.", saved) % saved
        messages.success(request, text)
    if refused:
        text = ngettext(
            "%d cell was not saved; it says why.",
            "%d cells were not saved; each says why.",
            refused,
        )
        messages.error(request, text % refused)
    if not saved and not refused:
        messages.info(request, _("Nothing was changed."))


def _query(words: dict[str, str], *, ending: bool = False) -> str:
    query = urlencode({name: value for name, value in words.items() if value})
    return f"{query}&" if query and ending else query


def _categories() -> list[tuple[int, str]]:
    """Return the upper shelves to choose from; deeper ones are found by search."""
    pages = CategoryPage.objects.filter(depth__lte=5).order_by("path")[:300]
    return [
        (pk, "\u2003" * (depth - 3) + title)
        for pk, depth, title in pages.values_list("pk", "depth", "title")
    ]
