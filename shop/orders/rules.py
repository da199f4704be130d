"""The life of an order as data."""

PLACED = "placed"
CONFIRMED = "confirmed"
PACKED = "packed"
SHIPPED = "shipped"
DELIVERED = "delivered"
CANCELLED = "cancelled"

# From each status, where an order may go, in the order in which buttons offer it.
MOVES: dict[str, tuple[str, ...]] = {
    PLACED: (CONFIRMED, CANCELLED),
    CONFIRMED: (PACKED, CANCELLED),
    PACKED: (SHIPPED, CANCELLED),
    SHIPPED: (DELIVERED,),
    DELIVERED: (),
    CANCELLED: (),
}

# Until when the buyer can cancel without asking anybody.
CUSTOMER_MAY_CANCEL = frozenset({PLACED, CONFIRMED})


def may_move(current: str, target: str) -> bool:
    """Tell whether an order may go from one status to another."""
    return target in MOVES[current]
