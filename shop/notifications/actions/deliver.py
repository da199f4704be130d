"""Send messages: each step is committed before the next one begins."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from shop.core.clock import now
from shop.notifications import rules
from shop.notifications.actions.opt_out import wants_news, way_out_url
from shop.notifications.actions.reports import apply_early_reports
from shop.notifications.actions.spending import (
    Reserved,
    reserve,
    settle,
    tell_that_messages_wait,
)
from shop.notifications.gateways import gateway_for
from shop.notifications.gateways.interface import Outcome
from shop.notifications.models import Channel, Message

logger = logging.getLogger(__name__)

State = Message.State

SAID_NO = "The customer said no to offers after it was written."
NO_MONEY = "It waits: SMS have cost what one day may cost."


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
    if message is None or _is_unwanted(message, claim):
        return
    reserved = None
    if message.channel == Channel.SMS:
        reserved = reserve(event=message.event, body=message.body)
        if reserved is None:
            _hold(message, claim)
            return
    if claim.update(handed_over_at=now()):
        _hand_over(message, claim, reserved)


def _hand_over(message: Message, claim: Claim, reserved: Reserved | None) -> None:
    outcome = gateway_for(message.channel).send(
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        reference=f"message-{message.pk}-order-{message.order_id or 'none'}",
        way_out=way_out_url(message.user_id, message.channel)
        if message.event in rules.NEWS and message.user_id
        else "",
    )
    fields = _result(message, outcome)
    if reserved is not None:
        cost = settle(reserved, outcome)
        if cost is not None:
            fields |= {"price": (message.price or 0) + cost}
            fields |= {"parts": outcome.parts or reserved.parts}
    if not claim.update(**fields):
        logger.warning("Message %s ended as %s after its lease", message.pk, outcome.kind)
    if reserved is not None and outcome.provider_id:
        apply_early_reports(outcome.provider_id[:80])


def _is_unwanted(message: Message, claim: Claim) -> bool:
    """Leave news unsent whose reader said no since they were written."""
    if message.event not in rules.NEWS or not message.user_id:
        return False
    if wants_news(message.user_id, message.channel):
        return False
    claim.update(state=State.CANCELLED, next_attempt_at=None, reason=SAID_NO)
    return True


def _hold(message: Message, claim: Claim) -> None:
    """Let a message wait for tomorrow's money; that it waited is no attempt."""
    claim.update(
        state=State.DUE,
        attempts=F("attempts") - 1,
        next_attempt_at=now() + rules.HOLD,
        reason=NO_MONEY,
    )
    tell_that_messages_wait(event=message.event)


def _claim(message_id: int) -> Claim | None:
    """Take a due message for this worker: one conditional update decides between rivals.

    What would come too late is left for the sweep to end.
    """
    moment = now()
    lease = moment + rules.LEASE
    in_time = Q(expires_at=None) | Q(expires_at__gt=moment)
    with transaction.atomic(durable=True):
        taken = Message.objects.filter(
            in_time, pk=message_id, state=State.DUE, next_attempt_at__lte=moment
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
    fields: dict[str, Any] = {"reason": _reason(outcome), "next_attempt_at": None}
    if message.private:
        fields |= {"subject": "", "body": ""}
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
    too_late = message.expires_at and pause and moment + pause >= message.expires_at
    if pause is None or too_late:
        logger.error("Message %s failed: %s", message.pk, outcome.reason)
        return {**fields, "state": State.FAILED}
    return {
        "reason": fields["reason"],
        "state": State.DUE,
        "next_attempt_at": moment + pause,
        "handed_over_at": None,
    }


def _reason(outcome: Outcome) -> str:
    code = f" [{outcome.code}]" if outcome.code and outcome.code not in outcome.reason else ""
    return f"{outcome.reason[: 300 - len(code)]}{code}"
