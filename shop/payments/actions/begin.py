"""Begin payments, and close them by hand."""

from decimal import Decimal

from django.db import transaction

from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.payments import rules
from shop.payments.gateways import GATEWAYS, offered
from shop.payments.models import Payment
from shop.payments.queries import same_asked_at, seconds_left

State = Payment.State


def require_method(code: str) -> str:
    """Return the code of an offered way to pay; the usual one if none is named.

    Raises ShopError `unknown_payment_method`.
    """
    ways = offered()
    if not code:
        return next(iter(ways))
    if code not in ways:
        raise ShopError(
            "unknown_payment_method",
            f"This way to pay is not offered. Offered: {', '.join(ways)}.",
            field="payment_method",
        )
    return code


def start(
    *, order_id: int | None, method: str, amount: Decimal, currency: str, phone: str = ""
) -> Payment | None:
    """Write a pending payment and hand it to its gateway; None where nothing is to be paid.

    Raises ShopError `invalid_phone` or `amount_too_large`.
    """
    if amount <= 0:
        return None
    gateway = GATEWAYS[method]
    payment = Payment.objects.create(
        order_id=order_id,
        method=method,
        amount=gateway.payable(amount),
        currency=currency,
        phone=gateway.payer(phone),
    )
    gateway.start(payment)
    return payment


def require_pause(*, order_id: int | None, phone: str, amount: Decimal) -> None:
    """Refuse what M-Pesa would refuse, or what nobody would want on a phone.

    Raises Conflict `prompt_sent_recently` (details: retry_in, seconds) or `too_many_prompts`.
    """
    asked_at = same_asked_at(phone=phone, amount=amount)
    if asked_at is not None:
        left = seconds_left(asked_at)
        raise Conflict(
            "prompt_sent_recently",
            f"This phone was asked for the same amount a moment ago. Try again in {left} seconds,"
            " or use another phone.",
            field="phone",
            details=[{"retry_in": left}],
        )
    recent = Payment.objects.filter(asked_at__gt=now() - rules.PROMPTS_WITHIN)
    mine = recent.filter(phone=phone) if order_id is None else recent.filter(order_id=order_id)
    if mine.count() >= rules.MOST_PROMPTS:
        raise Conflict(
            "too_many_prompts",
            "Money was asked for too often. Please wait an hour, or pay in another way.",
        )


def pending(*, order_id: int, method: str = "", phone: str = "") -> Payment | None:
    """Return the latest payment of an order that still waits for its money."""
    waiting = Payment.objects.filter(order_id=order_id, state=State.PENDING)
    if method:
        waiting = waiting.filter(method=method, phone=phone)
    return waiting.order_by("pk").last()


def cancel_unsent(*, order_id: int) -> None:
    """Close what is open of an order's payments, but for prompts that a phone may have got.

    Those end by their own answer: the money may be on its way.
    """
    Payment.objects.filter(order_id=order_id, state=State.PENDING, asked_at=None).update(
        state=State.CANCELLED, next_try_at=None, updated_at=now()
    )


@transaction.atomic
def confirm(*, payment_id: int, reference: str) -> Payment:
    """Note that the money of a pending payment is there. A second call changes nothing.

    Raises Conflict `payment_closed` for a payment that failed or was cancelled, `receipt_known`
    for a receipt that was noted before.
    """
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.state == State.PAID:
        return payment
    if payment.state != State.PENDING:
        raise Conflict("payment_closed", "This payment was cancelled or failed before.")
    receipt = rules.receipt_in(reference)
    if receipt and Payment.objects.filter(receipt=receipt).exists():
        raise Conflict("receipt_known", "This receipt is noted with another payment.")
    payment.state, payment.reference, payment.receipt = State.PAID, reference, receipt or None
    payment.received, payment.received_at = payment.amount, now()
    payment.next_try_at = payment.next_query_at = None
    payment.save()
    return payment
