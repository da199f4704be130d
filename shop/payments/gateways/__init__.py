"""Ways to pay, by the code that an order names them with."""

from shop.payments.gateways.bank_transfer import BankTransfer
from shop.payments.gateways.cash_on_delivery import CashOnDelivery
from shop.payments.gateways.interface import Gateway
from shop.payments.gateways.mpesa import Mpesa
from shop.payments.gateways.stripe_card import StripeCard

# All there are: orders of a way that is no longer offered still have its name.
GATEWAYS: dict[str, Gateway] = {
    gateway.code: gateway for gateway in (CashOnDelivery(), Mpesa(), StripeCard(), BankTransfer())
}


def offered() -> dict[str, Gateway]:
    """Return the ways to pay that this install is set up for, the usual one first."""
    return {code: gateway for code, gateway in GATEWAYS.items() if gateway.configured()}
