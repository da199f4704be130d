"""Any catalogue that a program writes is read back; anything else is refused without a crash."""

import csv
import io
import unicodedata
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from shop.catalog.importing.paths import write_category_paths
from shop.catalog.importing.reader import check_file, read_catalogue
from shop.catalog.importing.rows import CatalogueRow, RowProblem
from shop.catalog.rules import sku_key
from shop.core.spreadsheets import FileRefused, guard_text

from .catalogue_files import HEADER, good

PLAIN = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp", "M"])
LINE = st.text(PLAIN | st.sampled_from(list(",;\t\"'=|/>\\")), min_size=1, max_size=20)
WORDS = LINE.map(lambda text: " ".join(text.split())).filter(
    lambda text: text and text.isprintable() and unicodedata.is_normalized("NFC", text)
)
MANY_LINES = st.lists(WORDS, max_size=3).map("\n".join)
PRICES = st.decimals(Decimal(1), Decimal("9999999.99"), places=2)


PRODUCTS = st.fixed_dictionaries(
    {
        "sku": WORDS.map(lambda text: text[:20].strip()),
        "name": WORDS,
        "price": PRICES,
        "categories": st.lists(
            st.lists(WORDS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3, unique=True
        ).map(tuple),
        "description": MANY_LINES,
        "stock": st.none() | st.integers(0, 1_000_000_000),
        "options": st.dictionaries(st.sampled_from(["Size", "Colour"]), WORDS),
    }
)


def written(products: list[dict[str, Any]], **dialect: Any) -> str:
    file = io.StringIO()
    writer = csv.writer(file, **dialect)
    writer.writerow([*HEADER.split(","), "description", "stock", "option:Size", "option:Colour"])
    for each in products:
        stock = "" if each["stock"] is None else each["stock"]
        options = [each["options"].get(name, "") for name in ("Size", "Colour")]
        paths = write_category_paths(each["categories"])
        cells = [each["sku"], each["name"], each["price"], paths, each["description"], stock]
        writer.writerow([guard_text(str(cell)) for cell in cells + options])
    return file.getvalue()


@settings(max_examples=200, deadline=None)
@given(
    products=st.lists(PRODUCTS, min_size=1, max_size=8, unique_by=lambda row: sku_key(row["sku"])),
    delimiter=st.sampled_from(",;\t"),
    lineterminator=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_any_rows_in_any_dialect_come_back_equal(
    products: list[dict[str, Any]], delimiter: str, lineterminator: str, quoting: int, mark: str
) -> None:
    # Where lines end with a carriage return, the writer leaves a bare line feed unquoted.
    quoting = csv.QUOTE_ALL if lineterminator == "\r" else quoting
    content = mark + written(
        products, delimiter=delimiter, lineterminator=lineterminator, quoting=quoting
    )
    rows = good(content)
    assert [{name: getattr(row, name) for name in products[0]} for row in rows] == products


FRAGMENTS = st.sampled_from(
    [
        HEADER.encode(),
        b"\n",
        b"\r",
        b",",
        b'"',
        b"A1",
        b"1.5",
        b"\x00",
        b"\xe9",
        b"\xc3\xa9",
        b";",
        b"sep=;",
        b'{"products": [',
        b'{"sku": "',
        b"]",
        b"}",
        b"[",
        b":",
        b"\\ud800",
        b"1e9",
    ]
)


@settings(max_examples=5000, deadline=None)
@given(st.binary(max_size=200) | st.lists(FRAGMENTS, max_size=40).map(b"".join))
@example(b"\x1c")
@example(HEADER.encode() + b'\nA1,"')
@example(HEADER.encode() + b'\nA1,"Tea" x,1,All\n"')
def test_random_bytes_are_refused_or_read_but_never_break_the_reader(content: bytes) -> None:
    try:
        checked = check_file(io.BytesIO(content), "x")
        rows = list(read_catalogue(io.BytesIO(content), "x", checked=checked))
    except FileRefused as error:
        assert error.code
        assert error.message
    else:
        assert all(isinstance(row, CatalogueRow | RowProblem) for row in rows)
        assert len({row.line for row in rows}) == checked.rows
