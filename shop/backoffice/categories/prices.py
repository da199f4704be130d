"""Average, lowest and highest price of categories, with a chart and as CSV."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shop.backoffice.categories.screen import category, header, may_see
from shop.backoffice.reports.chart import chart
from shop.catalog.exporting.files import MARK, Line
from shop.catalog.importing.paths import write_category_paths
from shop.catalog.models import CategoryPage
from shop.catalog.queries.figures import CategoryPrices, category_figures
from shop.catalog.rules import ancestor_paths
from shop.core.clock import now
from shop.core.money import currency, plain
from shop.core.spreadsheets import neutralise_formula

COLUMNS = ("category", "products", "average", "lowest", "highest", "currency")


@may_see
def category_prices(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show a category with those right below it: few statements, whatever the catalogue."""
    top = category(pk) if pk is not None else _root()
    pages = [] if top is None else [top, *_below(top)]
    figures = category_figures([page.pk for page in pages])
    rows = [{"page": page, "prices": figures[page.pk]} for page in pages]
    drawn = [
        (page.title, average)
        for page in pages[1:]
        if (average := figures[page.pk].average) is not None
    ]
    above = list(_above(top)) if top else []
    return render(
        request,
        "backoffice/categories/prices.html",
        {
            "top": top,
            "above": above,
            "rows": rows,
            "chart": chart(_("Average price in %s") % currency(), drawn),
            **header(top.title if top else _("Categories"), *([top.title] if pk and top else [])),
        },
    )


def _root() -> CategoryPage | None:
    return CategoryPage.objects.order_by("path").first()


def _below(top: CategoryPage) -> Any:
    return CategoryPage.objects.within(top).filter(depth=top.depth + 1).order_by("path")


def _above(top: CategoryPage) -> Any:
    paths = ancestor_paths(top.path, from_depth=3)[:-1]
    return CategoryPage.objects.filter(path__in=paths).order_by("path")


@may_see
def category_prices_file(request: HttpRequest) -> StreamingHttpResponse:
    """Give the prices of all categories as CSV."""
    name = f"category-prices-{now():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        _lines(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


def _lines() -> Iterator[str]:
    writer = csv.writer(Line())
    yield MARK + writer.writerow(COLUMNS)
    rows = list(CategoryPage.objects.order_by("path").values_list("pk", "path", "title"))
    titles = {path: title for _pk, path, title in rows}
    figures = category_figures([pk for pk, _path, _title in rows])
    for pk, path, _title in rows:
        names = [titles[each] for each in ancestor_paths(path, from_depth=3) if each in titles]
        cells = [write_category_paths([names]), *_cells(figures[pk]), currency()]
        yield writer.writerow([neutralise_formula(cell) for cell in cells])


def _cells(prices: CategoryPrices) -> list[str]:
    amounts = (prices.average, prices.lowest, prices.highest)
    return [str(prices.count), *("" if each is None else plain(each) for each in amounts)]
