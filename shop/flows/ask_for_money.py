"""Ask a phone for money that belongs to no order yet; people match it to one later."""

from decimal import Decimal

from django.conf import settings
from django.db import transaction

from shop.core.errors import ShopError
from shop.payments import actions as payments
from shop.payments.gateways import GATEWAYS
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.models import Payment


@transaction.atomic
def ask_for_money(*, amount: Decimal, phone: str, method: str = "") -> Payment:
    """Write a payment without an order and let the worker ask its phone; returns the payment.

    Once the money is there, `match_payment` gives it to an order. Raises ShopError
    `unknown_payment_method`, `phone_needed`, `invalid_phone`, `invalid_amount`, `whole_units_only`
    or `amount_too_large`, or Conflict `prompt_sent_recently` or `too_many_prompts`.
    """
    code = payments.require_method(method or MPESA)
    gateway = GATEWAYS[code]
    if not gateway.asks_phone:
        raise ShopError(
            "phone_needed",
            "Without an order only a phone can be asked for money.",
            field="payment_method",
        )
    payer = gateway.payer(phone)
    if amount <= 0:
        raise ShopError("invalid_amount", "Name an amount above zero.", field="amount")
    if gateway.payable(amount) != amount:
        raise ShopError("whole_units_only", "M-Pesa moves whole shillings only.", field="amount")
    payments.require_pause(order_id=None, phone=payer, amount=amount)
    payment = payments.start(
        order_id=None, method=code, amount=amount, currency=settings.STORE_CURRENCY, phone=payer
    )
    if payment is None:  # only where nothing is to be paid
        raise AssertionError(amount)
    return payment
