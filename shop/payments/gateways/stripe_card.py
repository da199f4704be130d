"""Pay by card on a page of Stripe's: the shop never sees a card's number.

Fields and events: Stripe's API reference "Checkout Sessions", "Refunds" and "Webhooks". The SDK is
loaded by whoever first needs it, so that a shop without cards does not carry it.
"""

import json
import math
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings

from shop.core.clock import now
from shop.core.money import ZERO, round_money, whole_units
from shop.core.numbers import new_secret
from shop.core.queue import enqueue_after_commit
from shop.payments.gateways.answer import (
    ACCEPTED,
    MONEY,
    REFUSED,
    RETRY,
    Answer,
    RefundResult,
    Result,
)
from shop.payments.gateways.interface import Told
from shop.payments.models import Payment, ProviderEvent, Refund
from shop.payments.refund_rules import LOST, REVERSED_BEFORE

CODE = "card"
OPEN_PAGE = "shop.payments.tasks.open_card_page"

# What Stripe counts in whole units, and what it counts in hundredths but moves in whole units
# (page "Supported currencies").
WHOLE = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split())
ROUND_HUNDREDTHS = frozenset({"UGX", "ISK"})
# How long a page can be paid on; Stripe allows no less than half an hour from when it is made.
PAGE_OPEN = timedelta(minutes=45)
# How far apart a signature's time and the arrival may be.
FRESH = timedelta(minutes=5)
# Seconds to wait for Stripe where a shopper waits for the shop.
SOMEBODY_WAITS = 5.0

EXPIRED = "card_expired"
FAILED = "card_failed"


class StripeCard:
    """A Checkout Session: the payer goes to Stripe's page and comes back to the order's."""

    code = CODE
    label = "Card"
    description = "Visa or Mastercard, on the page of our card service"
    asks_phone = False
    pays_first = True

    def configured(self) -> bool:
        """The shop has a key, and a secret that proves what Stripe says."""
        return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)

    def payable(self, amount: Decimal) -> Decimal:
        """Return what Stripe moves: whole units of a currency that has no others."""
        coarse = settings.STORE_CURRENCY in WHOLE | ROUND_HUNDREDTHS
        return whole_units(amount) if coarse else round_money(amount)

    def payer(self, phone: str) -> str:
        """Nobody is asked."""
        return ""

    def start(self, payment: Payment) -> None:
        """Let the worker have a page made; the payer is sent there once it is."""
        payment.notify_token = new_secret()
        payment.next_try_at = now()
        payment.save(update_fields=["notify_token", "next_try_at", "updated_at"])
        enqueue_after_commit(OPEN_PAGE, payment.pk)

    def open_page(self, payment: Payment, *, name: str, back: str) -> Answer:
        """Have a page made; `data` says its `id` and `url`. Asked again, it is the same page."""
        token = payment.notify_token or ""
        price = {
            "currency": payment.currency.lower(),
            "unit_amount": _units(payment.amount, payment.currency),
            "product_data": {"name": name},
        }
        params = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
            "client_reference_id": token,
            "success_url": back,
            "cancel_url": back,
            "expires_at": int((payment.created_at + PAGE_OPEN).timestamp()),
        }
        answer = _call(
            lambda client: client.v1.checkout.sessions.create(
                params=params, options={"idempotency_key": f"payment-{token}"}
            )
        )
        if answer.kind == ACCEPTED and not (answer.data or {}).get("url"):
            return Answer(REFUSED, "Stripe made no page", body=answer.body)
        return answer

    def read(self, event: ProviderEvent) -> Result | RefundResult | None:
        """Read a webhook; None where its signature does not prove that Stripe sent it."""
        sdk = _sdk()
        try:
            sdk.WebhookSignature.verify_header(
                event.body, event.signature, settings.STRIPE_WEBHOOK_SECRET
            )
            told = json.loads(event.body)
        except (sdk.SignatureVerificationError, ValueError):
            return None
        if not _fresh(event) or not isinstance(told, dict):
            return None
        data = told.get("data")
        about = data.get("object") if isinstance(data, dict) else None
        if not isinstance(about, dict):
            return None
        kind = str(told.get("type"))
        if kind.startswith(("refund.", "charge.refund.")):
            return _of_refund(about) or _nothing(about)
        if not kind.startswith("checkout.session."):
            return _nothing(about)
        return _of_session(about, failed=kind.endswith("async_payment_failed"))

    def ask(self, payment: Payment, *, timeout: float | None = None) -> Told:
        """Ask what became of a page."""
        return _told(
            _call(
                lambda client: client.v1.checkout.sessions.retrieve(payment.provider_id or ""),
                timeout=timeout,
            )
        )

    def close_page(self, payment: Payment) -> Told:
        """See to it that nobody pays on a page any more, and say what became of it.

        No `result`: a payment may still be going on there, or Stripe gave no answer.
        """
        answer = _call(
            lambda client: client.v1.checkout.sessions.expire(payment.provider_id or ""),
            timeout=SOMEBODY_WAITS,
        )
        if answer.kind == REFUSED:  # it has ended before
            return self.ask(payment, timeout=SOMEBODY_WAITS)
        return _told(answer)

    def gives_back(self, payment: Payment) -> bool:
        """Stripe gives back what it took."""
        return self.configured() and bool(payment.receipt)

    def refund(self, refund: Refund) -> Answer:
        """Ask Stripe to give money back; asked again, it is the same refund."""
        params = {
            "payment_intent": refund.payment.receipt,
            "amount": _units(refund.amount, refund.currency),
        }
        answer = _call(
            lambda client: client.v1.refunds.create(
                params=params, options={"idempotency_key": f"refund-{refund.notify_token}"}
            )
        )
        if answer.kind != ACCEPTED or answer.data is None:
            return answer
        made = _of_refund(answer.data)
        if made is not None and made.code != MONEY:
            return Answer(REFUSED, made.description, made.code, body=answer.body)
        return Answer(
            ACCEPTED,
            data={
                "request_id": str(answer.data.get("id") or "")[:80],
                "receipt": made.receipt if made is not None else "",
            },
            body=answer.body,
        )


@cache
def _sdk() -> Any:
    return import_module("stripe")


def _call(send: Any, *, timeout: float | None = None) -> Answer:
    """Send one request. Each that makes something bears a key, so that a repetition is safe."""
    sdk = _sdk()
    http = sdk.RequestsClient(timeout=min(timeout or math.inf, settings.STRIPE_TIMEOUT))
    client = sdk.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses={"api": settings.STRIPE_API_BASE},
        http_client=http,
        max_network_retries=0,
    )
    try:
        made = send(client)
    except (sdk.APIConnectionError, sdk.RateLimitError) as error:
        return Answer(RETRY, f"Stripe gave no answer ({type(error).__name__})", LOST)
    except sdk.StripeError as error:
        code, text = str(error.code or ""), f"Stripe: {error.user_message or error}"[:300]
        if (error.http_status or 500) >= 500 or error.http_status == 409:
            return Answer(RETRY, text, LOST)
        if code == "charge_already_refunded":
            code = REVERSED_BEFORE
        return Answer(REFUSED, text, code[:30])
    finally:
        http.close()
    data = made.to_dict()
    return Answer(ACCEPTED, data=data, body=json.dumps(data, default=str))


def _told(answer: Answer) -> Told:
    if answer.kind != ACCEPTED or answer.data is None:
        return Told(body=answer.body)
    result = _of_session(answer.data)
    return Told(result if result.code else None, answer.body)


def _fresh(event: ProviderEvent) -> bool:
    """Tell whether a signature was made about when it came: none that was kept is played again."""
    for part in event.signature.split(","):
        name, _equals, value = part.strip().partition("=")
        if name == "t" and value.isdecimal():
            return abs(event.received_at.timestamp() - int(value)) <= FRESH.total_seconds()
    return False


def _of_session(session: dict[str, Any], *, failed: bool = False) -> Result:
    code, amount, receipt = "", None, ""
    if session.get("payment_status") == "paid":
        code, receipt = MONEY, str(session.get("payment_intent") or "")[:64]
        amount = _amount(session.get("amount_total"), session.get("currency"))
    elif failed:
        code = FAILED
    elif session.get("status") == "expired":
        code = EXPIRED
    return Result(
        request_id=str(session.get("id") or "")[:80],
        merchant_id=str(session.get("client_reference_id") or "")[:80],
        code=code,
        description="",
        amount=amount,
        receipt=receipt,
    )


def _of_refund(refund: dict[str, Any]) -> RefundResult | None:
    """Read a refund; None for one that has not ended."""
    status = refund.get("status")
    if status not in ("succeeded", "failed", "canceled"):
        return None
    number = str(refund.get("id") or "")[:64]
    went = status == "succeeded"
    return RefundResult(
        request_id=number,
        code=MONEY if went else str(status),
        description=str(refund.get("failure_reason") or "")[:200],
        amount=_amount(refund.get("amount"), refund.get("currency")),
        receipt=number if went else "",
        original=str(refund.get("payment_intent") or "")[:64],
    )


def _nothing(about: dict[str, Any]) -> Result:
    """Say that a notice was Stripe's and changes nothing."""
    return Result(str(about.get("id") or "")[:80], "", "", "")


def _units(amount: Decimal, currency: str) -> int:
    return int(amount if currency in WHOLE else amount * 100)


def _amount(units: Any, currency: Any) -> Decimal:
    """Return units of Stripe's as an amount; zero, which fits nothing, for another currency."""
    if str(currency).upper() != settings.STORE_CURRENCY:
        return ZERO
    with suppress(ValueError, TypeError):
        return Decimal(int(units)) / (1 if settings.STORE_CURRENCY in WHOLE else 100)
    return ZERO
