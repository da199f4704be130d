"""How the payment of an order stands and what can be done, as the order page's panel wants it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.core.money import display
from shop.core.numbers import grouped
from shop.orders.contact import parse_phone
from shop.orders.models import Order
from shop.payments import rules
from shop.payments.gateways import GATEWAYS, offered
from shop.payments.gateways.bank_transfer import CODE as BANK
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.gateways.stripe_card import CODE as CARD
from shop.payments.queries import (
    COMES_BACK,
    THANKS,
    BankTransfer,
    PaymentStatus,
    Transfer,
    payment_status,
)
from shop.storefront.forms import PayForm

TITLES = {
    rules.NONE: _("Pay with M-Pesa"),
    rules.QUEUED: _("Asking M-Pesa"),
    rules.PROMPT_SENT: _("Request sent"),
    rules.CARD_PAGE: _("Pay by card"),
    rules.WAITING: _("Waiting for M-Pesa"),
    rules.PAID: _("Paid. Thank you!"),
    rules.CANCELLED: _("Cancelled on the phone"),
    rules.WRONG_PIN: _("Wrong PIN"),
    rules.NO_ANSWER: _("No answer from the phone"),
    rules.FAILED: _("The payment did not go through"),
    rules.REVIEW: _("We look at your payment"),
    rules.REFUNDED: _("Your money is back"),
}
TITLES_OF_CARDS = {
    rules.QUEUED: _("Opening the card page"),
    rules.CARD_PAGE: _("Pay by card"),
    rules.NO_ANSWER: _("The card page ran out"),
}
TITLES_BY_WAY = {BANK: _("Pay by bank transfer"), CARD: _("Pay by card")}
TONES = {rules.NONE: "calm", rules.PAID: "good", rules.REFUNDED: "good", rules.REVIEW: "warn"}

# Seconds between two looks of a page without scripts.
REFRESH = 5


def payment_panel(order: Order, form: PayForm | None = None) -> dict[str, Any] | None:
    """Return the panel's words; None where there is nothing to say about money."""
    status = payment_status(order)
    if not status.payable and status.state == rules.NONE:
        return None
    may_pay = status.payable and status.state != rules.REVIEW
    asks = may_pay and status.transfer is not None
    by_bank = order.payment_method == BANK and may_pay
    other_ways = _other_ways(order, status) if may_pay else []
    # Whoever names another phone while one is asked types it; that one would only be found again.
    phone = "" if status.open else status.phone or str(order.phone or "")
    return {
        "state": status.state,
        "tone": _tone(status),
        "title": _title(order, status),
        "message": status.message,
        "words": "" if status.message == THANKS else status.message,
        "open": status.open,
        "refresh": REFRESH,
        "folded": asks and form is None and not other_ways and _folded(order, status),
        "amount": display(status.amount),
        "phone": _readable(status.phone),
        "receipt": status.receipt,
        "form": (form or PayForm(initial={"phone": _readable(phone)})) if asks else None,
        "form_fold": _form_fold(status, by_bank=by_bank),
        "problems": form.non_field_errors() if form is not None and not asks else [],
        "retry_in": 0 if status.open else status.retry_in_seconds,
        "transfer": _transfer(status.transfer) if asks else None,
        "bank": _bank(status.bank) if by_bank else None,
        "card_page": status.card_page,
        "other_ways": other_ways,
        "pay_url": reverse("order-pay", args=[order.token]),
        "news_url": reverse("order-payment", args=[order.token]),
        "page_url": order.get_absolute_url(),
        "pretend_phone_url": _pretend_phone(status),
    }


def _readable(text: str) -> str:
    phone = parse_phone(text) if text else None
    return phone.as_national if phone else text


def _transfer(transfer: Transfer | None) -> dict[str, Any] | None:
    if transfer is None:
        return None
    return {
        "number": transfer.number,
        "account": grouped(transfer.account),
        "amount": display(transfer.amount),
        "till": transfer.till,
    }


def _title(order: Order, status: PaymentStatus) -> str:
    if status.state == rules.NONE and order.payment_method in (BANK, CARD):
        return str(TITLES_BY_WAY[order.payment_method])
    if status.state == rules.NONE and status.transfer is None:
        return str(_("Pay now"))
    if status.message == COMES_BACK:
        return str(_("Your money comes back"))
    if status.method == CARD and status.state in TITLES_OF_CARDS:
        return str(TITLES_OF_CARDS[status.state])
    return str(TITLES[status.state])


def _tone(status: PaymentStatus) -> str:
    if status.open:
        return "wait"
    return "warn" if status.message == COMES_BACK else TONES.get(status.state, "bad")


def _form_fold(status: PaymentStatus, *, by_bank: bool) -> str:
    """Return what opens the form of M-Pesa where another way comes first; "" where it does."""
    if status.open and status.method == MPESA:
        return str(_("Pay from another phone"))
    return str(_("Pay with M-Pesa instead")) if status.open or by_bank else ""


def _folded(order: Order, status: PaymentStatus) -> bool:
    """Tell whether paying is only offered: the money is to come at the door."""
    return status.state == rules.NONE and not GATEWAYS[order.payment_method].pays_first


def _bank(bank: BankTransfer | None) -> dict[str, Any] | None:
    if bank is None:
        return None
    return {
        "details": bank.details,
        "reference": grouped(bank.reference),
        "amount": display(bank.amount),
    }


def _other_ways(order: Order, status: PaymentStatus) -> list[dict[str, str]]:
    """Return the ways to change to; a phone is asked by its own form, a card again if it failed."""
    if status.open and status.state != rules.CARD_PAGE:
        return []
    chosen = {MPESA} if order.payment_method == CARD else {MPESA, order.payment_method}
    return [
        {"code": code, "label": gateway.label}
        for code, gateway in offered().items()
        if code not in chosen
    ]


def _pretend_phone(status: PaymentStatus) -> str:
    """Return where a newcomer on an own machine answers the request."""
    if not settings.PRETEND_PHONE_URL or not status.open:
        return ""
    return f"{settings.PRETEND_PHONE_URL}{status.phone.removeprefix('+')}/"
