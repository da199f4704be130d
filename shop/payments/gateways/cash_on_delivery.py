"""Pay when the parcel arrives."""

from decimal import Decimal

from shop.payments.gateways.by_hand import ByHand
from shop.payments.models import Payment


class CashOnDelivery(ByHand):
    """The rider takes cash or M-Pesa at the door; people confirm the money in the admin."""

    code = "cash_on_delivery"
    label = "Pay on delivery"
    description = "Cash or M-Pesa when your parcel arrives"
    asks_phone = False
    pays_first = False

    def configured(self) -> bool:
        """Money can always be taken at the door."""
        return True

    def payable(self, amount: Decimal) -> Decimal:
        """Cash has cents."""
        return amount

    def payer(self, phone: str) -> str:
        """Nobody is asked."""
        return ""

    def start(self, payment: Payment) -> None:
        """Leave the payment pending until somebody confirms the money."""
