"""Send a message once more because a person decided so."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.notifications.actions.announce import queue_delivery
from shop.notifications.models import Message
from shop.orders.models import OrderEvent

# So many go into the queue at once; the sweep brings the others.
AT_ONCE = 200
RESENDABLE = (Message.State.FAILED, Message.State.UNKNOWN)


class CannotResend(Conflict):
    """The message is on its way or was sent."""

    def __init__(self, message: Message) -> None:
        state = message.get_state_display().lower()
        super().__init__("cannot_resend", f"This message cannot be sent again: {state}.")


def _anew(actor: str) -> dict[str, Any]:
    return {
        "state": Message.State.DUE,
        "attempts": 0,
        "next_attempt_at": now(),
        "handed_over_at": None,
        "provider_id": "",  # a late word about the first try says nothing of the second
        "carrier_state": "",
        "reason": f"Sent again by {actor}"[:300],
        "updated_at": now(),
    }


@transaction.atomic
def resend(*, message_id: int, actor: str) -> Message:
    """Make a failed or unknown message due again with a fresh count of tries.

    Who decided stands in the order's timeline. Raises CannotResend, also for a code or link, whose
    words are gone; of two clicks one wins.
    """
    again = Message.objects.filter(pk=message_id, state__in=RESENDABLE, expires_at=None).update(
        **_anew(actor)
    )
    message = Message.objects.get(pk=message_id)
    if not again:
        raise CannotResend(message)
    if message.order_id:
        OrderEvent.objects.create(
            order_id=message.order_id,
            kind="message_resent",
            text=f"{message.get_channel_display()}: {message.get_event_display()}",
            actor=actor[:150],
        )
    queue_delivery(message.order_id, message.pk)
    return message


@transaction.atomic
def resend_failed(*, reasons: Collection[tuple[str, str]], until: datetime, actor: str) -> int:
    """Make all messages due again that failed before `until` for these reasons; returns how many.

    A reason goes with its channel. Pressed twice it does nothing the second time: what went out
    again, or failed again, was touched after `until`. What may have arrived is left to people.
    """
    failed = Message.objects.filter(
        state=Message.State.FAILED, expires_at=None, updated_at__lte=until
    )
    wanted = [
        (pk, order_id)
        for pk, order_id, channel, reason in failed.order_by("pk").values_list(
            "pk", "order_id", "channel", "reason"
        )
        if (channel, reason) in reasons
    ]
    again = Message.objects.filter(
        pk__in=[pk for pk, _order in wanted], state=Message.State.FAILED
    ).update(**_anew(actor))
    OrderEvent.objects.bulk_create(
        [
            OrderEvent(order_id=order, kind="message_resent", actor=actor[:150])
            for order in sorted({order for _pk, order in wanted if order})
        ]
    )
    for pk, order_id in wanted[:AT_ONCE]:
        queue_delivery(order_id, pk)
    return again
