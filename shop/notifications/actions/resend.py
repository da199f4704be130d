"""Send a message once more because a person decided so."""

from django.db import transaction

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.core.queue import enqueue_after_commit
from shop.notifications.actions.announce import DELIVER
from shop.notifications.models import Message
from shop.orders.models import OrderEvent

RESENDABLE = (Message.State.FAILED, Message.State.UNKNOWN)


class CannotResend(Conflict):
    """The message is on its way or was sent."""

    def __init__(self, message: Message) -> None:
        state = message.get_state_display().lower()
        super().__init__("cannot_resend", f"This message cannot be sent again: {state}.")


@transaction.atomic
def resend(*, message_id: int, actor: str) -> Message:
    """Make a failed or unknown message due again with a fresh count of tries.

    Who decided stands in the order's timeline. Raises CannotResend; of two clicks one wins.
    """
    again = Message.objects.filter(pk=message_id, state__in=RESENDABLE).update(
        state=Message.State.DUE,
        attempts=0,
        next_attempt_at=now(),
        handed_over_at=None,
        reason=f"Sent again by {actor}"[:300],
        updated_at=now(),
    )
    message = Message.objects.get(pk=message_id)
    if not again:
        raise CannotResend(message)
    OrderEvent.objects.create(
        order_id=message.order_id,
        kind="message_resent",
        text=f"{message.get_channel_display()}: {message.get_event_display()}",
        actor=actor[:150],
    )
    enqueue_after_commit(DELIVER, message.order_id)
    return message
