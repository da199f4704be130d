"""What every way to pay can do."""

from typing import Protocol

from shop.payments.models import Payment


class Gateway(Protocol):
    """One provider of payments. `start` is called inside the order's transaction: it may write rows
    and queue work, but a gateway that talks to a provider does so in a task after the commit.
    """

    code: str
    label: str
    description: str

    def start(self, payment: Payment) -> None:
        """Begin to collect a payment that was just written as pending."""
