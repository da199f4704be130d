"""A statement's rows of money that went out are read with what they take back."""

from decimal import Decimal

import pytest

from shop.tests.unit.test_statement_reader import mpesa, read


@pytest.mark.parametrize("cells", [("", "-1,023.00"), ("0.00", "1,023.00")])
def test_money_that_went_out_is_read_with_what_it_takes_back(cells):
    came, went = cells
    row = {
        "Receipt No.": "SGR0000001",
        "Paid In": came,
        "Withdrawn": went,
        "Details": "Pay Bill Reversal",
        "Linked Transaction ID": "sgh7x2k9qp",
    }
    statement = read(mpesa({}, row, row))
    (gone,) = statement.outgoing
    assert (gone.receipt, gone.amount, gone.linked) == (
        "SGR0000001",
        Decimal(1023),
        "SGH7X2K9QP",
    )
    assert (gone.details, gone.line) == ("Pay Bill Reversal", 8)
    assert (statement.passed_over, statement.read) == ({"repeated": 1}, 3)


def test_a_bank_that_writes_two_columns_is_read():
    content = "Date,Narration,Credit,Debit\n2026-11-21,rent,5.00,\n2026-11-21,back,,7.00\n"
    statement = read(content + "2026-11-21,both,1,1\n")
    assert [row.amount for row in statement.rows] == [5]
    assert [row.amount for row in statement.outgoing] == [7]
    assert [problem.code for problem in statement.problems] == ["both_ways"]
