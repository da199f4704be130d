"""Catalogue files written by the tests."""

import io
import os
from collections import defaultdict
from pathlib import Path

import pytest

from shop.catalog.importing.reader import read_catalogue
from shop.catalog.importing.rows import CatalogueRow, RowProblem
from shop.core.spreadsheets import FileRefused

HEADER = "sku,name,price,category_path"
REAL_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"

needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason="the real catalogues (../shared/data) are absent"
)


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def read(content: str | bytes, filename: str = "goods.csv") -> list[CatalogueRow | RowProblem]:
    return list(read_catalogue(io.BytesIO(as_bytes(content)), filename))


def good(content: str | bytes, filename: str = "goods.csv") -> list[CatalogueRow]:
    """Read a file that must have no problem."""
    rows = read(content, filename)
    assert [row for row in rows if isinstance(row, RowProblem)] == []
    return [row for row in rows if isinstance(row, CatalogueRow)]


def problems(content: str | bytes, filename: str = "goods.csv") -> dict[int, list[tuple[str, str]]]:
    """Give (column, code) of every problem by line."""
    found = defaultdict(list)
    for row in read(content, filename):
        if isinstance(row, RowProblem):
            found[row.line].append((row.column, row.code))
    return dict(found)


def refusal(content: str | bytes, filename: str = "goods.csv") -> FileRefused:
    """Give the error of a file that must be refused before its first row is given."""
    with pytest.raises(FileRefused) as caught:
        read_catalogue(io.BytesIO(as_bytes(content)), filename)
    return caught.value


def line(**changed: str) -> str:
    """Write a CSV of one row in which only the named columns are not ordinary."""
    cells = {"sku": "A1", "name": "Bread", "price": "120.00", "category_path": "All/Bakery"}
    cells |= {name.replace("option_", "option:"): text for name, text in changed.items()}
    quoted = ['"' + text.replace('"', '""') + '"' for text in cells.values()]
    return ",".join(cells) + os.linesep + ",".join(quoted) + os.linesep
