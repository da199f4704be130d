"""Tables as files for a spreadsheet program: CSV and XLSX, in which no text is ever run."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from shop.core.money import plain
from shop.core.spreadsheets import neutralise_formula

CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)

Row = Sequence[Any]


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> bytes:
        return text.encode()


def table_file(kind: str, name: str, head: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """Give a table as a file; `kind` is one of FORMATS."""
    if kind == XLSX:
        from shop.backoffice.reports.workbooks import workbook  # noqa: PLC0415  (5 MB, seldom used)

        return FileResponse(workbook(head, rows), as_attachment=True, filename=f"{name}.xlsx")
    return StreamingHttpResponse(
        _lines(head, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _lines(head: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for something else
    yield writer.writerow([_text(cell) for cell in head])
    for row in rows:
        yield writer.writerow([_text(cell) for cell in row])


def _text(cell: Any) -> str:
    """Return a cell as text; a number stays one, also below zero."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return neutralise_formula(str(cell))
