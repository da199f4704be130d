"""Whatever is credited in whatever steps: it adds up to the invoice, its VAT too, to the cent."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import CENT, ZERO, contained_tax
from shop.invoicing.rules import Line, Wish, allocate, credited_lines, left_of, tax_sums

BANDS = [("standard", Decimal("16.00")), ("zero", Decimal("0.00")), ("exempt", Decimal("0.00"))]
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2)


@st.composite
def sold_lines(draw: st.DrawFn) -> list[Line]:
    lines = []
    for number in range(draw(st.integers(1, 5))):
        band = draw(st.sampled_from(BANDS))
        price, quantity = draw(AMOUNTS), draw(st.integers(1, 9))
        discount = (price * quantity * draw(st.integers(0, 90)) / 100).quantize(CENT)
        total = price * quantity - discount
        tax = contained_tax(total, band[1])
        lines.append(
            Line(number, f"S{number}", "", "", quantity, price, discount, *band, total, tax)
        )
    return lines


@given(amount=AMOUNTS, weights=st.lists(AMOUNTS, min_size=1, max_size=6))
def test_parts_add_up(amount: Decimal, weights: list[Decimal]) -> None:
    parts = allocate(amount, weights)
    assert sum(parts, ZERO) == amount
    assert all(part >= 0 for part in parts)


@given(lines=sold_lines(), steps=st.lists(st.tuples(AMOUNTS, st.data()), max_size=4), end=st.data())
def test_notes_never_exceed_the_invoice_and_the_last_one_takes_the_rest(lines, steps, end) -> None:
    invoice = tax_sums(lines)
    credited: list[Line] = []

    def credit(amount: Decimal, data: st.DataObject) -> list[Line]:
        wishes = []
        for line in lines:
            before = sum(one.quantity for one in credited if one.line_id == line.line_id)
            units = data.draw(st.integers(0, line.quantity - before))
            if units:
                wishes.append(Wish(line, units, before))
        left = left_of(invoice, tax_sums(credited))
        note = credited_lines(amount, wishes, left, "Price reduction")
        room = sum((part.gross for part in left.values()), ZERO)
        assert sum((line.total for line in note), ZERO) == min(amount, room)
        for line in note:
            assert line.unit_price * line.quantity - line.discount == line.total >= line.tax >= 0
        return note

    for amount, data in steps:
        credited += credit(amount, data)
        assert all(part.gross >= 0 and part.tax >= 0 for part in left(invoice, credited))
    credited += credit(Decimal(10) ** 9, end)
    assert all(part.gross == part.tax == 0 for part in left(invoice, credited))


def left(invoice, credited):
    return left_of(invoice, tax_sums(credited)).values()


def test_units_that_come_back_one_by_one_come_to_their_line() -> None:
    band = BANDS[0]
    line = Line(
        1, "S", "", "", 3, Decimal("33.34"), Decimal("0.02"), *band, Decimal("100.00"), ZERO
    )
    line = replace(line, tax=contained_tax(line.total, band[1]))
    worths = [Wish(line, 1, before).worth for before in range(3)]
    assert worths == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]


def test_goods_are_named_and_the_rest_is_not() -> None:
    line = Line(1, "S", "Soap", "", 2, Decimal(58), ZERO, *BANDS[0], Decimal(116), Decimal(16))
    sums = left_of(tax_sums([line]), [])
    note = credited_lines(Decimal(80), [Wish(line, 1)], sums, "Price reduction")
    assert [(one.name, one.quantity, one.total, one.tax) for one in note] == [
        ("Soap", 1, Decimal(58), Decimal(8)),
        ("Price reduction", 1, Decimal(22), Decimal("3.03")),
    ]
