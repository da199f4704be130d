"""Decide what money means for a payment, and write it down. Callers hold order and payment."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from shop.core.clock import now
from shop.orders import rules as order_rules
from shop.orders.models import Order
from shop.payments import rules
from shop.payments.models import Payment

State = Payment.State


@dataclass(frozen=True, slots=True)
class Money:
    """What came: a query knows neither amount nor receipt, only that what was asked for came."""

    amount: Decimal | None = None
    receipt: str = ""


class Decision(Enum):
    """What to make of money for a payment of an order."""

    TAKE = auto()
    REOPEN = auto()
    FILL = auto()
    KNOWN = auto()
    NOTED_ELSEWHERE = auto()
    FOREIGN_RECEIPT = auto()
    WRONG_AMOUNT = auto()
    DOUBLE = auto()
    DOUBLE_ANEW = auto()


def decide(order: Order | None, payment: Payment, money: Money) -> Decision:
    """Say what money means; the payment may be one that is not written yet."""
    other = noted(money.receipt, but=payment.pk)
    if other is not None:
        same = other.order_id == (order.pk if order else None)
        return Decision.NOTED_ELSEWHERE if same else Decision.FOREIGN_RECEIPT
    if payment.state in (State.PAID, State.REVIEW):
        return _decide_again(payment, money)
    if money.amount is not None and money.amount != payment.amount:
        return Decision.WRONG_AMOUNT
    if order is None:
        return Decision.TAKE
    if order.payment_status != Order.PaymentStatus.UNPAID:
        return Decision.DOUBLE
    return Decision.REOPEN if order.status == order_rules.CANCELLED else Decision.TAKE


def _decide_again(payment: Payment, money: Money) -> Decision:
    if not money.receipt or payment.receipt == money.receipt:
        return Decision.KNOWN
    # A question found this money and knew no receipt; the receipt of a mismatch is another's.
    found = not payment.receipt and payment.reason_code != rules.MISMATCH
    if found and money.amount == payment.received:
        return Decision.FILL
    return Decision.DOUBLE_ANEW


def noted(receipt: str, *, but: int | None = None) -> Payment | None:
    """Return the other payment that a receipt belongs to."""
    if not receipt:
        return None
    having = Payment.objects.filter(receipt=receipt)
    return (having.exclude(pk=but) if but else having).first()


def mark_paid(payment: Payment, money: Money) -> None:
    """Note that the money of a payment is there: this is final."""
    payment.state = State.PAID
    payment.reason = payment.reason_code = ""
    _write(payment, money)


def mark_review(payment: Payment, money: Money, reason_code: str) -> None:
    """Note that money came and people must say what becomes of it."""
    payment.state = State.REVIEW
    payment.reason_code, payment.reason = reason_code, rules.REVIEWS[reason_code]
    if reason_code == rules.MISMATCH:  # the receipt is another payment's
        money = Money(money.amount)
    _write(payment, money)


def mark_ended(payment: Payment, code: str) -> None:
    """Note that a prompt brought no money."""
    verdict = rules.verdict(code)
    payment.state = State(verdict.state)
    payment.reason_code, payment.reason = code[:30], verdict.message
    _write(payment, None)


def fill_receipt(payment: Payment, money: Money) -> None:
    """Note the receipt of money that was known already."""
    _write(payment, money)


def _write(payment: Payment, money: Money | None) -> None:
    if money is not None:
        payment.received = money.amount if money.amount is not None else payment.amount
        payment.received_at = payment.received_at or now()
        payment.receipt = money.receipt or None
        payment.reference = money.receipt or payment.reference
    payment.next_try_at = payment.next_query_at = None
    payment.save()


def another(payment: Payment) -> Payment:
    """Return an unwritten payment for money that came on top of `payment`."""
    return Payment(
        order_id=payment.order_id,
        method=payment.method,
        amount=payment.amount,
        currency=payment.currency,
        phone=payment.phone,
    )


def ask_soon(payment: Payment) -> None:
    """Let Daraja be asked at once what became of a prompt."""
    if payment.state == State.PENDING:
        Payment.objects.filter(pk=payment.pk, state=State.PENDING).update(next_query_at=now())
