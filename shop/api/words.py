"""Query words in Wagtail's grammar: fields, filters. Nothing unknown passes."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from wagtail.api.v2.utils import parse_fields_parameter

from shop.api.errors import wrong
from shop.core.money import round_money

FARTHEST = 2**31 - 1
LARGEST_ID = 2**63 - 1
LARGEST_PRICE = Decimal(10_000_000_000)
LONGEST_TEXT = 200
SWITCHES = {"true": True, "1": True, "false": False, "0": False}


def refuse_unknown(words: QueryDict, known: Collection[str], *, prefix: str = "") -> None:
    """Raise for words that mean nothing here; words that begin with `prefix` are known."""
    for word in words:
        if word not in known and not (prefix and word.startswith(prefix)):
            raise wrong(
                word,
                f"Not a query parameter of this address; known are {', '.join(sorted(known))}.",
                "unknown_parameter",
            )


def read_whole(words: QueryDict, word: str, default: int, most: int) -> int:
    """Read a whole number from 0 to `most`."""
    text = words.get(word)
    if text is None:
        return default
    value = whole(text)
    if value is None:
        raise wrong(word, f"{word} must be a whole number, 0 or more.")
    if value > most:
        raise wrong(word, f"{word} cannot be higher than {most}.")
    return value


def whole(text: str) -> int | None:
    """Return a number of up to 20 digits, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 20 else None


def read_price(words: QueryDict, word: str) -> Decimal | None:
    """Read an amount of money, None where it is not asked for."""
    text = words.get(word)
    if text is None:
        return None
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal("NaN")
    fits = price.is_finite() and 0 <= price <= LARGEST_PRICE
    # A thousand decimals are a number to Python, but none to a database.
    if not fits or price != round_money(price):
        raise wrong(word, f"{word} must be an amount such as 1200 or 99.50.")
    return price


def read_switch(words: QueryDict, word: str) -> bool | None:
    """Read true or false, None where it is not asked for."""
    text = words.get(word)
    if text is None:
        return None
    if text.lower() not in SWITCHES:
        raise wrong(word, f"{word} must be true or false.")
    return SWITCHES[text.lower()]


def read_choice(words: QueryDict, word: str, choices: Iterable[str]) -> str:
    """Read one of the choices; the first one where it is not asked for."""
    known = list(choices)
    text = words.get(word, known[0])
    if text not in known:
        raise wrong(word, f"{word} must be one of {', '.join(filter(None, known))}.")
    return text


def read_fields(
    words: QueryDict, *, available: Sequence[str], default: Sequence[str]
) -> frozenset[str]:
    """Return the fields to answer, as Wagtail's `fields` says it.

    `a,b` are named beside id and meta; `*` is everything, `_` nothing, `-a` leaves one out.
    """
    text = words.get("fields")
    if text is None:
        return frozenset(default)
    asked = parsed_fields(text)
    first = asked[0][0] if asked else ""
    named = [name for name, negated, _nested in asked if not negated and name not in "*_"]
    if first == "*":
        fields = set(available)
    elif first == "_":
        fields = set()
    else:
        fields = {"id", "meta"} if named else set(default)
    unknown = [name for name, _negated, _nested in asked if name not in {*available, "*", "_"}]
    if unknown:
        raise wrong("fields", f"unknown fields: {', '.join(sorted(unknown))}")
    fields.update(named)
    return frozenset(fields - {name for name, negated, _nested in asked if negated})


def parsed_fields(text: str) -> list[tuple[str, bool, Any]]:
    """Parse `fields`; a form of any depth would exhaust the parser, so depth has an end."""
    if text.count("(") > 5:
        raise wrong("fields", "fields error: nested too deeply")
    try:
        return list(parse_fields_parameter(text))
    except ValueError as problem:
        raise wrong("fields", f"fields error: {problem}") from problem


def read_text(words: QueryDict, word: str) -> str | None:
    """Read words somebody looks for."""
    text = words.get(word)
    if text is not None and len(text) > LONGEST_TEXT:
        raise wrong(word, f"{word} can have {LONGEST_TEXT} characters at most.")
    return text
