"""Send messages: each step is committed before the next one begins."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from shop.core.clock import now
from shop.notifications import rules
from shop.notifications.gateways import gateway_for
from shop.notifications.gateways.interface import Outcome
from shop.notifications.models import Message

logger = logging.getLogger(__name__)

State = Message.State


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's right to send one message until `lease`, which no other worker's is."""

    message_id: int
    lease: datetime

    def update(self, **fields: Any) -> bool:
        """Change the message if it is still this worker's, and commit."""
        with transaction.atomic(durable=True):
            mine = Message.objects.filter(
                pk=self.message_id, state=State.SENDING, next_attempt_at=self.lease
            )
            return bool(mine.update(**fields, updated_at=now()))


def deliver_for_order(*, order_id: int) -> None:
    """Send what is due for an order. Safe to run twice, also at the same moment."""
    due = Message.objects.filter(order_id=order_id, state=State.DUE, next_attempt_at__lte=now())
    for message_id in list(due.order_by("pk").values_list("pk", flat=True)):
        deliver(message_id=message_id)


def deliver(*, message_id: int) -> None:
    """Send one message if it is due; whoever claims it first sends it.

    A worker that dies before the handing over leaves a message that the sweep makes due again;
    one that dies after it leaves a message that may have been sent, which nobody repeats unasked.
    """
    claim = _claim(message_id)
    if claim is None:
        return
    message = Message.objects.filter(pk=message_id).first()
    if message is None or not claim.update(handed_over_at=now()):
        return
    outcome = gateway_for(message.channel).send(
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        reference=f"message-{message.pk}-order-{message.order_id}",
    )
    if not claim.update(**_result(message, outcome)):
        logger.warning("Message %s ended as %s after its lease", message.pk, outcome.kind)


def _claim(message_id: int) -> Claim | None:
    """Take a due message for this worker: one conditional update decides between rivals."""
    moment = now()
    lease = moment + rules.LEASE
    with transaction.atomic(durable=True):
        taken = Message.objects.filter(
            pk=message_id, state=State.DUE, next_attempt_at__lte=moment
        ).update(
            state=State.SENDING,
            attempts=F("attempts") + 1,
            next_attempt_at=lease,
            handed_over_at=None,
            updated_at=moment,
        )
    return Claim(message_id, lease) if taken else None


def _result(message: Message, outcome: Outcome) -> dict[str, Any]:
    """Return the fields that an outcome leaves on a message (as it was after the claim)."""
    moment = now()
    fields = {"reason": _reason(outcome), "next_attempt_at": None}
    if outcome.kind == rules.SENT:
        return {
            **fields,
            "state": State.SENT,
            "sent_at": moment,
            "provider_id": outcome.provider_id[:80],
            "cost": outcome.cost[:30],
        }
    if outcome.kind == rules.UNKNOWN:
        logger.warning("Message %s: outcome unknown: %s", message.pk, outcome.reason)
        return {**fields, "state": State.UNKNOWN}
    pause = None
    if outcome.kind == rules.RETRY:
        pause = rules.pause_before_retry(message.attempts, slow=outcome.slow)
    if pause is None:
        logger.error("Message %s failed: %s", message.pk, outcome.reason)
        return {**fields, "state": State.FAILED}
    return {**fields, "state": State.DUE, "next_attempt_at": moment + pause, "handed_over_at": None}


def _reason(outcome: Outcome) -> str:
    code = f" [{outcome.code}]" if outcome.code and outcome.code not in outcome.reason else ""
    return f"{outcome.reason[: 300 - len(code)]}{code}"
