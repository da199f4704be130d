"""What the worker runs for webhooks."""

from shop.webhooks import actions


def deliver_to(endpoint_id: int) -> None:
    """Deliver what is due for an endpoint."""
    actions.deliver_to(endpoint_id=endpoint_id)


def sweep() -> None:
    """Pick up what was left lying; runs every minute."""
    actions.sweep()


def forget_old() -> None:
    """Delete what is past its time; runs every day."""
    actions.forget_old()
