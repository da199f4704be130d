"""A JSON catalogue is read like a CSV one, exactly, and whatever is in it."""

import io
import json
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest

from shop.catalog.importing.reader import check_file, read_catalogue
from shop.catalog.importing.rows import CatalogueRow, RowProblem

from .catalogue_files import REAL_DATA, good, needs_real_data, read, refusal

PRODUCT = '{"sku": "A1", "name": "Bread", "price": "1", "categories": [["All"]]'


def product(**changed: Any) -> str:
    made = {"sku": "A1", "name": "Bread", "price": "1", "categories": [["All"]]} | changed
    return json.dumps({"products": [made]})


def found(content: str) -> list[tuple[str, str]]:
    return [(row.column, row.code) for row in read(content) if isinstance(row, RowProblem)]


def test_every_field_is_read() -> None:
    (row,) = good(
        product(
            description="Soft\r\nwhite",
            price=1234.5,
            sale_price="999",
            stock=7,
            currency="kes",
            brand="Ola",
            image_url="a.jpg",
            parent_sku="A0",
            options={"Size": "M", "Length": 42, "Colour": ""},
            categories=[["All Products", " TV/DVD > Combos "], ["Sale"]],
        )
    )
    assert row == CatalogueRow(
        line=1,
        sku="A1",
        sku_key="a1",
        name="Bread",
        price=Decimal("1234.50"),
        categories=(("All Products", "TV/DVD > Combos"), ("Sale",)),
        description="Soft\nwhite",
        currency="KES",
        sale_price=Decimal("999.00"),
        stock=7,
        brand="Ola",
        image_url="a.jpg",
        parent_sku="A0",
        options={"Size": "M", "Length": "42"},
        given=row.given,
    )
    assert {"options", "stock", "parent_sku"} <= row.given


def test_a_list_alone_a_byte_order_mark_and_other_members_are_fine() -> None:
    assert good(f"\ufeff[{PRODUCT}}}]")[0].sku == "A1"
    content = f'{{"made": {{"by": [1]}}, "products": [{PRODUCT}, "colour": 1}}], "n": null}}'
    assert good(content)[0].line == 1
    checked = check_file(io.BytesIO(content.encode()), "x.json")
    assert (checked.format, checked.rows) == ("json", 1)
    assert checked.warnings == (
        "These columns are not known and were not read: 'made', 'colour', 'n'.",
    )


def test_what_is_not_given_differs_from_what_is_empty() -> None:
    (row,) = good(product(stock=None, brand=""))
    assert row.given == {"stock", "brand"}
    assert (row.stock, row.brand) == (None, "")


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ('"price": 1e400', "price", "exponent"),
        ('"price": 12.345', "price", "too_many_decimals"),
        ('"price": NaN', "price", "not_a_number"),
        ('"price": -Infinity', "price", "not_a_number"),
        ('"price": -1', "price", "negative"),
        ('"price": true', "price", "wrong_type"),
        ('"price": [1]', "price", "wrong_type"),
        ('"price": null', "price", "required"),
        (f'"price": {"9" * 100_000}', "price", "not_a_number"),
        ('"name": ["Bread"]', "name", "wrong_type"),
        ('"name": 5', "name", "wrong_type"),
        ('"name": null', "name", "required"),
        ('"name": "\\ud800"', "name", "not_text"),
        ('"name": "a\\u0000"', "name", "nul_character"),
        ('"sku": {}', "sku", "wrong_type"),
        ('"sku": "\\ud800"', "sku", "not_text"),
        ('"stock": false', "stock", "wrong_type"),
        ('"stock": 3.0', "stock", "not_a_whole_number"),
        (f'"stock": {"9" * 9_000}', "stock", "not_a_whole_number"),
        ('"categories": "All/Bakery"', "categories", "wrong_type"),
        ('"categories": ["All"]', "categories", "wrong_type"),
        ('"categories": [[1]]', "categories", "wrong_type"),
        ('"categories": [[]]', "categories", "empty_category_name"),
        ('"categories": [["All", ""]]', "categories", "empty_category_name"),
        ('"options": ["M"]', "options", "wrong_type"),
        ('"options": {"Size": "M", "Size": "L"}', "options", "wrong_type"),
        ('"options": {"Size": "M", "size ": "L"}', "options", "bad_option"),
        ('"options": {"": "M"}', "options", "bad_option"),
        ('"options": {"Size": true}', "options", "wrong_type"),
    ],
)
def test_fields_that_cannot_be_taken(changed: str, column: str, code: str) -> None:
    name = changed.split('"')[1]
    fields = {
        "sku": '"sku": "A1"',
        "name": '"name": "Bread"',
        "price": '"price": "1"',
        "categories": '"categories": [["All"]]',
    } | {name: changed}
    content = f"[{{{', '.join(fields.values())}}}, {PRODUCT.replace('A1', 'A2')}}}]"
    assert found(content) == [(column, code)]
    assert read(content)[-1].sku == "A2"


def test_missing_and_repeated_fields_are_named() -> None:
    assert found("[{}]") == [
        ("sku", "required"),
        ("name", "required"),
        ("price", "required"),
        ("categories", "required"),
    ]
    assert found(f'[{PRODUCT}, "price": "2"}}]') == [("price", "repeated_field")]


def test_items_that_are_no_products_and_skus_given_twice() -> None:
    content = f'[1, null, [], "x", {PRODUCT}}}, {PRODUCT.replace("A1", "a1")}}}]'
    rows = read(content)
    assert [(row.line, getattr(row, "code", "")) for row in rows] == [
        (1, "not_a_product"),
        (2, "not_a_product"),
        (3, "not_a_product"),
        (4, "not_a_product"),
        (5, ""),
        (6, "duplicate_sku"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{}", "json_shape"),
        ('{"items": []}', "json_shape"),
        ('{"products": {}}', "json_shape"),
        ('{"products": [1], "products": [2]}', "json_shape"),
        ('{"products": []}', "no_rows"),
        ("[]", "no_rows"),
        (f"[{PRODUCT}}}", "json_invalid"),
        (f"[{PRODUCT}}},]", "json_invalid"),
        (f"[{PRODUCT}}}] x", "json_invalid"),
        (f"[{PRODUCT}}} {PRODUCT}}}]", "json_invalid"),
        ("{'products': []}", "json_invalid"),
        ('{"products": [{"sku": ', "json_invalid"),
        ('{"products" [', "json_invalid"),
        ("[" * 100_000, "json_too_deep"),
        ('{"a":' * 100_000, "json_too_deep"),
        ('["' + "x" * 3_000_000 + '"]', "json_value_too_long"),
        ('["' + "x" * 3_000_000, "json_value_too_long"),
    ],
)
def test_texts_that_are_no_catalogue_are_refused_whole(content: str, code: str) -> None:
    assert refusal(content, "goods.json").code == code


def test_a_file_named_json_must_be_json() -> None:
    assert refusal("sku,name,price,category_path\nA1,a,1,All\n", "x.JSON").code == "json_invalid"


def test_the_line_of_the_fault_is_named() -> None:
    rows = ",\n".join(PRODUCT.replace("A1", f"A{n}") + "}" for n in range(5_000))
    assert "on line 5,002:" in refusal(f'{{"products": [\n{rows}\n{{oops}}]}}').message


def test_encoding_is_checked_to_the_end() -> None:
    content = f"[{PRODUCT}}}]".encode() + b"\n" * 100_000 + b"\xe9"
    error = refusal(content)
    assert error.code == "not_utf8"
    assert "line 100,001" in error.message


def test_memory_does_not_grow_with_the_file(tmp_path) -> None:
    path = tmp_path / "long.json"
    with path.open("w") as file:
        file.write('{"products": [')
        for number in range(5_000):
            made = PRODUCT.replace("A1", str(number)) + f', "description": "{"x" * 3000}"}}'
            file.write(("," if number else "") + made)
        file.write("]}")
    tracemalloc.start()
    try:
        assert sum(isinstance(row, CatalogueRow) for row in read_catalogue(path)) == 5_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000


@needs_real_data
def test_all_of_the_real_catalogue_goes_in() -> None:
    rows = good((REAL_DATA / "catalogue-real-500.json").read_bytes())
    assert len(rows) == 500
    assert sum(len(row.categories) > 1 for row in rows) == 464
