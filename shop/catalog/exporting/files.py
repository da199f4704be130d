"""Write the rows as CSV for spreadsheets or as JSON for programs, a piece at a time."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from shop.catalog.importing.paths import write_category_paths
from shop.catalog.importing.rows import OPTION_PREFIX
from shop.catalog.models import Variant
from shop.core.spreadsheets import guard_text

from .rows import ExportRow, export_rows

COLUMNS = (
    "sku",
    "name",
    "price",
    "category_path",
    "description",
    "currency",
    "sale_price",
    "stock",
    "brand",
    "weight",
    "parent_sku",
)
# By it Excel knows that a file is UTF-8.
MARK = "\ufeff"


class Line:
    """A file that gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_file(products: Any) -> Iterator[str]:
    """Give the lines of a CSV file.

    Text that a spreadsheet program would run is quoted; the import takes that quote away again.
    """
    options = _option_names(products)
    writer = csv.writer(Line())
    yield MARK + writer.writerow(
        [*COLUMNS, *(f"{OPTION_PREFIX}{name}" for name in options.values())]
    )
    for row in export_rows(products):
        yield writer.writerow([guard_text(cell) for cell in _cells(row, options)])


def _option_names(products: Any) -> dict[str, str]:
    """Return the option columns: names that differ in capitals only share one."""
    names: dict[str, str] = {}
    variants = Variant.objects.filter(product__in=products.order_by().values("pk"))
    for options in variants.exclude(options={}).values_list("options", flat=True).iterator():
        for name in options:
            names.setdefault(name.casefold(), name)
    return dict(sorted(names.items()))


def _cells(row: ExportRow, options: dict[str, str]) -> Iterator[str]:
    chosen = {name.casefold(): value for name, value in row.options.items()}
    for column in COLUMNS:
        if column == "category_path":
            yield write_category_paths(row.categories)
        else:
            value = getattr(row, column)
            yield "" if value is None else str(value)
    for key in options:
        yield chosen.get(key, "")


def json_file(products: Any) -> Iterator[str]:
    """Give the pieces of a JSON file."""
    before = '{"products": [\n'
    for row in export_rows(products):
        yield before + json.dumps(_members(row), ensure_ascii=False)
        before = ",\n"
    yield "]}\n" if before == ",\n" else '{"products": []}\n'


def _members(row: ExportRow) -> dict[str, Any]:
    said = {
        "sku": row.sku,
        "name": row.name,
        "price": str(row.price),
        "categories": row.categories,
        "description": row.description,
        "currency": row.currency,
        "sale_price": None if row.sale_price is None else str(row.sale_price),
        "stock": row.stock,
        "brand": row.brand,
        "weight": None if row.weight is None else str(row.weight),
        "parent_sku": row.parent_sku,
        "options": row.options,
    }
    return {
        name: value
        for name, value in said.items()
        if value not in (None, "", {}) or name == "categories"
    }
