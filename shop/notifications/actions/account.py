"""Write what somebody should hear about an account."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from shop.core.clock import now
from shop.notifications.actions.announce import queue_delivery, texts
from shop.notifications.models import Channel, Event, Message, MessageTemplate
from shop.notifications.queries import filled
from shop.notifications.rules import first_name

# Said where an editor switched the text off: without its code nobody could sign in.
PLAIN_CODE = "{code} is your code for {shop}. It holds for {minutes} minutes."
PLAIN_SUBJECT = "Your code for {shop}"


@transaction.atomic
def welcome(user: Any) -> None:
    """Welcome a new customer once, by SMS or else by email, in the caller's transaction.

    Without an address or a text nothing is written.
    """
    channel, recipient = Channel.SMS, str(user.phone or "")
    if not recipient:
        channel, recipient = Channel.EMAIL, user.email
    text = texts.get(Event.WELCOME).get(channel)
    if not recipient or text is None:
        return
    subject, body = filled(
        text,
        {
            "first_name": first_name(user.get_full_name()),
            "shop": settings.WAGTAIL_SITE_NAME,
            "link": f"{settings.BASE_URL}{reverse('account')}",
        },
    )
    message, created = Message.objects.get_or_create(
        user=user,
        event=Event.WELCOME,
        channel=channel,
        defaults={
            "recipient": recipient,
            "subject": subject,
            "body": body,
            "next_attempt_at": now(),
        },
    )
    if created:
        queue_delivery(None, message.pk)


def send_code(
    *, channel: Channel, recipient: str, code: str, lifetime: timedelta, user: Any = None
) -> None:
    """Write a code to sign in with; `user` is None while the address has no account."""
    text = texts.get(Event.CODE).get(channel) or MessageTemplate(
        event=Event.CODE, channel=channel, subject=PLAIN_SUBJECT, body=PLAIN_CODE
    )
    minutes = str(int(lifetime.total_seconds() // 60))
    values = {"code": code, "minutes": minutes, "shop": settings.WAGTAIL_SITE_NAME}
    subject, body = filled(text, values)
    _write_private(Event.CODE, channel, recipient, subject, body, lifetime, user)


def send_account_email(
    *, recipient: str, subject: str, body: str, lifetime: timedelta, user: Any = None
) -> None:
    """Write an email about an account, with what may open it: a link or a code."""
    _write_private(Event.ACCOUNT, Channel.EMAIL, recipient, subject, body, lifetime, user)


@transaction.atomic
def _write_private(
    event: Event,
    channel: Channel,
    recipient: str,
    subject: str,
    body: str,
    lifetime: timedelta,
    user: Any,
) -> None:
    moment = now()
    message = Message.objects.create(
        user=user,
        event=event,
        channel=channel,
        recipient=recipient,
        subject=subject[:150],
        body=body,
        next_attempt_at=moment,
        expires_at=moment + lifetime,
    )
    queue_delivery(None, message.pk)
