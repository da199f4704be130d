"""What does not fit, in sections and words, and what people may do about it. No Django."""

import re
from decimal import Decimal

from shop.payments.rules import AMOUNT, DOUBLE, MISMATCH, account_digits

# Where the desk shows money that did not fit.
UNPLACED = "unmatched"
SHORT = "short"
OVER = "over"
TWICE = "double"
OTHER = "review"
REFUNDS = "refunds"
SECTIONS = (UNPLACED, SHORT, OVER, TWICE, OTHER, REFUNDS)

# What people may do.
MATCH = "match"
ACCEPT = "accept"
REST = "rest"
SURPLUS = "surplus"
REFUND = "refund"
NOTE = "note"
CLOSE = "close"
STEPS = (MATCH, ACCEPT, REST, SURPLUS, REFUND, NOTE, CLOSE)

_NUMBER = re.compile(r"(?<![0-9])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}(?![0-9])")


def section_of(reason_code: str, due: Decimal, came: Decimal) -> str:
    """Return the section for an order's money in review, by its reason and how an amount is off."""
    if reason_code == DOUBLE:
        return TWICE
    if reason_code == AMOUNT:
        return SHORT if came < due else OVER
    return OTHER


def steps_for(section: str, *, reason_code: str, payable: bool) -> tuple[str, ...]:
    """Return what people may do, the usual first; `payable`: the order waits for its money."""
    # Where the receipt is another payment's, no money stands behind this one.
    there = reason_code != MISMATCH
    steps: list[str] = []
    if section == UNPLACED:
        steps = [MATCH]
    elif section == SHORT and payable:
        steps = [REST, ACCEPT]
    elif section == OVER and payable:
        steps = [*([SURPLUS] if there else []), ACCEPT]
    if there:
        # What came on top, or for goods that are gone, usually goes back.
        steps = [*steps, REFUND]
        if section != UNPLACED:
            steps = [*steps, MATCH]
    return (*steps, NOTE, CLOSE)


def order_numbers_in(reference: str) -> tuple[str, ...]:
    """Return what may be an order's number in words that a payer wrote, the likeliest first."""
    found = [account_digits(reference)]
    found += [account_digits(match[0]) for match in _NUMBER.finditer(reference)]
    return tuple(dict.fromkeys(number for number in found if len(number) == 9))


def hidden(words: str) -> str:
    """Hide who somebody is, as a list may show it: digits but the last three, names but a letter.

    "254712345678 - WANJIKU KAMAU" becomes "*****678 - W. K."
    """
    phones = re.sub(r"\+?[0-9][0-9*]{5,}([0-9]{3})(?![0-9])", r"*****\1", words)
    return re.sub(r"([^\W\d_])[^\W\d_]+", r"\1.", phones)
