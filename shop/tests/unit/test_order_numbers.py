"""An order number can be read out: a wrong digit or two swapped ones make it none."""

import pytest

from shop.core.numbers import _damm, grouped, new_order_number


@pytest.mark.parametrize("_round", range(20))
def test_every_slip_of_one_digit_is_seen(_round):
    number = new_order_number()
    assert len(number) == 9
    assert _damm(number) == 0
    for at, digit in enumerate(number):
        for other in set("0123456789") - {digit}:
            assert _damm(number[:at] + other + number[at + 1 :]) != 0
    for at in range(8):
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert swapped == number or _damm(swapped) != 0


def test_it_is_read_out_in_threes():
    assert grouped("482190375") == "482 190 375"
