"""Ways to pay, by the code that an order names them with."""

from shop.payments.gateways.cash_on_delivery import CashOnDelivery
from shop.payments.gateways.interface import Gateway

GATEWAYS: dict[str, Gateway] = {gateway.code: gateway for gateway in (CashOnDelivery(),)}
