"""Spreadsheets as people send them come in."""

import gzip
import io
import tracemalloc
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shop.catalog.importing.reader import check_file, read_catalogue
from shop.catalog.importing.rows import CatalogueRow

from .catalogue_files import HEADER, REAL_DATA, good, line, needs_real_data, problems, read


def test_the_four_columns_are_enough() -> None:
    assert good(f"{HEADER}\nA1,Bread,120,All Products/Bakery\n") == [
        CatalogueRow(
            line=2,
            sku="A1",
            sku_key="a1",
            name="Bread",
            price=Decimal("120.00"),
            categories=(("All Products", "Bakery"),),
        )
    ]


def test_every_column_is_read() -> None:
    content = (
        "sku,name,price,category_path,description,currency,sale_price,stock,brand,image_url,"
        "parent_sku,option:Size,option:Colour\n"
        "A1-M,Shirt,900.5,All/Shirts|All/New,Soft,kes,800,12,Kitenge,img/shirt.jpg,A1,M,\n"
    )
    (row,) = good(content)
    assert row == CatalogueRow(
        line=2,
        sku="A1-M",
        sku_key="a1-m",
        name="Shirt",
        price=Decimal("900.50"),
        categories=(("All", "Shirts"), ("All", "New")),
        description="Soft",
        currency="KES",
        sale_price=Decimal("800.00"),
        stock=12,
        brand="Kitenge",
        image_url="img/shirt.jpg",
        parent_sku="A1",
        options={"Size": "M"},
        given=frozenset(
            {
                *("description", "currency", "sale_price", "stock", "brand", "image_url"),
                *("parent_sku", "options"),
            }
        ),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_any_separator_line_end_and_byte_order_mark(end: str, delimiter: str, mark: bytes) -> None:
    lines = ["sku|name|price|category_path", "A1|Café|1.5|All", "A2|Tea|2|All"]
    content = mark + (end.join(lines) + end).replace("|", delimiter).encode()
    assert [(row.line, row.sku, row.name) for row in good(content)] == [
        (2, "A1", "Café"),
        (3, "A2", "Tea"),
    ]


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "SEP=;;;;"])
def test_the_separator_that_excel_names_in_the_first_line(said: str) -> None:
    (row,) = good(f"{said}\r\nsku;name;price;category_path\r\nA1;Bread, white;3;All\r\n")
    assert (row.line, row.name) == (3, "Bread, white")


def test_quoted_line_breaks_count_as_lines_and_end_with_a_line_feed() -> None:
    content = (
        f'{HEADER},description\r\nA1,"Big ""5""\r\nbread",1,All,"one\r\ntwo\rthree"\r\n'
        "\r\nA2,Tea,x,All,\r\nA3,Rice,1,All,\r\n"
    )
    first, _, last = read(content)
    assert (first.name, first.description) == ('Big "5" bread', "one\ntwo\nthree")
    assert problems(content) == {7: [("price", "currency_sign")]}
    assert last.line == 8


def test_blank_rows_and_empty_columns_at_the_end_say_nothing() -> None:
    content = f"\n{HEADER},,\nA1,Bread,1,All,,\n;;\n".replace(",", ";") + ";;;;;\n   \n\n;;;;;;;\n"
    assert [row.line for row in good(content)] == [3]


def test_optional_cells_may_be_missing_at_the_end() -> None:
    (row,) = good(f"{HEADER},stock,brand\nA1,Bread,1,All\n")
    assert (row.stock, row.brand, row.given) == (None, "", {"stock", "brand"})


def test_column_names_are_forgiving() -> None:
    content = '\ufeff SKU , Name, "Price",Category Path,Sale-Price,OPTION: Size\nA1,Tea,2,All,1,M\n'
    (row,) = good(content)
    assert (row.sale_price, row.options) == (Decimal("1.00"), {"Size": "M"})


def test_unknown_columns_are_named_once() -> None:
    content = f"{HEADER},Colour,,length\nA1,Tea,2,All,red,x,1\n".encode()
    checked = check_file(io.BytesIO(content), "goods.csv")
    assert checked.warnings == (
        "These columns are not known and were not read: 'Colour', 'column 6 (no name)', 'length'.",
    )
    assert (checked.format, checked.rows, checked.delimiter) == ("csv", 1, ",")


def test_a_quote_inside_a_cell_is_only_a_quote() -> None:
    (row,) = good(f'{HEADER}\nA1,5" pipe, 2 , "All/Pipes, long"\n')
    assert (row.name, row.categories) == ('5" pipe', (("All", "Pipes, long"),))


def test_formulas_stay_text() -> None:
    (row,) = good(line(name="=1+1", description="@SUM(A1)", brand="-2+3"))
    assert (row.name, row.description, row.brand) == ("=1+1", "@SUM(A1)", "-2+3")


def test_letters_of_two_keyboards_are_the_same() -> None:
    (row,) = good(line(name="Cafe\u0301", category_path="Cafe\u0301"))
    assert (row.name, row.categories) == ("Café", (("Café",),))


def test_an_upload_is_read_like_a_file_and_stays_open() -> None:
    upload = SimpleUploadedFile("goods.csv", f"{HEADER}\nA1,Bread,1,All\n".encode())
    assert [row.sku for row in read_catalogue(upload, upload.name)] == ["A1"]
    assert [row.sku for row in read_catalogue(upload, upload.name)] == ["A1"]
    assert not upload.closed


def test_memory_does_not_grow_with_the_file(tmp_path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write(f"{HEADER},description\n")
        file.writelines(f"{n},Bread,1,All,{'x' * 3000}\n" for n in range(6_000))
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_catalogue(path)) == 6_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert path.stat().st_size > 18_000_000
    assert peak < 3_000_000


@needs_real_data
def test_all_of_the_real_catalogue_goes_in() -> None:
    rows = good((REAL_DATA / "catalogue-real-10k.csv").read_bytes())
    assert len(rows) == 10_000
    assert len({row.sku_key for row in rows}) == 10_000
    assert max(len(row.name) for row in rows) == 259
    assert (min(row.price for row in rows), max(row.price for row in rows)) == (
        Decimal("0.45"),
        Decimal("43519.95"),
    )
    assert sum(row.stock == 0 for row in rows) == 725
    nodes = {path[:end] for row in rows for path in row.categories for end in range(1, 9)}
    assert len(nodes) == 167


@needs_real_data
def test_the_real_catalogue_of_four_columns_says_the_same() -> None:
    four = good(gzip.decompress((REAL_DATA / "catalogue-real-10k-4col.csv.gz").read_bytes()))
    full = good((REAL_DATA / "catalogue-real-10k.csv").read_bytes())
    assert [(r.sku, r.name, r.price, r.categories) for r in four] == [
        (r.sku, r.name, r.price, r.categories) for r in full
    ]
