"""What every way to pay can do: start, read the provider's event, ask the provider, refund."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from shop.payments.gateways.answer import Answer, RefundResult, Result
from shop.payments.models import Payment, ProviderEvent, Refund


@dataclass(frozen=True, slots=True)
class Told:
    """What the provider said when it was asked; no `result` where it knows no end yet."""

    result: Result | None = None
    body: str = ""


class Gateway(Protocol):
    """One provider of payments. `start` is called inside the order's transaction: it may write rows
    and queue work, but a gateway that talks to a provider does so in a task after the commit.
    """

    code: str
    label: str
    description: str
    # Is the payer asked on a phone? Then a payment has the phone's number.
    asks_phone: bool
    # Is an order delivered only after it was paid? Then an unpaid one gives its goods back.
    pays_first: bool

    def configured(self) -> bool:
        """Tell whether this install may offer it."""
        ...

    def payable(self, amount: Decimal) -> Decimal:
        """Return the amount as this provider moves it. Raises ShopError where it cannot."""
        ...

    def payer(self, phone: str) -> str:
        """Return the payer's number as it is kept. Raises ShopError for one it cannot ask."""
        ...

    def start(self, payment: Payment) -> None:
        """Begin to collect a payment that was just written as pending."""
        ...

    def read(self, event: ProviderEvent) -> Result | RefundResult | None:
        """Read an event as it came; None for one that says nothing, or that nobody can believe."""
        ...

    def ask(self, payment: Payment) -> Told:
        """Ask what became of a payment. Called by the worker, outside a transaction."""
        ...

    def gives_back(self, payment: Payment) -> bool:
        """Tell whether the provider can be asked to give this payment's money back."""
        ...

    def refund(self, refund: Refund) -> Answer:
        """Ask for money to go back. Called by the worker, outside a transaction, after the refund
        was noted as sent; `data` says `request_id`, and `receipt` where the money went at once.
        """
        ...
