"""Tell many customers at once: slice by slice, behind everything else, each of them once."""

from datetime import timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.core.queue import enqueue_after_commit
from shop.notifications.actions.deliver import deliver
from shop.notifications.actions.opt_out import way_out_url
from shop.notifications.models import Broadcast, Channel, Event, Message, MessageTemplate
from shop.notifications.queries import audience_of, filled, news_text
from shop.notifications.rules import first_name, text_problems

CARRY_ON = "shop.notifications.tasks.carry_on"
# People written to at a time, messages sent in one task, and the seconds after which it makes room
# for what waits behind it: an order's SMS never waits for a broadcast.
BATCH = 200
SLICE = 25
SECONDS = 15
# A turn that was not taken for so long was lost with its worker or its queue.
LOST_AFTER = timedelta(minutes=3)

State = Broadcast.State
OPEN = (Message.State.DUE, Message.State.SENDING)


class NothingToSend(ShopError):
    """The text can't be sent, or nobody would get it."""


def save_broadcast(
    *, broadcast: Broadcast, channel: str, audience: str, subject: str, body: str, actor: str
) -> Broadcast:
    """Write a draft. Raises ShopError `bad_text`, or Conflict once it went out."""
    if broadcast.state != State.DRAFT:
        raise Conflict("already_sent", "It went out; write another one.")
    problems = text_problems(f"{subject} {body}", channel, Event.NEWS)
    if problems:
        raise ShopError("bad_text", " ".join(problems), field="body")
    if channel != Channel.SMS and not subject.strip():
        raise ShopError("bad_text", "An email needs a subject.", field="subject")
    broadcast.channel, broadcast.audience, broadcast.body = channel, audience, body
    broadcast.subject = "" if channel == Channel.SMS else subject
    broadcast.actor = actor[:150]
    broadcast.save()
    return broadcast


@transaction.atomic
def start_broadcast(*, broadcast_id: int, actor: str) -> Broadcast:
    """Let a draft go out; of two clicks one wins. Raises Conflict or NothingToSend."""
    broadcast = Broadcast.objects.select_for_update().get(pk=broadcast_id)
    if broadcast.state != State.DRAFT:
        raise Conflict("already_sent", "It is on its way, or went out before.")
    if not audience_of(broadcast).exists():
        raise NothingToSend("nobody_to_tell", "Nobody of this audience said yes to offers.")
    broadcast.state, broadcast.actor = State.SENDING, actor[:150]
    broadcast.started_at = broadcast.turned_at = now()
    broadcast.save()
    enqueue_after_commit(CARRY_ON, broadcast.pk, broadcast.turn)
    return broadcast


@transaction.atomic
def stop_broadcast(*, broadcast_id: int, actor: str) -> int:
    """Send no more of a broadcast; returns how many were spared. Raises Conflict."""
    moment = now()
    stopped = Broadcast.objects.filter(pk=broadcast_id, state=State.SENDING).update(
        state=State.STOPPED, finished_at=moment
    )
    if not stopped:
        raise Conflict("not_sending", "It is not going out now.")
    waiting = Message.objects.filter(broadcast=broadcast_id, state=Message.State.DUE)
    return waiting.update(
        state=Message.State.CANCELLED,
        next_attempt_at=None,
        reason=f"Stopped by {actor}"[:300],
        updated_at=moment,
    )


def carry_on(*, broadcast_id: int, turn: int) -> None:
    """Write to the next people, send some of what is due, and queue the next turn.

    Safe to run twice, also at the same moment: a turn is taken once. A worker that dies leaves
    its turn to the sweep; nobody is written to twice.
    """
    mine = Broadcast.objects.filter(pk=broadcast_id, state=State.SENDING, turn=turn)
    with transaction.atomic(durable=True):
        if not mine.update(turn=F("turn") + 1, turned_at=now()):
            return
    _write_next(broadcast_id)
    _send_some(broadcast_id)
    _end_or_go_on(broadcast_id, turn + 1)


def queue_broadcasts() -> None:
    """Queue the broadcasts whose turn was lost, or whose retries are due."""
    moment = now()
    forgotten = Q(turned_at__lte=moment - LOST_AFTER)
    rows = Broadcast.objects.filter(forgotten, state=State.SENDING).values_list("pk", "turn")
    with transaction.atomic():
        for pk, turn in list(rows):
            enqueue_after_commit(CARRY_ON, pk, turn)


@transaction.atomic
def _write_next(broadcast_id: int) -> None:
    """Write the messages of the next people; the cursor moves in the same transaction."""
    broadcast = Broadcast.objects.select_for_update().get(pk=broadcast_id)
    if broadcast.state != State.SENDING or broadcast.all_written:
        return
    if Message.objects.filter(broadcast=broadcast, state=Message.State.DUE).count() >= SLICE:
        return
    text = news_text(broadcast)
    found = audience_of(broadcast).filter(pk__gt=broadcast.cursor).distinct().order_by("pk")
    people = list(found[:BATCH])
    Message.objects.bulk_create(
        [_message(broadcast, text, person) for person in people], ignore_conflicts=True
    )
    if people:
        broadcast.cursor = people[-1].pk
    broadcast.all_written = len(people) < BATCH
    broadcast.save(update_fields=["cursor", "all_written"])


def _message(broadcast: Broadcast, text: MessageTemplate, person: Any) -> Message:
    channel = broadcast.channel
    subject, body = filled(
        text,
        {
            "first_name": first_name(person.get_full_name()),
            "shop": settings.WAGTAIL_SITE_NAME,
            "stop": way_out_url(person.pk, channel),
        },
    )
    return Message(
        user=person,
        broadcast=broadcast,
        event=Event.NEWS,
        channel=channel,
        recipient=str(person.phone) if channel == Channel.SMS else person.email.lower(),
        subject=subject,
        body=body,
        next_attempt_at=now(),
    )


def _send_some(broadcast_id: int) -> None:
    due = Message.objects.filter(
        broadcast=broadcast_id, state=Message.State.DUE, next_attempt_at__lte=now()
    )
    until = monotonic() + SECONDS
    for message_id in list(due.order_by("pk").values_list("pk", flat=True)[:SLICE]):
        deliver(message_id=message_id)
        if monotonic() > until:
            break


@transaction.atomic
def _end_or_go_on(broadcast_id: int, turn: int) -> None:
    broadcast = Broadcast.objects.select_for_update().get(pk=broadcast_id)
    if broadcast.state != State.SENDING:
        return
    left = Message.objects.filter(broadcast=broadcast, state__in=OPEN)
    waiting = left.filter(state=Message.State.DUE)
    if broadcast.all_written and not left.exists():
        broadcast.state, broadcast.finished_at = State.DONE, now()
        broadcast.save(update_fields=["state", "finished_at"])
    elif waiting.filter(next_attempt_at__lte=now()).exists() or (
        not broadcast.all_written and waiting.count() < SLICE
    ):
        # What waits for a retry or for tomorrow's money is brought back by the sweep.
        enqueue_after_commit(CARRY_ON, broadcast.pk, turn)
