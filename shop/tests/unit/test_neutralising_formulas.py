"""Text that a spreadsheet would run is exported as text."""

import pytest

from shop.core.spreadsheets import guard_text, neutralise_formula, unguard_text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20"])
def test_text_that_begins_like_a_formula_gets_a_quote(start: str) -> None:
    assert neutralise_formula(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["", "Bread", "1+1", "a=b", "'=1", " -"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutralise_formula(text) == text


@pytest.mark.parametrize(
    "text", ["", "Bread", "=1+1", "'=1+1", "''@x", "'quoted'", "\uff0bx", "-5", "'", "it's"]
)
def test_guarded_text_comes_back(text: str) -> None:
    guarded = guard_text(text)

    assert neutralise_formula(guarded) == guarded
    assert unguard_text(guarded) == text
