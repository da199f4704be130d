"""Text that a spreadsheet would run is exported as text."""

import pytest

from shop.core.spreadsheets import neutralise_formula


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"])
def test_text_that_begins_like_a_formula_gets_a_quote(start: str) -> None:
    assert neutralise_formula(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", "Bread", "1+1", "a=b", "'=1", " -"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutralise_formula(text) == text
