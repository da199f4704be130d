"""Write the messages that an event of an order makes due."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from shop.core.clock import now
from shop.core.memory import Remembered
from shop.core.queue import enqueue_after_commit
from shop.notifications.models import Channel, Message, MessageTemplate
from shop.notifications.queries import OrderWords, rendered
from shop.orders.models import Order, OrderLine

DELIVER = "shop.notifications.tasks.deliver_for_order"
DELIVER_ONE = "shop.notifications.tasks.deliver"


def _load(event: str) -> dict[str, MessageTemplate]:
    return {text.channel: text for text in MessageTemplate.objects.filter(event=event, active=True)}


# What an editor changes is said by every process after one second.
texts: Remembered[str, dict[str, MessageTemplate]] = Remembered(_load, seconds=1)


def announce(
    *,
    order: Order,
    event: str,
    lines: Sequence[OrderLine] | None = None,
    words: Mapping[str, str] | None = None,
    occasion: str = "",
) -> None:
    """Write one due message a channel, and queue their delivery, in the caller's transaction.

    The words are fixed here: a text that is edited tomorrow changes nothing that was said today.
    Two statements whatever the order's size, messages and queue; a third reads the texts once a
    second at most. `lines` are read only where a text names them and the caller has none; `words`
    are what only this event knows, by placeholder; `occasion` tells apart what may happen to an
    order more than once.
    """
    recipients = _recipients(order)
    spoken = texts.get(event)
    known = OrderWords(order, lines, words)
    moment = now()
    # In the order of the recipients, which is the order of delivery: the phone comes first.
    messages = [
        _message(order, spoken[channel], recipient, known, moment, occasion)
        for channel, recipient in recipients.items()
        if channel in spoken
    ]
    if not messages:
        return
    # Without a savepoint: inside a transaction this costs no statement of its own.
    with transaction.atomic(savepoint=False):
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        enqueue_after_commit(DELIVER, order.pk)


def queue_delivery(order_id: int | None, message_id: int) -> None:
    """Queue a message: together with its order's others, or alone if it is about an account."""
    if order_id is None:
        enqueue_after_commit(DELIVER_ONE, message_id)
    else:
        enqueue_after_commit(DELIVER, order_id)


def _recipients(order: Order) -> dict[str, str]:
    """Return who hears of the order, channel by channel."""
    wanted = {
        Channel.SMS: str(order.phone) if order.notify_sms else "",
        Channel.EMAIL: order.email if order.notify_email else "",
        Channel.STAFF_EMAIL: settings.ADMIN_EMAIL,
    }
    return {channel.value: recipient for channel, recipient in wanted.items() if recipient}


def _message(
    order: Order,
    template: MessageTemplate,
    recipient: str,
    words: OrderWords,
    due: datetime,
    occasion: str,
) -> Message:
    subject, body = rendered(template, words)
    return Message(
        order=order,
        event=template.event,
        occasion=occasion,
        channel=template.channel,
        recipient=recipient,
        subject=subject,
        body=body,
        next_attempt_at=due,
    )
