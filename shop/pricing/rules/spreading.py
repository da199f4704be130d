"""Share an amount out so that the shares add up to the cent."""

from collections.abc import Mapping
from decimal import Decimal

from shop.core.money import CENT, ZERO


def spread(amount: Decimal, bases: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Share `amount` in proportion to `bases` (by variant), each share at most its base.

    `amount` is at most the sum of the bases, all of them have two places. Cents that do not divide
    go to the largest remainders, then to the lowest number, so no order of lines plays a part.
    """
    whole = sum(bases.values(), ZERO)
    if not whole:
        return dict.fromkeys(bases, ZERO)
    cents = int(amount / CENT)
    exact = {
        key: divmod(cents * int(base / CENT), int(whole / CENT)) for key, base in bases.items()
    }
    left = cents - sum(share for share, _ in exact.values())
    first = sorted(exact, key=lambda key: (-exact[key][1], key))[:left]
    return {key: (share + (key in first)) * CENT for key, (share, _) in exact.items()}
