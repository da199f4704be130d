"""Statements of M-Pesa and banks are read as they are exported; a bad row or file says why."""

import csv
import io
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shop.core.spreadsheets import FileRefused
from shop.payments.statements.reader import read_statement
from shop.payments.statements.rows import MAX_ROWS

TITLES = [
    "Receipt No.", "Completion Time", "Initiation Time", "Details", "Transaction Status", "Paid In",
    "Withdrawn", "Balance", "Balance Confirmed", "Reason Type", "Other Party Info",
    "Linked Transaction ID", "A/C No.",
]  # fmt: skip
PREAMBLE = (
    "Organization Name:,DUKA LTD\n"
    "Short Code:,174379\n"
    'Time Period:,"From 01-11-2026, to 21-11-2026"\n'
    'Operator:,a "quoted" name\n'
    "\n"
)


def mpesa(*rows, preamble=PREAMBLE, **dialect):
    """Write a statement as M-Pesa's portal does; a row is a mapping of what is not ordinary."""
    file = io.StringIO()
    writer = csv.writer(file, **dialect)
    writer.writerow(TITLES)
    ordinary = {
        "Receipt No.": "SGH7X2K9QP",
        "Completion Time": "21-11-2026 13:45:00",
        "Details": "Pay Bill from 2547****678",
        "Transaction Status": "Completed",
        "Paid In": "417.00",
        "Balance": "49,197.00",
        "Other Party Info": "2547****678 - WANJIKU KAMAU",
        "A/C No.": "482190375",
    }
    for row in rows:
        writer.writerow([{**ordinary, **row}.get(title, "") for title in TITLES])
    return preamble + file.getvalue()


def read(content, name="statement.csv"):
    data = content.encode() if isinstance(content, str) else content
    return read_statement(io.BytesIO(data), name)


def test_money_that_came_in_is_read():
    statement = read(mpesa({"Paid In": "1,417.50"}))
    assert (statement.kind, statement.account, statement.problems) == ("mpesa", "174379", [])
    (row,) = statement.rows
    assert (row.receipt, row.amount) == ("SGH7X2K9QP", Decimal("1417.50"))
    assert (row.paid_at, row.reference) == (datetime(2026, 11, 21, 13, 45), "482190375")
    assert (row.payer, row.line) == ("2547****678 - WANJIKU KAMAU", 7)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.removeprefix(PREAMBLE),
        lambda text: "\n\n" + text,
        lambda text: text.upper().replace("COMPLETED", "completed"),
        lambda text: text.replace("\r\n", " \r\n").replace("Receipt No.", " Receipt  No "),
    ],
)
def test_the_same_statement_however_it_is_saved(change):
    statement = read(change(mpesa({})))
    assert [(row.receipt, row.amount) for row in statement.rows] == [("SGH7X2K9QP", Decimal(417))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_separator_is_found(delimiter):
    statement = read(mpesa({"Paid In": "1,000"}, delimiter=delimiter, preamble=""))
    assert [row.amount for row in statement.rows] == [Decimal(1000)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Paid In": "", "Withdrawn": "-23.00", "Details": "Pay Utility Charge"}, "charge"),
        ({"Transaction Status": "Failed"}, "not_completed"),
        ({"Transaction Status": "Cancelled", "Paid In": "?"}, "not_completed"),
        ({"Other Party Info": "174379 - DUKA LTD Working Account"}, "own_transfer"),
    ],
)
def test_what_is_no_money_of_a_payer_is_passed_over(row, reason):
    statement = read(mpesa(row))
    assert (statement.rows, statement.problems) == ([], [])
    assert statement.passed_over == {reason: 1}


def test_a_line_that_stands_twice_counts_once_and_its_charge_is_no_money():
    charge = {"Paid In": "", "Withdrawn": "-5.00", "Details": "Pay merchant Charge"}
    statement = read(mpesa({}, charge, {}))
    assert len(statement.rows) == 1
    assert statement.passed_over == {"charge": 1, "repeated": 1}
    # Also where its details do not say so: it bears the receipt of the money.
    taken = read(mpesa({**charge, "Details": "Fee"}, {}))
    assert (taken.passed_over, taken.outgoing) == ({"charge": 1}, [])


EVIL_ROWS = [
    ({"Receipt No.": ""}, "Receipt No.", "required"),
    ({"Receipt No.": "1.23E+09"}, "Receipt No.", "not_a_receipt"),
    ({"Receipt No.": "=HYPERLINK(1)"}, "Receipt No.", "not_a_receipt"),
    ({"Receipt No.": "S" * 41}, "Receipt No.", "not_a_receipt"),
    ({"Completion Time": ""}, "Completion Time", "required"),
    ({"Completion Time": "31-02-2026 10:00"}, "Completion Time", "not_a_time"),
    ({"Completion Time": "46347.57"}, "Completion Time", "not_a_time"),
    ({"Completion Time": "21-11-0026 10:00"}, "Completion Time", "not_a_time"),
    ({"Completion Time": "\u0662\u0661-11-2026"}, "Completion Time", "not_a_time"),
    ({"Transaction Status": " "}, "Transaction Status", "required"),
    ({"Paid In": ""}, "Paid In", "required"),
    ({"Paid In": "-417.00"}, "Paid In", "negative"),
    ({"Paid In": "417,00"}, "Paid In", "decimal_comma"),
    ({"Paid In": "1.417,00"}, "Paid In", "decimal_comma"),
    ({"Paid In": "4,17.00"}, "Paid In", "not_an_amount"),
    ({"Paid In": "4.17E+02"}, "Paid In", "exponent"),
    ({"Paid In": "KSh 417"}, "Paid In", "not_an_amount"),
    ({"Paid In": "417.005"}, "Paid In", "not_an_amount"),
    ({"Paid In": "NaN"}, "Paid In", "not_an_amount"),
    ({"Paid In": "٤١٧"}, "Paid In", "not_an_amount"),
    ({"Paid In": "999,999,999.00"}, "Paid In", "over_limit"),
    ({"Paid In": "417.00", "Withdrawn": "-5.00"}, "Paid In", "both_ways"),
    ({"Withdrawn": "?"}, "Withdrawn", "not_an_amount"),
    ({"A/C No.": "48\x002190375"}, "", "nul_character"),
]


@pytest.mark.parametrize(("row", "column", "code"), EVIL_ROWS)
def test_a_bad_row_is_refused_with_its_place_and_the_others_are_read(row, column, code):
    statement = read(mpesa({}, {"Receipt No.": "SGH7X2K9QB", **row}, {"Receipt No.": "SGH7X2K9QC"}))
    assert [good.receipt for good in statement.rows] == ["SGH7X2K9QP", "SGH7X2K9QC"]
    (problem,) = statement.problems
    assert (problem.line, problem.column, problem.code) == (8, column, code)
    assert problem.detail.endswith(".")


def test_one_receipt_with_two_amounts_is_refused_the_second_time():
    statement = read(mpesa({}, {"Paid In": "418.00"}))
    assert [row.amount for row in statement.rows] == [Decimal(417)]
    assert [(p.line, p.code) for p in statement.problems] == [(8, "receipt_repeated")]


def test_an_amount_that_its_comma_tears_apart_is_refused_not_misread():
    torn = mpesa({}).replace("417.00", "1,417.00", 1)
    assert [problem.code for problem in read(torn).problems] == ["too_many_cells"]


def test_a_row_that_is_cut_off_is_refused():
    statement = read(mpesa({}) + "SGH7X2K9QX,21-11-2026\n")
    assert [problem.code for problem in statement.problems] == ["too_few_cells"]


EVIL_FILES = [
    (b"", "empty_file"),
    (b"\xef\xbb\xbf  \r\n", "empty_file"),
    (b"<!DOCTYPE html><html>", "html_file"),
    (b"PK\x03\x04xl/workbook.xml", "spreadsheet_file"),
    (b"PK\x03\x04other", "archive_file"),
    (b"%PDF-1.7", "not_a_statement"),
    ("Receipt No.,Paid In".encode("utf-16"), "utf16_file"),
    (mpesa({"Details": "Caf\xe9"}).encode("latin-1"), "not_utf8"),
    (b"sku,name,price\nA,B,1\n", "no_table"),
    (b"Receipt No.,Completion Time,Paid In\n", "no_table"),
    (("x\n" * 70 + mpesa({})).encode(), "no_table"),
    (mpesa().encode(), "no_rows"),
    (b"date,reference,amount,credit\n1,2,3,4\n", "repeated_columns"),
    (mpesa({}).encode() + b'"SGH7X2K9QX,never closed\n', "quote_not_closed"),
    (b"date,reference,amount\n" + b"2026-11-21,x,1\n" * (MAX_ROWS + 1), "too_many_rows"),
    (b"date,reference,amount\n" + b"x" * 11_000_000, "too_large"),
    (b"\x00\x01\x02binary", "binary_file"),
]


@pytest.mark.parametrize(("content", "code"), EVIL_FILES)
def test_a_bad_file_is_refused_whole(content, code):
    with pytest.raises(FileRefused) as refusal:
        read(content)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_a_banks_list_is_read_and_every_transfer_has_a_receipt_of_its_own():
    content = (
        "Statement of account;;;\n"
        "Date;Reference;Amount;Payer\n"
        "2026-11-21;Order 482 190 375;1,417.00;Mama Mboga\n"
        "21/11/2026;Order 482 190 375;1,417.00;Mama Mboga\n"
        "21.11.2026;salaries;-90,000.00;\n"
        "21 Nov 2026;;(12.00);charge\n"
    )
    statement = read(content)
    assert statement.kind == "bank"
    assert [(row.amount, row.reference) for row in statement.outgoing] == [
        (Decimal(90000), "salaries"),
        (Decimal(12), ""),
    ]
    receipts = [row.receipt for row in statement.rows]
    assert len(set(receipts)) == 2
    # The same in every file that has it, wherever it stands there.
    again = read(content.replace("Statement of account;;;\n", ""))
    assert [row.receipt for row in again.rows] == receipts


def test_a_banks_own_number_is_the_receipt():
    content = "Value Date,Narration,Credit,Transaction ID\n2026-11-21,rent,5,ft-26325/x\n"
    assert [row.receipt for row in read(content).rows] == ["FT-26325/X"]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=15)
ROWS = st.fixed_dictionaries(
    {
        "receipt": st.from_regex(r"[A-Z0-9]{10}", fullmatch=True),
        "paid_at": st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1)).map(
            lambda moment: moment.replace(microsecond=0)
        ),
        "amount": st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2),
        "reference": WORDS,
        "payer": WORDS.filter(lambda text: not text.startswith("174379")),
    }
)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(ROWS, min_size=1, max_size=8, unique_by=lambda row: row["receipt"]),
    delimiter=st.sampled_from(",;\t"),
    ends=st.sampled_from(["\n", "\r\n"]),
    grouped=st.booleans(),
    form=st.sampled_from(["%d-%m-%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S"]),
)
def test_any_statement_comes_back(rows, delimiter, ends, grouped, form):
    written = [
        {
            "Receipt No.": row["receipt"],
            "Completion Time": row["paid_at"].strftime(form),
            "Paid In": f"{row['amount']:,.2f}" if grouped else str(row["amount"]),
            "Other Party Info": row["payer"],
            "A/C No.": row["reference"],
        }
        for row in rows
    ]
    statement = read(mpesa(*written, delimiter=delimiter, lineterminator=ends))
    assert statement.problems == []
    assert [{name: getattr(row, name) for name in rows[0]} for row in statement.rows] == rows


PIECES = [
    ",".join(TITLES).encode(), b"date,reference,amount\n", b"\n", b"\r", b",", b'"', b"1,417.00",
    b"2026-11-21", b"\x00", b"\xe9", b";", b"SGH7X2K9QP", b"Completed", b"\xef\xbb\xbf", b"-",
    b"9" * 40,
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
@example(b"date,reference,amount\n1,2,\x1c")
@example(b'date,reference,amount\n"')
def test_random_bytes_are_refused_or_read_and_never_break_the_reader(content):
    try:
        statement = read(content, "x")
    except FileRefused as error:
        assert error.code
        assert error.message
    else:
        assert statement.read
