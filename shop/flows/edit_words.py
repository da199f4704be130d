"""What changed in an order, in words for its timeline: the old value and the new one."""

from collections.abc import Iterable, Iterator

from shop.core.money import display
from shop.orders.models import Order, OrderLine

CONTACT = {
    "name": "Name",
    "phone": "Phone",
    "email": "Email",
    "buyer_pin": "KRA PIN",
    "county": "County",
    "area": "Area",
    "landmark": "Landmark",
    "notes": "Notes",
}
NOTHING = "nothing"


def contact_changes(before: Order, after: Order) -> list[str]:
    """Say what changed of whom an order is for and where it goes."""
    changes = []
    for name, label in CONTACT.items():
        was, now = str(getattr(before, name) or ""), str(getattr(after, name) or "")
        if was != now:
            changes.append(_change(label, was, now))
    return changes


def price_changes(
    before: Order, old: Iterable[OrderLine], after: Order, new: Iterable[OrderLine]
) -> list[str]:
    """Say what changed of an order's lines, its delivery, its voucher and its total."""
    changes = list(_line_changes(list(old), list(new)))
    for label, was, now in (
        ("Delivery", _way(before), _way(after)),
        ("Voucher", before.voucher_code, after.voucher_code),
        ("Delivery fee", display(before.delivery_fee), display(after.delivery_fee)),
        ("Total", display(before.total), display(after.total)),
    ):
        if was != now:
            changes.append(_change(label, was, now))
    return changes


def _line_changes(old: list[OrderLine], new: list[OrderLine]) -> Iterator[str]:
    before = {line.variant_id: line for line in old}
    after = {line.variant_id: line for line in new}
    for variant_id, line in before.items():
        if variant_id not in after:
            yield f"Taken out: {_named(line)}, {line.quantity} at {display(line.unit_price)}"
    for variant_id, line in after.items():
        was = before.get(variant_id)
        if was is None:
            yield f"Added: {_named(line)}, {line.quantity} at {display(line.unit_price)}"
            continue
        if was.quantity != line.quantity:
            yield _change(f"Units of {_named(line)}", str(was.quantity), str(line.quantity))
        if was.unit_price != line.unit_price:
            yield _change(
                f"Price of {_named(line)}", display(was.unit_price), display(line.unit_price)
            )


def _named(line: OrderLine) -> str:
    return f"{', '.join(filter(None, [line.name, line.options]))} ({line.sku})"


def _way(order: Order) -> str:
    return ", ".join(filter(None, [order.delivery_name, order.pickup_place]))


def _change(label: str, was: str, now: str) -> str:
    return f"{label}: {was or NOTHING} → {now or NOTHING}"
