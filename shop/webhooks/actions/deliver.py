"""Deliver what an endpoint is to hear: at least once, one run at a time, never for long."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.webhooks import rules
from shop.webhooks.actions.announce import DELIVER
from shop.webhooks.gateways import Outcome, post
from shop.webhooks.models import Delivery, Endpoint

logger = logging.getLogger(__name__)

State = Delivery.State

# After this a run makes way for others and goes to the end of the queue.
RUN_SECONDS = 15
# A failure that takes longer than this holds a worker up, so the endpoint rests.
SLOW_MILLISECONDS = 2_000


@dataclass(frozen=True, slots=True)
class Hold:
    """A worker's right to call one endpoint until `until`, which no other worker's is."""

    endpoint_id: int
    until: datetime

    def let_go(self, rest: timedelta | None) -> None:
        """Give the endpoint back; others may call it at once, or after its rest."""
        Endpoint.objects.filter(pk=self.endpoint_id, held_until=self.until).update(
            held_until=None, rests_until=now() + rest if rest else None
        )


def deliver_to(*, endpoint_id: int) -> None:
    """Deliver what is due for an endpoint. Safe to run twice, also at the same moment.

    A worker that dies leaves rows that the sweep makes due again; the receiver may then hear of
    an event twice and knows it by its id. An endpoint that does not answer ends the run.
    """
    hold = _hold(endpoint_id)
    if hold is None:
        return
    end = monotonic() + RUN_SECONDS
    rest = None
    while rest is None and monotonic() < end:
        endpoint = Endpoint.objects.filter(pk=endpoint_id, active=True).first()
        delivery = _claim_next(endpoint_id) if endpoint else None
        if endpoint is None or delivery is None:
            break
        rest = _deliver(endpoint, delivery)
    hold.let_go(rest)
    # Looked at after letting go: what came meanwhile found the endpoint held and went away.
    if rest is None and _due(endpoint_id).filter(endpoint__active=True).exists():
        enqueue_after_commit(DELIVER, endpoint_id)


def _hold(endpoint_id: int) -> Hold | None:
    moment = now()
    hold = Hold(endpoint_id, moment + rules.LEASE)
    with transaction.atomic(durable=True):
        free = Endpoint.objects.callable_at(moment).filter(pk=endpoint_id)
        return hold if free.update(held_until=hold.until) else None


def _due(endpoint_id: int) -> Any:
    return Delivery.objects.filter(
        endpoint_id=endpoint_id, state=State.DUE, next_attempt_at__lte=now()
    )


def _claim_next(endpoint_id: int) -> Delivery | None:
    """Take the delivery that has been due for longest; commit before anything leaves."""
    delivery: Delivery | None = _due(endpoint_id).order_by("next_attempt_at", "pk").first()
    if delivery is None:
        return None
    moment = now()
    lease = moment + rules.LEASE
    with transaction.atomic(durable=True):
        taken = Delivery.objects.filter(pk=delivery.pk, state=State.DUE).update(
            state=State.SENDING,
            attempts=F("attempts") + 1,
            next_attempt_at=lease,
            updated_at=moment,
        )
    if not taken:
        return None
    delivery.attempts += 1
    delivery.next_attempt_at = lease
    return delivery


def _deliver(endpoint: Endpoint, delivery: Delivery) -> timedelta | None:
    """Send one delivery and write down what came of it; return how long the endpoint must rest."""
    moment = now()
    body = delivery.payload.encode()
    outcome = post(
        endpoint.url,
        body=body,
        headers={
            "Content-Type": "application/json",
            "User-Agent": "Duka-Webhooks/1",
            "Duka-Event": delivery.event,
            "Duka-Event-Id": str(delivery.event_id),
            "Duka-Delivery": str(delivery.pk),
            "Duka-Signature": rules.signature(
                _keys(endpoint, moment), timestamp=int(moment.timestamp()), body=body
            ),
        },
        private_allowed=settings.WEBHOOKS_ALLOW_PRIVATE,
    )
    with transaction.atomic(durable=True):
        mine = Delivery.objects.filter(
            pk=delivery.pk, state=State.SENDING, next_attempt_at=delivery.next_attempt_at
        )
        mine.update(**_result(delivery, outcome))
        return _note(endpoint, outcome)


def _keys(endpoint: Endpoint, moment: datetime) -> list[str]:
    """Return the secrets that sign now: the present one, and for a day the one before it."""
    if endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > moment:
        return [endpoint.secret, endpoint.old_secret]
    return [endpoint.secret]


def _result(delivery: Delivery, outcome: Outcome) -> dict[str, Any]:
    """Return the fields that an outcome leaves on a delivery (as it was after the claim)."""
    moment = now()
    fields: dict[str, Any] = {
        "response_status": outcome.status,
        "response_body": outcome.body,
        "duration_ms": outcome.milliseconds,
        "reason": outcome.reason[:300],
        "next_attempt_at": None,
        "updated_at": moment,
    }
    if outcome.delivered:
        return {**fields, "state": State.DELIVERED, "delivered_at": moment}
    pause = rules.pause_before_retry(delivery.attempts)
    if pause is None:
        logger.error("Webhook delivery %s failed: %s", delivery.pk, outcome.reason)
        return {**fields, "state": State.FAILED}
    return {**fields, "state": State.DUE, "next_attempt_at": moment + pause}


def _note(endpoint: Endpoint, outcome: Outcome) -> timedelta | None:
    """Note how the endpoint does; switch it off after long failure; return its rest, if any."""
    rows = Endpoint.objects.filter(pk=endpoint.pk)
    if outcome.delivered:
        if endpoint.failing_since:
            rows.update(failing_since=None)
        return None
    moment = now()
    since = endpoint.failing_since or moment
    if rules.gave_up(failing_since=since, moment=moment):
        why = f"It has answered nothing but failures for too long. The last one: {outcome.reason}"
        rows.update(active=False, switched_off_because=why[:300])
        logger.error("Webhook %s is switched off: %s", endpoint.pk, outcome.reason)
        return None
    if endpoint.failing_since is None:
        rows.update(failing_since=since)
    if outcome.status is None or outcome.milliseconds > SLOW_MILLISECONDS:
        return rules.rest_of_endpoint(moment - since)
    return None
