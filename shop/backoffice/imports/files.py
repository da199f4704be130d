"""Files to take along: the report of an import, and the catalogue itself."""

import csv
from collections.abc import Iterator

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin import messages

from shop.backoffice.imports.screen import may_import
from shop.catalog.exporting import csv_file, json_file
from shop.catalog.exporting.files import MARK, Line
from shop.catalog.models import ImportRun, Product
from shop.core.clock import now
from shop.core.spreadsheets import neutralise_formula

FORMATS = {
    "csv": (csv_file, "text/csv; charset=utf-8"),
    "json": (json_file, "application/json"),
}
REPORT_COLUMNS = (
    "result", "line", "sku", "name", "column", "before", "after", "code", "detail", "undo",
)  # fmt: skip


@may_import
def import_report(request: HttpRequest, run_id: int) -> StreamingHttpResponse:
    """Give all that is known of an import's rows as CSV."""
    run = get_object_or_404(ImportRun.objects.defer("differences"), pk=run_id)
    name = slugify(run.filename.rpartition(".")[0]) or "import"
    return _attachment(_report_lines(run), "text/csv; charset=utf-8", f"{name}-report-{run.pk}.csv")


def _report_lines(run: ImportRun) -> Iterator[str]:
    writer = csv.writer(Line())
    yield MARK + writer.writerow(REPORT_COLUMNS)
    for line in _report_rows(run):
        yield writer.writerow([neutralise_formula(str(cell)) for cell in line])


def _report_rows(run: ImportRun) -> Iterator[list[object]]:
    for each in run.errors:
        if not each.get("line"):
            yield ["", "", "", "", "", "", "", each["code"], each["detail"], ""]
    for row in run.rows.order_by("result", "line").iterator(chunk_size=2_000):
        head = [row.result, row.line, row.sku, row.name]
        undo = " ".join(filter(None, [row.outcome, row.reason]))
        for told in row.told or [{}]:
            values = [told.get(k, "") for k in ("column", "before", "after", "code", "detail")]
            yield [*head, *values, undo]


@permission_required("catalog.view_product", raise_exception=True)
def export_catalogue(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Give the whole catalogue, or what shoppers see of it, as a file that imports back."""
    write, kind = FORMATS.get(request.GET.get("format", ""), FORMATS["csv"])
    products = (
        Product.objects.live() if request.GET.get("only") == "live" else Product.objects.all()
    )
    if not products.exists():
        messages.warning(request, _("There are no products to export yet."))
        return redirect("catalogue_imports")
    ending = "json" if write is json_file else "csv"
    return _attachment(write(products), kind, f"catalogue-{now():%Y-%m-%d}.{ending}")


def _attachment(pieces: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        pieces,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
