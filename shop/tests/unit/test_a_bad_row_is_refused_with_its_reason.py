"""A bad row stays out with its line, column and reason; the others go in."""

from decimal import Decimal

import pytest

from shop.catalog.importing.rows import RowProblem

from .catalogue_files import HEADER, good, line, problems, read


@pytest.mark.parametrize(
    ("price", "code"),
    [
        ("", "required"),
        (" ", "required"),
        ("1,234.50", "thousands_separator"),
        ("1,234,567", "thousands_separator"),
        ("1,23,456.00", "thousands_separator"),
        ("1.234,50", "thousands_separator"),
        ("1.234.567", "thousands_separator"),
        ("1 234", "thousands_separator"),
        ("1\u00a0234,00", "thousands_separator"),
        ("1\u202f234", "thousands_separator"),
        ("1'234", "thousands_separator"),
        ("1,234", "thousands_separator"),
        ("12,50", "decimal_comma"),
        ("12,5", "decimal_comma"),
        ("12.345", "too_many_decimals"),
        ("1.500", "too_many_decimals"),
        ("0.0001", "too_many_decimals"),
        ("-5", "negative"),
        ("\u22125", "negative"),
        ("(5.00)", "negative"),
        ("5-", "negative"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("-inf", "not_a_number"),
        ("1e3", "exponent"),
        ("1E400", "exponent"),
        ("KES 100", "currency_sign"),
        ("100/=", "not_a_number"),
        ("$5", "currency_sign"),
        ("5 €", "currency_sign"),
        ("free", "currency_sign"),
        ("\uff11\uff12", "other_digits"),
        ("٣", "other_digits"),
        ("10000000", "over_limit"),
        ("9999999.9900001", "too_many_decimals"),
        ("9" * 5_000, "not_a_number"),
        ("+5", "not_a_number"),
        (".5", "not_a_number"),
        ("5.", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("0x10", "currency_sign"),
        ("1_000", "not_a_number"),
    ],
)
def test_prices_that_are_not_guessed_at(price: str, code: str) -> None:
    assert problems(line(price=price)) == {2: [("price", code)]}


@pytest.mark.parametrize(
    ("price", "value"),
    [
        ("12", "12.00"),
        ("12.5", "12.50"),
        (" 12.50 ", "12.50"),
        ("12.3000", "12.30"),
        ("0", "0.00"),
        ("007.10", "7.10"),
        ("9999999.99", "9999999.99"),
    ],
)
def test_prices_have_two_places(price: str, value: str) -> None:
    (row,) = good(line(price=price))
    assert (row.price, str(row.price)) == (Decimal(value), value)


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({"sku": ""}, "sku", "required"),
        ({"sku": "x" * 65}, "sku", "too_long"),
        ({"sku": "\ufdfa" * 8}, "sku", "too_long"),
        ({"sku": "A\u200b1"}, "sku", "control_character"),
        ({"sku": "A\n1"}, "sku", "control_character"),
        ({"name": " "}, "name", "required"),
        ({"name": "x" * 301}, "name", "too_long"),
        ({"name": "x" + " " * 130_000 + "\x01y"}, "name", "too_long"),
        ({"name": "a\x07b"}, "name", "control_character"),
        ({"category_path": "All//Bakery"}, "category_path", "empty_category_name"),
        ({"description": "x" * 50_001}, "description", "too_long"),
        ({"description": "a\x0bb"}, "description", "control_character"),
        ({"sale_price": "12,50"}, "sale_price", "decimal_comma"),
        ({"sale_price": "120"}, "sale_price", "sale_price_not_lower"),
        ({"stock": "3.0"}, "stock", "not_a_whole_number"),
        ({"stock": "-1"}, "stock", "not_a_whole_number"),
        ({"stock": "many"}, "stock", "not_a_whole_number"),
        ({"stock": "\u0663"}, "stock", "not_a_whole_number"),
        ({"stock": "1000000001"}, "stock", "over_limit"),
        ({"currency": "KSh."}, "currency", "not_a_currency"),
        ({"currency": "K€S"}, "currency", "not_a_currency"),
        ({"brand": "x" * 121}, "brand", "too_long"),
        ({"image_url": "javascript:alert(1)"}, "image_url", "not_a_picture_address"),
        ({"image_url": "file:///etc/passwd"}, "image_url", "not_a_picture_address"),
        ({"image_url": "/etc/passwd"}, "image_url", "not_a_picture_address"),
        ({"image_url": "a/../../b.jpg"}, "image_url", "not_a_picture_address"),
        ({"image_url": "C:\\pictures\\a.jpg"}, "image_url", "not_a_picture_address"),
        ({"image_url": "http://"}, "image_url", "not_a_picture_address"),
        ({"image_url": "x" * 1_001}, "image_url", "too_long"),
        ({"parent_sku": " a1"}, "parent_sku", "parent_is_itself"),
        ({"option_Size": "x" * 61}, "option:Size", "too_long"),
        ({f"option_O{n}": "x" for n in range(6)}, "options", "too_many_options"),
    ],
)
def test_values_that_cannot_be_taken(changed: dict[str, str], column: str, code: str) -> None:
    assert problems(line(**changed)) == {2: [(column, code)]}


@pytest.mark.parametrize(
    "changed",
    [
        {"sku": "x" * 64},
        {"name": "x" * 300},
        {"name": "Bread\u00a0🍞"},
        {"description": "x" * 50_000},
        {"stock": "1000000000"},
        {"stock": ""},
        {"sale_price": " "},
        {"sale_price": "119.99"},
        {"image_url": "HTTPS://example.com/a b.jpg?x=1"},
        {"image_url": "images/produce-1.jpg"},
        {"parent_sku": "A0", "category_path": ""},
    ],
)
def test_values_at_the_limit_go_in(changed: dict[str, str]) -> None:
    assert len(good(line(**changed))) == 1


def test_a_row_tells_all_that_is_wrong_with_it() -> None:
    content = f"{HEADER},stock\nA1,,1.234,All//x,no\nA2,Tea,1,All,3\n"
    assert problems(content) == {
        2: [
            ("name", "required"),
            ("price", "too_many_decimals"),
            ("category_path", "empty_category_name"),
            ("stock", "not_a_whole_number"),
        ]
    }
    assert read(content)[-1].sku == "A2"


@pytest.mark.parametrize("again", ["ab-1", "AB-1", " Ab-1 ", "\uff21\uff22-1"])
def test_a_sku_stands_in_a_file_once_whatever_its_capitals(again: str) -> None:
    _, second = read(f"{HEADER}\nAb-1,Tea,1,All\n{again},Rice,1,All\n")
    assert second == RowProblem(
        line=3,
        sku=again.strip(),
        column="sku",
        code="duplicate_sku",
        detail="The SKU stands on line 2 already (capitals make no difference)."
        " Keep one of the two rows.",
    )


def test_rows_with_too_few_or_too_many_cells() -> None:
    content = f"{HEADER},stock\nA1,Tea,1\nA2,Tea, green,1,All,5\nA3,Tea,1,All,5,,\nA4,Tea,1,All\n"
    assert problems(content) == {2: [("", "too_few_cells")], 3: [("", "too_many_cells")]}
    assert [row.sku for row in read(content)] == ["A1", "A2", "A3", "A4"]


def test_a_stray_quote_that_swallows_rows_is_hinted_at() -> None:
    content = f'{HEADER}\nA1,"Tea,1,All\nA2,Rice,2,All\nA3,"Oil,3,All\nA4,Salt,4,All\n'
    problem, last = read(content)
    assert (problem.line, problem.code) == (2, "misplaced_quote")
    assert problem.detail.startswith("On line 4 text follows directly after a closing double quote")
    assert problem.detail.endswith("Lines 2 to 4 were not read.")
    assert last.sku == "A4"
    content = f'{HEADER}\nA1,"Tea,1,All\nA2,Rice,2,All\nA3,Oil",3,All,x\nA4,Salt,4,All\n'
    problem, last = read(content)
    assert (problem.line, problem.code, last.sku) == (2, "too_many_cells", "A4")
    assert "closes only later" in problem.detail


def test_quotes_inside_a_value_that_were_not_doubled() -> None:
    content = f'{HEADER}\nA1,"5" pipe",1,All\nA2,Tea,1,All\n'
    assert problems(content) == {2: [("", "misplaced_quote")]}
    assert read(content)[-1].sku == "A2"


def test_messages_repeat_nothing_long_or_unprintable() -> None:
    (problem,) = read(line(sku="\x1b[31m" + "x" * 5_000))
    assert len(problem.sku) == 64
    assert problem.sku.isprintable()
    (problem,) = read(line(price="\x1b[31m" + "x" * 5_000))
    assert problem.detail.isprintable()
    assert len(problem.detail) < 300
