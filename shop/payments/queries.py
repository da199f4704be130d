"""How the payment of an order stands, in words for whoever pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from shop.core.clock import now
from shop.core.money import display, whole_units
from shop.orders import rules as order_rules
from shop.orders.models import Order
from shop.payments import rules
from shop.payments.gateways import offered
from shop.payments.gateways.bank_transfer import CODE as BANK
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.gateways.stripe_card import CODE as CARD
from shop.payments.models import Payment, Refund, RefundLine, ReviewStep

State = Payment.State
# People dealt with this money elsewhere.
CLOSED = Exists(ReviewStep.objects.filter(payment=OuterRef("pk"), kind=ReviewStep.Kind.CLOSED))

THANKS = "Paid. Thank you!"
COMES_BACK = (
    "You had paid before the order was cancelled. We send your money back, and write to you when it"
    " is on its way."
)


@dataclass(frozen=True, slots=True)
class Transfer:
    """How to send the money oneself: a Paybill with an account, or a till without one."""

    number: str
    account: str
    amount: Decimal
    till: bool


@dataclass(frozen=True, slots=True)
class BankTransfer:
    """How to transfer the money: the shop's own words, and what stands as the reference."""

    details: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """How the payment of an order stands; `state` is a word of `payments.rules`.

    `can_retry` says whether a new prompt may be asked for now, `retry_in_seconds` when the same
    phone may be asked again (0: now). `payable` says whether money is awaited at all, `method` by
    which way the decisive attempt is, `card_page` where a card is charged.
    """

    state: str
    message: str
    can_retry: bool
    retry_in_seconds: int
    phone: str
    amount: Decimal
    receipt: str
    transfer: Transfer | None
    payable: bool = False
    method: str = ""
    card_page: str = ""
    bank: BankTransfer | None = None

    @property
    def open(self) -> bool:
        """Tell whether it changes by itself: a page that shows it looks again."""
        return self.state in {rules.QUEUED, rules.PROMPT_SENT, rules.CARD_PAGE, rules.WAITING}


def payment_status(order: Order) -> PaymentStatus:
    """Say how the payment of an order stands: one statement."""
    found = Payment.objects.filter(order=order).annotate(closed=CLOSED)
    attempts: list[Any] = list(found.order_by("pk"))
    taken = sum((a.refundable for a in attempts if a.state == State.PAID), Decimal("0.00"))
    shown = _decisive(order, attempts)
    state, message = _words(order, shown)
    awaited = (
        order.payment_status == Order.PaymentStatus.UNPAID and order.status != order_rules.CANCELLED
    )
    payable = awaited and MPESA in offered()
    open_prompt = any(attempt.state == State.PENDING for attempt in _prompts(attempts))
    pause = _pause(shown) if shown and payable else 0
    return PaymentStatus(
        state=state,
        message=message,
        can_retry=payable and not open_prompt and state != rules.REVIEW and pause == 0,
        retry_in_seconds=pause,
        phone=shown.phone if shown else "",
        amount=amount_due(order, taken),
        receipt=_receipts(order, attempts, shown),
        transfer=transfer_for(order, taken) if payable else None,
        payable=awaited and any(way.pays_first for way in offered().values()),
        method=shown.method if shown else "",
        card_page=shown.pay_url if shown and state == rules.CARD_PAGE else "",
        bank=bank_transfer_for(order, taken) if awaited else None,
    )


def bank_transfer_for(order: Order, taken: Decimal | None = None) -> BankTransfer | None:
    """Say how to transfer an order's money; None where the shop has named no account."""
    if BANK not in offered():
        return None
    return BankTransfer(
        details=settings.BANK_TRANSFER_DETAILS,
        reference=order.number,
        amount=left_to_pay(order, taken),
    )


def transfer_for(order: Order, taken: Decimal | None = None) -> Transfer | None:
    """Say where to send an order's money; None where M-Pesa is not set up.

    `taken` is what came of it before, where the caller knows.
    """
    if MPESA not in offered():
        return None
    till = settings.MPESA_TRANSACTION_TYPE == "CustomerBuyGoodsOnline"
    return Transfer(
        number=settings.MPESA_TILL if till else settings.MPESA_SHORTCODE,
        account="" if till else order.number,
        amount=amount_due(order, taken),
        till=till,
    )


def amount_due(order: Order, taken: Decimal | None = None) -> Decimal:
    """Return what M-Pesa moves for an order: whole shillings, at least one.

    `taken` is what came of it before, where the caller knows.
    """
    return max(whole_units(left_to_pay(order, taken)), Decimal("1.00"))


def left_to_pay(order: Order, taken: Decimal | None = None) -> Decimal:
    """Return what an unpaid order still costs after parts that people accepted; else its total."""
    if order.payment_status != Order.PaymentStatus.UNPAID:
        return order.total
    if taken is None:
        paid = Payment.objects.filter(order=order, state=State.PAID)
        taken = sum((payment.refundable for payment in paid), Decimal("0.00"))
    return order.total - taken


def taken_of(order_ids: Iterable[int]) -> dict[int, Decimal]:
    """Return what came of orders and did not go back, by order: one statement."""
    here = Sum(Coalesce("received", "amount") - F("refunded"))
    paid = Payment.objects.filter(order__in=list(order_ids), state=State.PAID).order_by()
    return dict(paid.values_list("order").annotate(here=here))


def on_its_way(order_id: int) -> QuerySet[Payment]:
    """Return the payments of an order that somebody may be making at this moment."""
    return Payment.objects.filter(order_id=order_id, state=State.PENDING, asked_at__isnull=False)


def open_card_pages(order_id: int) -> QuerySet[Payment]:
    """Return the payments of an order whose card pages can still be paid on, the oldest first."""
    return on_its_way(order_id).filter(method=CARD, provider_id__isnull=False).order_by("pk")


def money_has_come(order_id: int) -> bool:
    """Tell whether any money for an order arrived, also money that people must look at.

    What people looked at and gave back whole, or closed, does not count any more.
    """
    paid = Payment.objects.filter(order_id=order_id, state=State.PAID)
    return paid.exists() or is_in_review(order_id)


def is_in_review(order_id: int) -> bool:
    """Tell whether people must look at money for an order."""
    here = Payment.objects.filter(order_id=order_id, state=State.REVIEW, refunded__lt=F("received"))
    return here.exclude(CLOSED).exists()


def paid_payment(order_id: int) -> Payment | None:
    """Return the payment that paid an order and still has money to give back, the largest first."""
    paid = Payment.objects.filter(order_id=order_id, state=State.PAID).order_by("pk")
    here = [payment for payment in paid if payment.refundable > 0]
    return max(here, key=lambda payment: payment.refundable, default=None)


def refunded_units(order_id: int | None) -> dict[int, int]:
    """Return how many units of an order's lines were paid back, or are to be, by line."""
    lines = RefundLine.objects.filter(refund__payment__order=order_id).order_by()
    sure = lines.exclude(refund__state=Refund.State.FAILED)
    return dict(sure.values_list("order_line").annotate(units=Sum("quantity")))


def same_asked_at(*, phone: str, amount: Decimal, but: int = 0) -> datetime | None:
    """Return when this phone was last asked for this amount, if that was within two minutes."""
    asked = Payment.objects.filter(
        phone=phone, amount=amount, asked_at__gt=now() - rules.SAME_AGAIN
    ).exclude(pk=but)
    return asked.order_by("-asked_at").values_list("asked_at", flat=True).first()


def seconds_left(asked_at: datetime, pause: timedelta = rules.SAME_AGAIN) -> int:
    """Return how many whole seconds of a pause are left, at least 0."""
    left = (asked_at + pause - now()).total_seconds()
    return max(0, -int(-left // 1))


def _prompts(attempts: list[Payment]) -> list[Payment]:
    return [attempt for attempt in attempts if attempt.method in (MPESA, CARD)]


def _decisive(order: Order, attempts: list[Payment]) -> Payment | None:
    """Return the attempt that says how the order stands: money first, then what is open."""
    if order.payment_status != Order.PaymentStatus.UNPAID:
        paid = [a for a in attempts if a.state == State.PAID]
        return _last([a for a in paid if a.refundable > 0] or paid)
    prompts = _prompts(attempts)
    here = [a for a in prompts if a.state != State.REVIEW or _must_be_looked_at(a)]
    for state in (State.REVIEW, State.PENDING):
        if found := [attempt for attempt in here if attempt.state == state]:
            return found[-1]
    # One that was closed unsent, for another way or a cancelled order, says nothing, and neither
    # does a part of the price.
    return _last([a for a in here if a.state != State.PAID and _says_something(a)])


def _receipts(order: Order, attempts: list[Payment], shown: Payment | None) -> str:
    """Name the money that is there; of an unpaid order, what the attempt that is shown brought."""
    paid = [a for a in attempts if a.state == State.PAID and a.refundable > 0]
    if order.payment_status == Order.PaymentStatus.UNPAID or not paid:
        paid = [shown] if shown else []
    return ", ".join(filter(None, [a.receipt or a.reference for a in paid]))


def _says_something(attempt: Payment) -> bool:
    return bool(attempt.asked_at or attempt.reason_code) and attempt.reason_code != rules.LEFT


def _must_be_looked_at(attempt: Any) -> bool:
    return attempt.refundable > 0 and not attempt.closed


def _last(attempts: list[Payment]) -> Payment | None:
    return attempts[-1] if attempts else None


def _pause(attempt: Payment) -> int:
    return seconds_left(attempt.asked_at) if attempt.asked_at else 0


def _words(order: Order, attempt: Payment | None) -> tuple[str, str]:
    if order.payment_status == Order.PaymentStatus.REFUNDED:
        return rules.REFUNDED, "All of your money went back to you."
    if order.payment_status == Order.PaymentStatus.PARTLY_REFUNDED:
        return rules.PAID, "A part of your money went back to you."
    if order.payment_status != Order.PaymentStatus.UNPAID:
        cancelled = order.status == order_rules.CANCELLED
        return rules.PAID, COMES_BACK if cancelled else THANKS
    if attempt is None:
        return rules.NONE, ""
    if attempt.state == State.REVIEW:
        return rules.REVIEW, (
            "Your money arrived, but it does not fit this order as it is. Nothing is lost: we look"
            " at it and call you."
        )
    if attempt.state == State.PENDING:
        return _open_words(attempt)
    if order.status == order_rules.CANCELLED:
        return rules.NONE, ""
    verdict = rules.verdict(attempt.reason_code)
    return verdict.word, attempt.reason or verdict.message


def _open_words(attempt: Payment) -> tuple[str, str]:
    amount = display(attempt.amount)
    if attempt.method == CARD:
        return _words_of_a_card(attempt, amount)
    if attempt.asked_at is None:
        waits = f" {attempt.reason}" if attempt.reason else ""
        return rules.QUEUED, f"We are asking M-Pesa to send the request to your phone.{waits}"
    if attempt.provider_id and now() - attempt.asked_at < rules.FRESH:
        return rules.PROMPT_SENT, f"Look at your phone: enter your M-Pesa PIN to pay {amount}."
    return rules.WAITING, "We are waiting for M-Pesa's answer. This page shows it once it is there."


def _words_of_a_card(attempt: Payment, amount: str) -> tuple[str, str]:
    if not attempt.pay_url:
        return rules.QUEUED, "We are opening the page for your card."
    return rules.CARD_PAGE, (
        f"Go on to the page of our card service to pay {amount}. If you have paid there, wait here:"
        " this page says so once we know."
    )
