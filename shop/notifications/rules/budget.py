"""What SMS may cost."""

import re
from datetime import timedelta
from decimal import Decimal

_AMOUNT = re.compile(r"^\s*([A-Za-z]{3})?\s*(\d{1,9}(?:\.\d{1,10})?)\s*$")

# Of a day's money the last fifth is for what belongs to orders.
NEWS_SHARE = Decimal("0.8")
NEWS = frozenset({"news"})
# Nobody can sign in with tomorrow's code, and an alert is for now. They count, but never wait.
CANNOT_WAIT = frozenset({"sign_in_code", "account", "alert"})
# How long a message waits before it looks again whether there is money.
HOLD = timedelta(minutes=10)


def read_amount(text: str) -> tuple[str, Decimal] | None:
    """Read "KES 0.8000" as currency and amount; None for anything else."""
    found = _AMOUNT.match(text)
    return (found[1] or "", Decimal(found[2])) if found else None


def allowance(cap: Decimal, event: str) -> Decimal | None:
    """Return up to what sum of a day an SMS about `event` may go out; None for no limit."""
    if not cap or event in CANNOT_WAIT:
        return None
    return cap * NEWS_SHARE if event in NEWS else cap
