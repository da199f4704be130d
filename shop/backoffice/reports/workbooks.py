"""A table as an XLSX file."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell


def workbook(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> BytesIO:
    """Return a workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([_cell(sheet, cell) for cell in head])
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, value: Any) -> Any:
    """Return a cell of the value's own kind; text is never taken for a formula."""
    if value is None or isinstance(value, (int, Decimal, date)):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, "".join(sign for sign in str(value) if sign.isprintable()))
    cell.data_type = "s"
    return cell
