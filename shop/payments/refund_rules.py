"""What answers to a reversal mean, and what units cost that go back."""

from datetime import timedelta
from decimal import Decimal

from shop.core.money import ZERO, round_money

# Reasons of our own, beside the provider's codes.
LOST = "lost"
LATE = "late"
SILENT = "silent"
REVERSED_BEFORE = "R000001"
GIVEN_UP = "given_up"
NOT_TAKEN = "not_taken"

_LOOK = "Look in the provider's own portal whether the money went, then say so here."

# Nobody knows whether the money went: people look, and nothing is sent again by itself.
UNSURE: dict[str, str] = {
    LOST: f"The provider's answer was lost. {_LOOK}",
    LATE: f"M-Pesa did not get to it in time, or says so. {_LOOK}",
    SILENT: f"The provider took the wish and never said what became of it. {_LOOK}",
    REVERSED_BEFORE: f"M-Pesa says that this payment was reversed before. {_LOOK}",
}

# Result codes of a reversal (portal page "Reversals") that say what to do; the money stayed.
FAILURES: dict[str, str] = {
    "1": "There is too little money in the shop's M-Pesa account. Top it up, then refund again.",
    "11": "M-Pesa cannot debit the shop's account in the state it is in.",
    "21": "The initiator may not reverse: it needs the role of a reversal initiator.",
    "2001": "M-Pesa did not accept the initiator's name or password.",
    "2006": "M-Pesa cannot credit the payer's account in the state it is in.",
    "2028": "M-Pesa does not let this shop reverse this payment.",
    "8006": "The initiator's password is locked: unlock it in the M-Pesa portal.",
    "R000002": "M-Pesa does not know this receipt.",
    GIVEN_UP: "People looked: the money did not go.",
    NOT_TAKEN: "The provider could not be reached. Nothing went back.",
}
FAILED_OTHERWISE = "The provider did not send the money back."

# After so long without a result people are asked to look.
SILENCE = timedelta(minutes=30)


def failure(code: str) -> str:
    """Say in words why money did not go back, and what to do."""
    return FAILURES.get(code, FAILED_OTHERWISE)


def cost_of_units(net: Decimal, sold: int, before: int, units: int) -> Decimal:
    """Return what `units` more of a line cost, of whose `sold` units `before` went back already.

    All units together cost exactly what the line cost, however they go back.
    """
    if not sold:
        return ZERO
    return round_money(net * (before + units) / sold) - round_money(net * before / sold)
