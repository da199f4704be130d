"""Note what became of a refund, with the order it belongs to; money is the truth here as well."""

import logging
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from shop.core.errors import Conflict
from shop.core.money import display
from shop.flows.alert_people import alert_people
from shop.flows.settle_payment import EventState, Settled
from shop.notifications.actions import announce
from shop.notifications.models import Event as Message
from shop.orders import actions as orders
from shop.orders.models import Order, OrderEvent
from shop.payments import actions as payments
from shop.payments import refund_rules
from shop.payments.actions import refunds
from shop.payments.gateways.answer import MONEY, RefundResult
from shop.payments.models import Payment, Refund
from shop.payments.queries import left_to_pay

logger = logging.getLogger(__name__)

State = Refund.State


def locked(refund_id: int) -> Refund:
    """Return a refund under lock, its order and its payment locked before it."""
    owner = Refund.objects.values("payment_id", "payment__order_id").get(pk=refund_id)
    order = None
    if owner["payment__order_id"] is not None:
        order = Order.objects.select_for_update().get(pk=owner["payment__order_id"])
    payment = Payment.objects.select_for_update().get(pk=owner["payment_id"])
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    payment.order, refund.payment = order, payment
    return refund


def finish(refund: Refund, *, reference: str, receipt: str = "", actor: str = "") -> None:
    """Note that a locked refund's money went back, and let everybody know."""
    refunds.mark_done(refund, reference=reference, receipt=receipt)
    order = refund.payment.order
    if order is None:
        return
    words = " ".join(filter(None, [display(refund.amount), refund.reference]))
    note_in_timeline(refund, "refund_done", words, actor)
    if refund.payment.state == Payment.State.PAID:
        status = _payment_status(order)
        orders.set_payment_status(order_id=order.pk, status=status, actor=actor, note=words)
        order.payment_status = status
    announce(
        order=order,
        event=Message.REFUNDED,
        words={"amount": display(refund.amount), "receipt": refund.reference},
        occasion=f"refund:{refund.pk}",
    )


def _payment_status(order: Order) -> str:
    """Say how an order stands whose money is here, or went back in part.

    What came on top of its price makes no difference, and one that waits for the rest still does.
    """
    paid = Payment.objects.filter(order=order, state=Payment.State.PAID)
    came = sum((p.received or p.amount for p in paid), Decimal(0))
    gone = Refund.objects.filter(payment__in=paid, state=State.DONE).aggregate(n=Sum("amount"))["n"]
    if gone and gone >= came:
        return Order.PaymentStatus.REFUNDED
    if order.payment_status == Order.PaymentStatus.UNPAID:
        return Order.PaymentStatus.UNPAID
    if not gone or came - gone >= order.payable:
        return Order.PaymentStatus.PAID
    return Order.PaymentStatus.PARTLY_REFUNDED


def fail(refund: Refund, code: str, *, said: str = "", actor: str = "") -> None:
    """Note that a locked refund's money stayed, and tell people."""
    refunds.mark_failed(refund, code, said)
    note_in_timeline(refund, "refund_failed", refund.problem, actor)
    _stays_here(refund, actor)
    _tell_people(refund)


def _stays_here(refund: Refund, actor: str) -> None:
    """Let money that was to go back count again: an order that waited for the rest may be paid."""
    order = refund.payment.order
    if order is None or order.payment_status != Order.PaymentStatus.UNPAID:
        return
    if refund.payment.state == Payment.State.PAID and left_to_pay(order) <= 0:
        payments.cancel_unsent(order_id=order.pk)
        orders.set_payment_status(
            order_id=order.pk, status=Order.PaymentStatus.PAID, actor=actor, note="It stayed here"
        )


def leave_open(refund: Refund, code: str) -> None:
    """Note that nobody knows whether a locked refund's money went, and tell people."""
    refunds.mark_unsure(refund, code)
    note_in_timeline(refund, "refund_unsure", refund.problem)
    _tell_people(refund)


def note_in_timeline(refund: Refund, kind: str, text: str, actor: str = "") -> None:
    """Write a line into the order's timeline, where there is an order."""
    order = refund.payment.order
    if order is not None:
        OrderEvent.objects.create(order=order, kind=kind, text=text[:300], actor=actor[:150])


def _tell_people(refund: Refund) -> None:
    order = refund.payment.order
    number = order.readable_number if order else f"payment #{refund.payment_id}"
    logger.warning("Refund %s: %s", refund.pk, refund.problem)
    alert_people(f"Refund of {display(refund.amount)}, {number}: {refund.problem}")


def apply_result(refund_id: int, result: RefundResult) -> Settled:
    """Apply what the provider says became of a refund; returns the event's state and outcome.

    A success counts whatever was thought before; nothing undoes it.
    """
    refund = locked(refund_id)
    if not _about(refund, result):
        return EventState.REFUSED, "It names another refund than the one that was asked for."
    if refund.provider_id is None:
        refund.provider_id = result.request_id[:80]
    if refund.state == State.DONE:
        return _known_already(refund, result)
    if result.code != MONEY:
        return _no_success(refund, result)
    if result.amount is not None and result.amount != refund.amount:
        leave_open(refund, refund_rules.LATE)
        return EventState.REVIEW, "Another amount went back than was asked for."
    if refund.state == State.FAILED and refund.amount > refund.payment.refundable:
        note_in_timeline(refund, "refund_twice", f"{display(refund.amount)} {result.receipt}")
        text = f"Refund #{refund.pk} was given up and went back after all: the money is out twice."
        alert_people(text)
        return EventState.REVIEW, text
    finish(refund, reference=result.receipt, receipt=result.receipt)
    return EventState.APPLIED, f"Refund #{refund.pk} went back."


def _about(refund: Refund, result: RefundResult) -> bool:
    pairs = (
        (refund.provider_id, result.request_id),
        (refund.payment.receipt, result.original),
    )
    return all(not known or not said or known == said for known, said in pairs)


def _known_already(refund: Refund, result: RefundResult) -> Settled:
    if result.code == MONEY and result.receipt and refund.receipt is None:
        refund.receipt = result.receipt
        refund.save(update_fields=["receipt", "provider_id", "updated_at"])
        return EventState.APPLIED, f"The receipt of refund #{refund.pk} is known now."
    return EventState.IGNORED, "This refund was noted before."


def _no_success(refund: Refund, result: RefundResult) -> Settled:
    said = f"{result.description} [{result.code}]"
    if refund.state == State.FAILED:
        return EventState.IGNORED, "This refund had failed before."
    if result.code in refund_rules.UNSURE:
        leave_open(refund, result.code)
        return EventState.REVIEW, said
    fail(refund, result.code, said=said)
    return EventState.APPLIED, f"No money went back: {said}"


@transaction.atomic
def note_by_hand(*, refund_id: int, reference: str, actor: str = "") -> Refund:
    """Note that people sent the money back, or saw that it went.

    Raises Conflict `refund_closed` where nothing is left to decide.
    """
    refund = _to_decide(refund_id)
    finish(refund, reference=reference, actor=actor)
    return refund


@transaction.atomic
def give_up(*, refund_id: int, actor: str = "") -> Refund:
    """Note that people will not send the money, or saw that it did not go.

    Raises Conflict `refund_closed` where nothing is left to decide.
    """
    refund = _to_decide(refund_id)
    refunds.mark_failed(refund, refund_rules.GIVEN_UP)
    note_in_timeline(refund, "refund_failed", refund.problem, actor)
    _stays_here(refund, actor)
    return refund


def _to_decide(refund_id: int) -> Refund:
    refund = locked(refund_id)
    if not refunds.people_decide(refund):
        raise Conflict(
            "refund_closed", f"This refund is {refund.get_state_display().lower()}; leave it so."
        )
    return refund
