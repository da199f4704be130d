"""Pure decisions about stock."""

from math import floor

# So far back the ledger says how quickly something sells.
DAYS_LOOKED_AT = 30


def days_of_cover(available: int | None, sold: int, days: int = DAYS_LOOKED_AT) -> int | None:
    """Return for how many days the units last if `sold` in `days` goes on; None says for ever."""
    if available is None or sold <= 0:
        return None
    return floor(max(available, 0) * days / sold)
