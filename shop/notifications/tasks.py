"""What the worker runs for messages."""

from shop.notifications import actions


def deliver_for_order(order_id: int) -> None:
    """Send what is due for an order."""
    actions.deliver_for_order(order_id=order_id)


def deliver(message_id: int) -> None:
    """Send one message if it is due."""
    actions.deliver(message_id=message_id)


def sweep() -> None:
    """Pick up what was left lying; runs every minute."""
    actions.sweep()
