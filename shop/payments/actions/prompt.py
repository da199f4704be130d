"""Ask phones for money: each step is committed before the next one begins."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.orders import rules as order_rules
from shop.orders.models import Order, OrderEvent
from shop.payments import rules
from shop.payments.gateways.answer import ACCEPTED, RETRY, UNKNOWN, Answer
from shop.payments.gateways.daraja import Daraja
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.gateways.mpesa import SEND
from shop.payments.models import Payment
from shop.payments.queries import same_asked_at
from shop.payments.rules import masked

logger = logging.getLogger(__name__)

State = Payment.State

DESCRIPTION = "Order payment"  # 13 letters, Daraja's most
# A first try has its own place in the queue; only after this long is it taken for lost.
QUEUE_GRACE = timedelta(minutes=1)
PROMPTS_A_SWEEP = 200


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to ask for one payment until `lease`, which no other worker's is."""

    payment_id: int
    lease: datetime

    def update(self, **fields: Any) -> bool:
        """Change the payment while it is still this worker's and unanswered, and commit."""
        with transaction.atomic(durable=True):
            mine = Payment.objects.filter(
                pk=self.payment_id, state=State.PENDING, next_try_at=self.lease
            )
            return bool(mine.update(**fields, updated_at=now()))


def notify_url(token: str) -> str:
    """Return the address at which Daraja tells what became of a prompt."""
    return f"{settings.CALLBACK_BASE_URL}/payments/notify/{token}/"


def send_prompt(*, payment_id: int) -> None:
    """Ask the payer's phone if that is due; whoever claims the payment first asks.

    A worker that dies before the request leaves a payment that the sweep makes due again; one that
    dies after it leaves one that may have been asked for: nobody repeats it, it waits for its end.
    """
    claim = _claim(payment_id)
    if claim is None:
        return
    payment = Payment.objects.select_related("order").get(pk=payment_id)
    if not still_wanted(payment.order):
        claim.update(state=State.CANCELLED, next_try_at=None)
        return
    client = Daraja()
    token = client.token()
    if token.kind != ACCEPTED:
        claim.update(**_not_asked(payment, token))
        return
    if not _hand_over(claim, payment):
        return
    answer = client.prompt(
        phone=payment.phone,
        amount=int(payment.amount),
        reference=payment.order.number if payment.order else rules.stray_account(payment.pk),
        description=DESCRIPTION,
        callback=notify_url(payment.notify_token or ""),
    )
    _note(claim, payment, answer)


def _claim(payment_id: int) -> Claim | None:
    """Take a payment that is due for this worker: one conditional update decides between rivals."""
    moment = now()
    lease = moment + rules.LEASE
    with transaction.atomic(durable=True):
        taken = Payment.objects.filter(
            pk=payment_id,
            method=MPESA,
            state=State.PENDING,
            asked_at=None,
            next_try_at__lte=moment,
            attempts__lt=rules.MAX_ATTEMPTS,
        ).update(attempts=F("attempts") + 1, next_try_at=lease, updated_at=moment)
    return Claim(payment_id, lease) if taken else None


def still_wanted(order: Order | None) -> bool:
    """Tell whether money is still to be asked for."""
    return order is None or (
        order.payment_status == Order.PaymentStatus.UNPAID and order.status != order_rules.CANCELLED
    )


def _hand_over(claim: Claim, payment: Payment) -> bool:
    """Note that the request leaves now, unless this phone was asked for the same a moment ago."""
    moment = now()
    before = same_asked_at(phone=payment.phone, amount=payment.amount, but=payment.pk)
    if before is not None:
        claim.update(
            next_try_at=before + rules.SAME_AGAIN,
            reason="This phone was asked for the same amount a moment ago; we ask again soon.",
        )
        return False
    return claim.update(asked_at=moment, next_query_at=moment + rules.FIRST_QUERY)


def _note(claim: Claim, payment: Payment, answer: Answer) -> None:
    """Keep what became of the request. Its result may have come before this answer."""
    request_id = str((answer.data or {}).get("CheckoutRequestID") or "")[:80]
    if answer.kind == ACCEPTED and request_id:
        moment = now()
        merchant_id = str((answer.data or {}).get("MerchantRequestID") or "")[:80]
        with transaction.atomic(durable=True):
            Payment.objects.filter(pk=payment.pk, provider_id=None).update(
                provider_id=request_id, merchant_id=merchant_id, updated_at=moment
            )
        if claim.update(next_try_at=None, reason="", reason_code="") and payment.order:
            text = f"M-Pesa {masked(payment.phone)}: {payment.amount} {payment.currency}"
            OrderEvent.objects.create(order=payment.order, kind="payment_asked", text=text)
    elif answer.kind in (ACCEPTED, UNKNOWN):
        reason = answer.reason or "Daraja took the request but named no number for it"
        logger.warning("Payment %s: asked, outcome unknown: %s", payment.pk, reason)
        claim.update(next_try_at=None, reason_code=rules.UNKNOWN)
    else:
        claim.update(**_not_asked(payment, answer))


def _not_asked(payment: Payment, answer: Answer) -> dict[str, Any]:
    """Return the fields of a payment that nobody was asked for (as it was after the claim)."""
    pause = None
    if answer.kind == RETRY:
        pause = rules.pause_before_retry(payment.attempts, at_least=answer.pause)
    if pause is not None:
        logger.warning("Payment %s: not asked yet: %s", payment.pk, answer.reason)
        why = rules.why_it_waits(answer.code)
        return {"asked_at": None, "next_try_at": now() + pause, "reason": why}
    logger.error("Payment %s: not asked: %s", payment.pk, answer.reason)
    return {
        "state": State.FAILED,
        "asked_at": None,
        "next_try_at": None,
        "reason_code": rules.NOT_SENT,
        "reason": rules.verdict(rules.NOT_SENT).message,
    }


def sweep_prompts() -> None:
    """Pick up what a crash or a pause left: queue whose time has come, end what stays unheard.

    Safe to run twice.
    """
    moment = now()
    mine = Payment.objects.filter(method=MPESA, state=State.PENDING)
    silent = mine.filter(asked_at__lte=moment - rules.UNACKNOWLEDGED, provider_id=None)
    silent.update(
        state=State.FAILED,
        next_try_at=None,
        reason_code=rules.UNKNOWN,
        reason=rules.verdict(rules.UNKNOWN).message,
        updated_at=moment,
    )
    due = mine.filter(asked_at=None, next_try_at__lte=moment)
    # What kills its worker every time must not do so for ever.
    due.filter(attempts__gte=rules.MAX_ATTEMPTS).update(
        state=State.FAILED,
        next_try_at=None,
        reason_code=rules.NOT_SENT,
        reason=rules.verdict(rules.NOT_SENT).message,
        updated_at=moment,
    )
    lost = due.exclude(attempts=0, next_try_at__gt=moment - QUEUE_GRACE)
    with transaction.atomic():
        for pk in lost.order_by("next_try_at").values_list("pk", flat=True)[:PROMPTS_A_SWEEP]:
            enqueue_after_commit(SEND, pk)
