"""An editor's text is checked before it is kept, and filled without running anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.notifications.rules import PLACEHOLDERS, fill, first_name, text_problems


@pytest.mark.parametrize("channel", PLACEHOLDERS)
def test_every_documented_placeholder_is_accepted(channel):
    text = " ".join(f"{{{name}}}" for name in PLACEHOLDERS[channel])
    assert text_problems(text, channel) == []
    assert all(PLACEHOLDERS[channel].values())


@pytest.mark.parametrize(
    "text",
    [
        "{nam}",
        "{lines}",
        "{admin_link}",
        "{shop",
        "shop}",
        "{}",
        "{{number}}",
        "{ number }",
        "{number.__class__}",
        "{number!r}",
        "{number:>10}",
        "{0}",
        "{number[0]}",
        "{NUMBER}",
    ],
)
def test_unknown_placeholders_and_stray_brackets_are_refused(text):
    assert text_problems(f"Hello {text}", "sms")


def test_the_refusal_says_what_is_wrong_and_what_can_be_used():
    (problem,) = text_problems("Hi {nam}", "sms")
    assert problem.startswith("{nam} is not known here")
    assert "{first_name}" in problem


def test_long_words_are_for_emails_and_the_admin_link_for_staff():
    assert text_problems("{lines}", "sms")
    assert not text_problems("{lines}", "email")
    assert text_problems("{admin_link}", "email")
    assert not text_problems("{admin_link}", "staff_email")


def test_nothing_inside_a_value_is_looked_at_again():
    assert fill("{name}: {number}", {"name": "{number}", "number": "1"}) == "{number}: 1"


def test_what_has_no_value_stays_as_it_is():
    assert fill("{name} {x.__class__} {", {}) == "{name} {x.__class__} {"


@given(st.text(), st.dictionaries(st.text("abc_", min_size=1), st.text()))
def test_filling_never_fails(text, values):
    fill(text, values)


@pytest.mark.parametrize(
    ("given_name", "used"),
    [
        ("Wanjiku Kamau", "Wanjiku"),
        ("  Achieng'  Otieno", "Achieng'"),
        ("Anne-Marie", "Anne-Marie"),
        ("J.K. Mwangi", "JK"),
        ("http://evil.example/win now", "httpevilexamplewin"),
        ("***", "customer"),
        ("", "customer"),
        ("--- Njeri", "Njeri"),
        ("W" * 90, "W" * 20),
    ],
)
def test_a_first_name_is_short_and_can_carry_no_address(given_name, used):
    assert first_name(given_name) == used
