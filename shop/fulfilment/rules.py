"""The lives of shipments and returns as data, and what they make of their order."""

from collections.abc import Collection
from urllib.parse import quote

PREPARING = "preparing"
PACKED = "packed"
SHIPPED = "shipped"
DELIVERED = "delivered"
CANCELLED = "cancelled"

# From each status of a shipment, where it may go, in the order in which buttons offer it.
MOVES: dict[str, tuple[str, ...]] = {
    PREPARING: (PACKED, CANCELLED),
    PACKED: (SHIPPED, CANCELLED),
    SHIPPED: (DELIVERED,),
    DELIVERED: (),
    CANCELLED: (),
}
# Still in the shop; its units are promised and lie on the shelf.
STAYING = frozenset({PREPARING, PACKED})
# Its units are off the shelf.
GONE = frozenset({SHIPPED, DELIVERED})

ASKED = "asked"
ACCEPTED = "accepted"
REFUSED = "refused"
RECEIVED = "received"
REFUNDED = "refunded"

RETURN_MOVES: dict[str, tuple[str, ...]] = {
    ASKED: (ACCEPTED, REFUSED),
    ACCEPTED: (RECEIVED, REFUSED),
    RECEIVED: (REFUNDED,),
    REFUSED: (),
    REFUNDED: (),
}


def may_move(current: str, target: str) -> bool:
    """Tell whether a shipment may go from one status to another."""
    return target in MOVES[current]


def may_move_return(current: str, target: str) -> bool:
    """Tell whether a return may go from one status to another."""
    return target in RETURN_MOVES[current]


def order_status(shipments: Collection[str]) -> str:
    """Return the status of an order from those of its shipments, of which there is at least one.

    Cancelled shipments count for nothing. The words are those of `shop.orders.rules`.
    """
    found = set(shipments) - {CANCELLED}
    if found == {DELIVERED}:
        return "delivered"
    if found <= GONE:
        return "shipped"
    if found & GONE:
        return "partly_shipped"
    return "packed" if found == {PACKED} else "confirmed"


NUMBER_HERE = "{number}"


def tracking_link(pattern: str, number: str) -> str:
    """Return where people follow a parcel; empty where the carrier or its number says nothing."""
    if not pattern or not number:
        return ""
    return pattern.replace(NUMBER_HERE, quote(number, safe=""))


def pattern_problem(pattern: str) -> str:
    """Say what is wrong with the address of a carrier's tracking page; empty if nothing is."""
    if not pattern.startswith(("https://", "http://")):
        return "The address begins with https://."
    if NUMBER_HERE not in pattern:
        return "Write {number} where the tracking number belongs."
    return ""
