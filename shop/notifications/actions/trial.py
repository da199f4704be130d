"""Send a text to oneself, to see it on a real phone."""

from typing import Any

from django.db import transaction

from shop.core.clock import now
from shop.core.errors import ShopError
from shop.notifications.actions.announce import queue_delivery
from shop.notifications.models import Channel, Event, Message, MessageTemplate
from shop.notifications.queries import preview
from shop.notifications.rules import text_problems
from shop.orders.contact import parse_phone


@transaction.atomic
def send_trial(*, template: MessageTemplate, recipient: str, user: Any) -> Message:
    """Send a text as the example order makes it; the template need not be saved.

    Raises ShopError `bad_text` or `bad_recipient`.
    """
    problems = text_problems(template.subject + template.body, template.channel, template.event)
    if problems or not template.body.strip():
        raise ShopError("bad_text", " ".join(problems) or "There is no text yet.", field="body")
    shown = preview(template)
    message = Message.objects.create(
        user=user,
        event=Event.TRIAL,
        channel=Channel.SMS if template.channel == Channel.SMS else Channel.STAFF_EMAIL,
        recipient=_address(template.channel, recipient),
        subject=shown.subject,
        body=shown.text,
        next_attempt_at=now(),
    )
    queue_delivery(None, message.pk)
    return message


def _address(channel: str, recipient: str) -> str:
    recipient = recipient.strip()
    if channel != Channel.SMS:
        if recipient.count("@") == 1 and not any(char.isspace() for char in recipient):
            return recipient[:254]
        raise ShopError("bad_recipient", "That is no email address.", field="recipient")
    number = parse_phone(recipient)
    if number is None:
        raise ShopError("bad_recipient", "That is no phone number.", field="recipient")
    return str(number.as_e164)
