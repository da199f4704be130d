"""Write refunds and what becomes of them. Callers hold the payment, and its order before it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.core.money import ZERO, display
from shop.core.numbers import new_secret
from shop.core.queue import enqueue_after_commit
from shop.orders.repaid import note_repaid
from shop.payments import refund_rules, rules
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment, Refund
from shop.payments.signals import refund_done

SEND = "shop.flows.tasks.send_refund"
State = Refund.State


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to send one refund until `lease`, which no other worker's is."""

    refund_id: int
    lease: datetime

    def update(self, **fields: Any) -> bool:
        """Change the refund while it is still this worker's, and commit."""
        with transaction.atomic(durable=True):
            mine = Refund.objects.filter(
                pk=self.refund_id, state__in=[State.REQUESTED, State.SENT], next_try_at=self.lease
            )
            return bool(mine.update(**fields, updated_at=now()))


def promise(payment: Payment, **fields: Any) -> Refund:
    """Write a refund of a locked payment, and count its amount as gone.

    Raises Conflict `not_paid`, `nothing_left` or `refund_too_large`, or ShopError `invalid_amount`
    or `whole_units_only`.
    """
    amount: Decimal = fields["amount"]
    if payment.state not in (Payment.State.PAID, Payment.State.REVIEW):
        raise Conflict("not_paid", "No money came with this payment; nothing can go back.")
    if payment.refundable <= 0:
        raise Conflict("nothing_left", "All of this money went back before, or is about to.")
    if amount <= 0:
        raise ShopError("invalid_amount", "Name an amount above zero.", field="amount")
    if amount > payment.refundable:
        raise Conflict(
            "refund_too_large",
            f"At most {display(payment.refundable)} of this payment can still go back.",
            field="amount",
        )
    if GATEWAYS[payment.method].payable(amount) != amount:
        raise ShopError(
            "whole_units_only", "This provider moves whole shillings only.", field="amount"
        )
    payment.refunded += amount
    payment.save(update_fields=["refunded", "updated_at"])
    return Refund.objects.create(payment=payment, currency=payment.currency, **fields)


def hand_on(refund: Refund) -> None:
    """Let the worker ask the provider; where it cannot be asked, people send the money."""
    if GATEWAYS[refund.payment.method].gives_back(refund.payment):
        refund.notify_token, refund.next_try_at = new_secret(), now()
        refund.save(update_fields=["notify_token", "next_try_at", "updated_at"])
        enqueue_after_commit(SEND, refund.pk)
    else:
        refund.state = State.BY_HAND
        refund.save(update_fields=["state", "updated_at"])


def mark_done(refund: Refund, *, reference: str, receipt: str = "") -> None:
    """Note that the money went back: this is final. One that had failed is counted again.

    Raises Conflict `receipt_known` for a way back that is noted with another refund.
    """
    if receipt and Refund.objects.filter(receipt=receipt).exclude(pk=refund.pk).exists():
        raise Conflict("receipt_known", "This receipt is noted with another refund.")
    if refund.state == State.FAILED:
        refund.payment.refunded += refund.amount
        refund.payment.save(update_fields=["refunded", "updated_at"])
    refund.state, refund.done_at = State.DONE, now()
    refund.reference, refund.receipt = reference or receipt, receipt or None
    refund.problem = refund.problem_code = ""
    refund.next_try_at = None
    refund.save()
    _tell_order(refund)
    refund_done.send(sender=Refund, refund=refund)


def _tell_order(refund: Refund) -> None:
    """Keep with the order what went back of its price: what came on top of it goes back first."""
    order = refund.payment.order
    if order is None or refund.payment.state != Payment.State.PAID:
        return
    paid = Payment.objects.filter(order=order, state=Payment.State.PAID)
    came = paid.aggregate(n=Sum(Coalesce("received", "amount")))["n"] or ZERO
    done = Refund.objects.filter(payment__in=paid, state=State.DONE)
    gone = done.aggregate(n=Sum("amount"))["n"] or ZERO
    surplus = max(came - order.payable, ZERO)
    note_repaid(
        order_id=order.pk,
        refunded=min(max(gone - surplus, ZERO), order.total),
        lines={line.order_line_id: (line.quantity, line.amount) for line in refund.lines.all()},
    )


def mark_failed(refund: Refund, code: str, said: str = "") -> None:
    """Note that the money stayed: it can go back by another refund."""
    refund.payment.refunded -= refund.amount
    refund.payment.save(update_fields=["refunded", "updated_at"])
    refund.state, refund.next_try_at = State.FAILED, None
    refund.problem_code = code[:30]
    refund.problem = " ".join(filter(None, [refund_rules.failure(code), said]))[:300]
    refund.save()


def mark_unsure(refund: Refund, code: str) -> None:
    """Note that nobody knows whether the money went; only people or the provider end it."""
    refund.state, refund.next_try_at = State.SENT, None
    refund.problem_code, refund.problem = code, refund_rules.UNSURE[code]
    refund.save()


def people_decide(refund: Refund) -> bool:
    """Tell whether people may say what became of a refund: nobody else will."""
    unsure = refund.state == State.SENT and refund.problem_code in refund_rules.UNSURE
    return unsure or refund.state == State.BY_HAND


def claim(refund_id: int) -> Claim | None:
    """Take a refund that is due for this worker: one conditional update decides between rivals."""
    moment = now()
    lease = moment + rules.LEASE
    with transaction.atomic(durable=True):
        taken = Refund.objects.filter(
            pk=refund_id,
            state=State.REQUESTED,
            asked_at=None,
            next_try_at__lte=moment,
            attempts__lt=rules.MAX_ATTEMPTS,
        ).update(attempts=F("attempts") + 1, next_try_at=lease, updated_at=moment)
    return Claim(refund_id, lease) if taken else None
