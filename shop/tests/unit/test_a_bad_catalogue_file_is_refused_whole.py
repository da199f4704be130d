"""A bad file is refused before its first row, and the message says what to do."""

import io
import tracemalloc
import zipfile

import pytest

from shop.core.spreadsheets.records import MAX_LINE

from .catalogue_files import HEADER, problems, read, refusal

ROW = "A1,Bread,1,All\n"


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x" * 100)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n\t\n", "empty_file"),
        (HEADER.encode(), "no_rows"),
        (f"{HEADER}\n,,,\n\n".encode(), "no_rows"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet_file"),
        (archive("goods.csv"), "archive_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "not_a_catalogue"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_catalogue"),
        (b"{\\rtf1\\ansi sku,name}", "not_a_catalogue"),
        (b"\x1f\x8b\x08\x00", "not_a_catalogue"),
        (b"\n <!DOCTYPE html><html><table><tr><td>sku</td></tr></table></html>", "html_file"),
        (b"<?xml version='1.0'?><Workbook/>", "html_file"),
        (f"{HEADER}\n{ROW}".encode("utf-16"), "utf16_file"),
        (f"{HEADER}\n{ROW}".encode("utf-16-le"), "utf16_file"),
        (f"{HEADER}\n{ROW}".encode("utf-32"), "utf16_file"),
        (b"sku,na\x00me,price,category_path\nA1,Bread,1,All\n", "binary_file"),
        (b"A1,Bread,1,All\nA2,Tea,2,All\n", "missing_columns"),
        (b"sep=;\n", "missing_columns"),
        (b"sku,name,Name ,price,category_path\nA1,a,b,1,All\n", "repeated_columns"),
        (f"{HEADER},option:Size,option:size\n".encode() + b"A1,a,1,All,M,L\n", "repeated_columns"),
        (f"{HEADER},option: \nA1,a,1,All,M\n".encode(), "bad_option_column"),
        (f'{HEADER}\n{ROW}A2,"Tea,2,All\nA3,Rice,3,All\n'.encode(), "quote_not_closed"),
        (f'{HEADER}\nA2,"Tea,2,All\n'.encode() + ROW.encode() * 20_000, "quote_not_closed"),
        (b'sku,name,price,"category_path\nA1,Bread,1,All\n', "header_broken"),
        (b"x" * 200_000, "header_broken"),
    ],
)
def test_files_that_are_no_catalogue(content: bytes, code: str) -> None:
    error = refusal(content)
    assert error.code == code
    assert error.message.endswith((".", '"""'))
    assert len(error.message) < 400


def test_missing_columns_are_named_with_what_was_found() -> None:
    error = refusal("sku;title;price\nA1;Bread;1\n", "march.csv")
    assert error.message == (
        "march.csv has no column name and no column category_path. Its first line must name the"
        " columns, at least sku,name,price,category_path; found: 'sku', 'title', 'price'."
    )


@pytest.mark.parametrize("rows_before", [0, 1, 50_000])
def test_the_byte_that_is_not_utf8_is_named_wherever_it_stands(rows_before: int) -> None:
    start = f"\ufeff{HEADER}\r\n".encode() + "É1,Bröt,1,All\r\n".encode() * rows_before
    content = start + "A9,Café,1,All\r\n".encode("cp1252") + ROW.encode() * 9
    error = refusal(content)
    assert error.code == "not_utf8"
    place = len(start) + len("A9,Caf") + 1
    assert f"byte 0xE9 at position {place:,}, line {rows_before + 2:,}." in error.message
    assert "CSV UTF-8" in error.message


def test_a_letter_cut_off_at_the_end_of_the_file() -> None:
    assert refusal(f"{HEADER}\nA1,Bread,1,Caf".encode() + b"\xc3").code == "not_utf8"


def test_the_row_that_opens_the_quote_is_named() -> None:
    error = refusal(f'{HEADER}\n{ROW}A2,"Tea,2,All\nA3,Rice,3,All\n')
    assert "The row on line 3 " in error.message


def test_a_line_of_three_megabytes_is_one_bad_row() -> None:
    long = "x" * 3_000_000
    content = f"{HEADER}\nA1,{long},1,All\nA2,Tea,2,All\n"
    assert problems(content) == {2: [("", "cell_too_long")]}
    assert read(content)[-1].sku == "A2"
    quoted = f'{HEADER}\nA1,"{long}, ""x""",1,All\nA2,Tea,2,All\n'
    assert problems(quoted) == {2: [("", "cell_too_long")]}
    prose = "some, more " * 300_000
    for text in ("word " * 700_000, f'"{prose}"', f' "a ""b"" {prose}"'):
        words = f"{HEADER}\nA1,{text},1,All\nA2,Tea,2,All\n"
        assert problems(words) == {2: [("", "cell_too_long")]}
    quotes = HEADER + "\nA1," + '"' * 3_000_000 + ",1,All\nA2,Tea,2,All\n"
    assert problems(quotes) == {2: [("", "cell_too_long")]}
    many = f"{HEADER}\nA1,Tea,1,All{',x' * 1_500_000}\nA2,Tea,2,All\n"
    assert problems(many) == {2: [("", "too_many_cells")]}


def test_a_long_line_that_leaves_its_quote_open_is_not_read_on() -> None:
    for text in ("x" * 200_000, "some, words " * 20_000, 'said ""so"" ' * 20_000):
        content = f'{HEADER}\nA1,"{text}\nA2,Tea,2,All\n'
        assert refusal(content).code == "quote_not_closed"


def test_a_line_without_end_is_refused_in_little_memory() -> None:
    content = io.BytesIO(f"{HEADER}\n".encode() + b"x" * (MAX_LINE * 5))
    tracemalloc.start()
    try:
        assert refusal(content.getbuffer()).code == "line_too_long"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MAX_LINE * 9


def test_a_nul_byte_is_the_fault_of_its_row_only() -> None:
    content = f"{HEADER},note\nA1,Br\x00ead,1,All,\nA2,Tea,2,All,\x00\nA3,Rice,3,All,\n"
    assert problems(content) == {2: [("name", "nul_character")], 3: [("note", "nul_character")]}
    assert read(content)[-1].sku == "A3"
