"""Pay with M-Pesa: a request on the payer's phone, confirmed with the PIN."""

import re
from dataclasses import replace
from decimal import Decimal

from django.conf import settings

from shop.core.clock import now
from shop.core.errors import ShopError
from shop.core.money import display, whole_units
from shop.core.numbers import new_secret
from shop.core.queue import enqueue_after_commit
from shop.orders.contact import parse_phone
from shop.payments.gateways import notices
from shop.payments.gateways.answer import ACCEPTED, REFUSED, Answer, RefundResult, Result
from shop.payments.gateways.daraja import Daraja
from shop.payments.gateways.interface import Told
from shop.payments.models import Payment, ProviderEvent, Refund
from shop.payments.rules import STILL_OPEN

CODE = "mpesa"
SEND = "shop.payments.tasks.send_prompt"

# Numbers of 07xx and, since 2019, 01xx; the prefix does not prove the network.
_KENYAN_MOBILE = re.compile(r"^\+254[17]\d{8}$")
# Of one transaction, since 2023.
MOST = Decimal(250_000)


class Mpesa:
    """Ask through Daraja's STK push; the answer comes to the payment's own address."""

    code = CODE
    label = "M-Pesa"
    description = "You get a request from M-Pesa and enter your PIN"
    asks_phone = True
    pays_first = True

    def configured(self) -> bool:
        """M-Pesa has credentials, and moves shillings of Kenya only."""
        return settings.STORE_CURRENCY == "KES" and all(
            (
                settings.MPESA_CONSUMER_KEY,
                settings.MPESA_CONSUMER_SECRET,
                settings.MPESA_SHORTCODE,
                settings.MPESA_PASSKEY,
            )
        )

    def payable(self, amount: Decimal) -> Decimal:
        """Return whole shillings, at least one. Raises ShopError `amount_too_large`."""
        whole = max(whole_units(amount), Decimal("1.00"))
        if whole > MOST:
            raise ShopError(
                "amount_too_large",
                f"M-Pesa moves at most {display(MOST)} at once; please choose another way to pay.",
                field="payment_method",
            )
        return whole

    def payer(self, phone: str) -> str:
        """Return a Kenyan mobile number, "+254712345678". Raises ShopError `invalid_phone`."""
        number = parse_phone(phone)
        text = number.as_e164 if number else ""
        if not _KENYAN_MOBILE.match(text):
            raise ShopError(
                "invalid_phone",
                "M-Pesa needs a Kenyan mobile number, such as 0712 345 678.",
                field="phone",
            )
        return text

    def start(self, payment: Payment) -> None:
        """Give the payment an address for its answer, and let the worker ask."""
        payment.notify_token = new_secret()
        payment.next_try_at = now()
        payment.save(update_fields=["notify_token", "next_try_at", "updated_at"])
        enqueue_after_commit(SEND, payment.pk)

    def read(self, event: ProviderEvent) -> Result | RefundResult | None:
        """Read the callback of a prompt, or the result of a reversal."""
        if event.kind == ProviderEvent.Kind.REFUND_RESULT:
            return notices.read_reversal(event.body)
        return notices.read_result(event.body)

    def ask(self, payment: Payment) -> Told:
        """Ask Daraja about a prompt: it knows the end of it, neither amount nor receipt."""
        answer = Daraja().ask(payment.provider_id or "")
        data = answer.data or {}
        code = str(data.get("ResultCode", "")) if answer.kind == ACCEPTED else ""
        if not code or code in STILL_OPEN:
            return Told(body=answer.body)
        said = str(data.get("ResultDesc", ""))[:200]
        return Told(Result(payment.provider_id or "", "", code, said), answer.body)

    def gives_back(self, payment: Payment) -> bool:
        """Daraja reverses what has a receipt, for a shop with an initiator."""
        return bool(
            self.configured()
            and payment.receipt
            and settings.MPESA_INITIATOR
            and settings.MPESA_SECURITY_CREDENTIAL
        )

    def refund(self, refund: Refund) -> Answer:
        """Ask Daraja to reverse; it takes the wish and tells the result later."""
        address = f"{settings.CALLBACK_BASE_URL}/payments/notify/{refund.notify_token}/"
        answer = Daraja().reverse(
            receipt=refund.payment.receipt or "",
            amount=int(refund.amount),
            remarks=f"Refund {refund.pk}",
            result=address,
            timeout=f"{address}late/",
        )
        data = answer.data or {}
        if answer.kind != ACCEPTED:
            return answer
        if str(data.get("ResponseCode", "")).strip("0"):
            told = str(data.get("ResponseDescription", ""))[:200]
            return replace(answer, kind=REFUSED, reason=f"Daraja: {told}")
        return replace(answer, data={"request_id": str(data.get("ConversationID") or "")[:80]})
