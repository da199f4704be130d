"""What inventory tells the floors above it."""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class Dip:
    """The movement that brought a variant down to its low-stock line or below it."""

    movement_id: int
    variant_id: int
    available: int
    threshold: int


# Sent with `variant_ids` inside the transaction in which they sold out or came back.
availability_changed = Signal()

# Sent with `dips` inside the transaction in which stock that was above its line fell to it or
# below, or was counted for the first time and found there. New variants of an import are not told:
# their stock never was any higher.
stock_fell_low = Signal()

# Sent with `shortages` when an order finds too little; its transaction is about to be undone.
stock_refused = Signal()
