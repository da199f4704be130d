"""What the worker runs for messages."""

from shop.notifications import actions
from shop.notifications.actions.alarm import tell_of_dips as tell_staff_of_dips


def deliver_for_order(order_id: int) -> None:
    """Send what is due for an order."""
    actions.deliver_for_order(order_id=order_id)


def deliver(message_id: int) -> None:
    """Send one message if it is due."""
    actions.deliver(message_id=message_id)


def apply_report(report_id: int) -> None:
    """Apply one thing that the carrier told."""
    actions.apply_report(report_id=report_id)


def carry_on(broadcast_id: int, turn: int) -> None:
    """Do the next slice of a broadcast."""
    actions.carry_on(broadcast_id=broadcast_id, turn=turn)


def check_balance() -> None:
    """Look at what is left to pay SMS with; runs every half hour."""
    actions.check_balance()


def sweep() -> None:
    """Pick up what was left lying; runs every minute."""
    actions.sweep()


def tell_of_dips(left: list[tuple[int, int]]) -> None:
    """Tell staff of variants that fell to their low-stock line."""
    tell_staff_of_dips(left)
