"""Pay by transfer to the shop's account: people match what their bank tells them."""

from decimal import Decimal

from django.conf import settings

from shop.payments.gateways.by_hand import ByHand
from shop.payments.models import Payment

CODE = "bank_transfer"


class BankTransfer(ByHand):
    """The shopper reads account and order number; staff confirm the money when it is there."""

    code = CODE
    label = "Bank transfer"
    description = "You transfer the money, with your order's number as the reference"
    asks_phone = False
    pays_first = True

    def configured(self) -> bool:
        """The shop has said where the money goes."""
        return bool(settings.BANK_TRANSFER_DETAILS)

    def payable(self, amount: Decimal) -> Decimal:
        """Banks move cents."""
        return amount

    def payer(self, phone: str) -> str:
        """Nobody is asked."""
        return ""

    def start(self, payment: Payment) -> None:
        """Leave the payment pending until somebody sees the money."""
