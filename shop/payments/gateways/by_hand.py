"""What ways to pay without a provider have in common: people see the money, and give it back."""

from shop.payments.gateways.answer import REFUSED, Answer, RefundResult, Result
from shop.payments.gateways.interface import Told
from shop.payments.models import Payment, ProviderEvent, Refund


class ByHand:
    """Nobody outside tells or can be asked anything."""

    def read(self, event: ProviderEvent) -> Result | RefundResult | None:
        """Nobody tells anything."""
        return None

    def ask(self, payment: Payment) -> Told:
        """Nobody knows anything."""
        return Told()

    def gives_back(self, payment: Payment) -> bool:
        """People give it back."""
        return False

    def refund(self, refund: Refund) -> Answer:
        """People give it back."""
        return Answer(REFUSED, "Nobody can be asked to give this money back.")
