"""However the units of a line go back, together they cost what the line cost, to the cent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shop.payments.refund_rules import UNSURE, cost_of_units, failure


@given(
    net=st.decimals(min_value=0, max_value=10_000_000, places=2),
    parts=st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=8),
)
def test_parts_come_to_the_whole(net, parts):
    sold, before, back = sum(parts), 0, Decimal(0)
    for units in parts:
        cost = cost_of_units(net, sold, before, units)
        assert cost >= 0
        back, before = back + cost, before + units
    assert back == net


def test_a_line_without_units_costs_nothing():
    assert cost_of_units(Decimal("0.00"), 0, 0, 0) == 0


def test_every_answer_has_words():
    assert failure("no such code")
    assert all(words.endswith("say so here.") for words in UNSURE.values())
