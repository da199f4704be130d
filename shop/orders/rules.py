"""The life of an order as data."""

import re
from datetime import date

PLACED = "placed"
CONFIRMED = "confirmed"
PACKED = "packed"
PARTLY_SHIPPED = "partly_shipped"
SHIPPED = "shipped"
DELIVERED = "delivered"
CANCELLED = "cancelled"

# From each status, where an order may go, in the order in which buttons offer it. From confirming
# on it follows its shipments; once something has left, nothing of it is cancelled as a whole.
MOVES: dict[str, tuple[str, ...]] = {
    PLACED: (CONFIRMED, CANCELLED),
    CONFIRMED: (PACKED, PARTLY_SHIPPED, CANCELLED),
    PACKED: (SHIPPED, PARTLY_SHIPPED, CANCELLED),
    PARTLY_SHIPPED: (SHIPPED, DELIVERED),
    SHIPPED: (DELIVERED,),
    DELIVERED: (),
    CANCELLED: (),
}

# Until when the buyer can cancel without asking anybody.
CUSTOMER_MAY_CANCEL = frozenset({PLACED, CONFIRMED})


def may_move(current: str, target: str) -> bool:
    """Tell whether an order may go from one status to another."""
    return target in MOVES[current]


# A PIN of the Kenya Revenue Authority: A for a person or P for a company, nine digits, a letter.
KRA_PIN = re.compile(r"[AP][0-9]{9}[A-Z]")


def kra_pin(text: str) -> str | None:
    """Return a KRA PIN as the authority writes it, however it was typed; None if it is none."""
    joined = "".join(text.split()).upper()
    return joined if KRA_PIN.fullmatch(joined) else None


# No way leads on from these; who bought may leave the shop.
FINISHED = frozenset(status for status, following in MOVES.items() if not following)

# Years after the one of the sale in which the books must still show it. Source: Kenya's Tax
# Procedures Act 2015, section 23(1)(c): five years from the end of the reporting period, which
# for income tax is the year.
ORDER_RECORDS_KEPT = 5


def records_kept_until(placed_on: date) -> date:
    """Return the last day on which the books need to say who bought."""
    return date(placed_on.year + ORDER_RECORDS_KEPT, 12, 31)


def first_day_still_kept(today: date) -> date:
    """Return the oldest day whose sales the books still need with names."""
    return date(today.year - ORDER_RECORDS_KEPT, 1, 1)
