"""Apply what a provider says of money to the order it is for, under lock and once.

Money is the truth: it wins over "cancelled", "failed" and "no answer", and nothing undoes it. What
does not fit (another amount, a second payment, goods that are gone) is kept for people to look at.
"""

import logging
from collections import Counter
from collections.abc import Callable

from django.db import IntegrityError, transaction

from shop.core.money import display
from shop.flows.alert_people import alert_people
from shop.inventory.actions import InsufficientStock, reserve_again
from shop.notifications.actions import announce
from shop.notifications.models import Event as Message
from shop.orders import actions as orders
from shop.orders.models import Order, OrderEvent
from shop.payments import actions as payments
from shop.payments import rules
from shop.payments.actions import settle
from shop.payments.actions.settle import Decision, Money
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment, ProviderEvent
from shop.payments.queries import amount_due, left_to_pay
from shop.payments.reconciliation.desk import is_payable
from shop.pricing import actions as pricing

logger = logging.getLogger(__name__)

EventState = ProviderEvent.State
FINAL = (Payment.State.PAID, Payment.State.REVIEW)
# An order that moves between a look at it and its lock is looked at again.
LOOKS = 4
# What a message says where only a question found the money: the payer has the receipt.
NO_RECEIPT = "as in M-Pesa's SMS"

Settled = tuple[str, str]

REVIEW_CODES = {
    Decision.WRONG_AMOUNT: rules.AMOUNT,
    Decision.DOUBLE: rules.DOUBLE,
    Decision.DOUBLE_ANEW: rules.DOUBLE,
    Decision.FOREIGN_RECEIPT: rules.MISMATCH,
}


class _Moved(Exception):
    """Something changed between a look and the lock."""


def settle_payment(
    *, order_id: int | None, payment: Payment, money: Money, alert: bool = True
) -> Settled:
    """Write down money that came; returns the event's state and what was done.

    `payment` may be one that is not written yet, and `order_id` None: people say later what the
    money is for. With `alert` staff are told of what they must look at. Runs in the caller's
    transaction, which `in_fresh_transactions` repeats if the order moves meanwhile.
    """
    order = Order.objects.get(pk=order_id) if order_id is not None else None
    seen = _decided(order, payment, money)
    # Stock is locked before the order, here as everywhere.
    has_stock = order is not None and seen == Decision.REOPEN and promise_again(order)
    if order is not None:
        order = Order.objects.select_for_update().get(pk=order.pk)
    if payment.pk:
        payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if _decided(order, payment, money) != seen:
        raise _Moved
    if seen in (Decision.KNOWN, Decision.NOTED_ELSEWHERE, Decision.FILL):
        return _known(payment, money, seen)
    if seen == Decision.FOREIGN_RECEIPT and payment.state in FINAL:
        return EventState.REVIEW, rules.REVIEWS[rules.MISMATCH]
    if seen in REVIEW_CODES or (seen == Decision.REOPEN and not has_stock):
        return _review(order, payment, money, seen, alert)
    if seen == Decision.REOPEN and order is not None:
        orders.reopen(order_id=order.pk, note="Its money came after it was cancelled")
        pricing.take_again(reference=order.number)
    return _take(order, payment, money)


def _decided(order: Order | None, payment: Payment, money: Money) -> Decision:
    seen = settle.decide(order, payment, money)
    taken = seen in (Decision.TAKE, Decision.REOPEN)
    if order is None or not taken or _still_costs(order, payment):
        return seen
    return Decision.WRONG_AMOUNT


def _still_costs(order: Order, payment: Payment) -> bool:
    """Tell whether a payment is for what its order costs.

    Since it was asked for, the order may have been changed, or a part of its price have come.
    """
    left = left_to_pay(order)
    return payment.amount in (left, amount_due(order, order.total - left))


def _known(payment: Payment, money: Money, seen: Decision) -> Settled:
    if seen == Decision.KNOWN:
        return EventState.IGNORED, "This money was noted before."
    if seen == Decision.NOTED_ELSEWHERE:
        return _noted_elsewhere(payment)
    settle.fill_receipt(payment, money)
    return EventState.APPLIED, f"The receipt of payment #{payment.pk} is known now."


def _take(order: Order | None, payment: Payment, money: Money) -> Settled:
    settle.mark_paid(payment, money)
    if order is None:
        return EventState.APPLIED, f"Payment #{payment.pk} came; it has no order yet."
    paid_in_full(order, payment, receipt=money.receipt)
    return EventState.APPLIED, f"Order {order.number} is paid."


def paid_in_full(order: Order, payment: Payment, *, receipt: str, actor: str = "") -> Order:
    """Note that a locked order's money is there, close what else is open, tell the customer."""
    payments.cancel_unsent(order_id=order.pk)
    paid = orders.set_payment_status(
        order_id=order.pk,
        status=Order.PaymentStatus.PAID,
        actor=actor,
        note=" ".join(filter(None, [str(payment.amount), payment.currency, receipt])),
    )
    tell_paid(paid, payment, receipt=receipt or NO_RECEIPT)
    return paid


def tell_paid(order: Order, payment: Payment, *, receipt: str) -> None:
    """Thank for money; for the rest of an order that was changed once more."""
    others = Payment.objects.filter(order=order, state=Payment.State.PAID).exclude(pk=payment.pk)
    occasion = str(payment.pk) if others.exists() else ""
    announce(order=order, event=Message.PAID, words={"receipt": receipt}, occasion=occasion)


def _review(
    order: Order | None, payment: Payment, money: Money, decision: Decision, alert: bool
) -> Settled:
    code = REVIEW_CODES.get(decision, rules.NO_STOCK)
    if decision == Decision.DOUBLE_ANEW:
        payment = settle.another(payment)
    if order is not None and decision == Decision.WRONG_AMOUNT and is_payable(order):
        # What was asked for may be what came; people see how it is off from what is due now.
        money = Money(payment.amount if money.amount is None else money.amount, money.receipt)
        payment.amount = amount_due(order)
    settle.mark_review(payment, money, code)
    return look_at(order, payment, receipt=money.receipt, alert=alert)


def look_at(order: Order | None, payment: Payment, *, receipt: str, alert: bool = True) -> Settled:
    """Tell staff, and the order's timeline, of money that people must look at."""
    code = payment.reason_code
    words = rules.REVIEWS[code]
    text = f"{display(payment.received or payment.amount)} {receipt}: {words}"
    if order is not None:
        OrderEvent.objects.create(order=order, kind="payment_review", text=text[:300])
    number = f"order {order.readable_number}" if order else f"payment #{payment.pk}"
    if alert:
        alert_people(f"Money needs a look, {number}: {text}")
    logger.warning("Payment %s needs a look: %s", payment.pk, code)
    return EventState.REVIEW, f"Payment #{payment.pk}: {words}"


def _noted_elsewhere(payment: Payment) -> Settled:
    if payment.pk and payment.state == Payment.State.PENDING:
        settle.mark_ended(payment, rules.ELSEWHERE)
    return EventState.IGNORED, "This money is noted with another payment."


def promise_again(order: Order) -> bool:
    """Promise a cancelled order its goods once more; False where they are gone."""
    demand: Counter[int] = Counter()
    skus: dict[int, str] = {}
    for line in order.lines.all():
        demand[line.variant_id] += line.quantity
        skus[line.variant_id] = line.sku
    try:
        reserve_again(reference=order.number, demand=demand, skus=skus)
    except InsufficientStock:
        return False
    return True


def end_prompt(*, payment_id: int, code: str, said: str = "") -> Settled:
    """Note that a prompt brought no money; one that did, or that ended before, stays as it is."""
    order_id = Payment.objects.values_list("order_id", flat=True).get(pk=payment_id)
    order = Order.objects.select_for_update().get(pk=order_id) if order_id else None
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.state != Payment.State.PENDING:
        return EventState.IGNORED, f"The payment was {payment.get_state_display().lower()} before."
    settle.mark_ended(payment, code)
    if order is not None:
        way = f"{GATEWAYS[payment.method].label} {rules.masked(payment.phone)}".strip()
        text = f"{way}: {said or payment.reason} [{code}]"
        OrderEvent.objects.create(order=order, kind="payment_failed", text=text[:300])
    return EventState.APPLIED, f"No money: {said or payment.reason} [{code}]"


def in_fresh_transactions(apply: Callable[[], None]) -> None:
    """Run `apply` in a transaction of its own; again where somebody else was quicker."""
    for last in (*[False] * (LOOKS - 1), True):
        try:
            with transaction.atomic():
                apply()
        except (_Moved, IntegrityError):
            if last:
                raise
        else:
            return
