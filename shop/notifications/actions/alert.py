"""Tell everybody who works in the shop that something is wrong."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.notifications.actions.announce import queue_delivery
from shop.notifications.models import Channel, Event, Message
from shop.notifications.rules import ALERT_LEVELS, QUIET, cheap_sms

ACCESS = "wagtailadmin.access_admin"
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Of a long alert a phone gets the beginning: two parts, no more.
LONGEST_SMS = 300


class NobodyToTell(Conflict):
    """No one of staff has an address."""

    def __init__(self) -> None:
        super().__init__("nobody_to_tell", "Nobody who works here has an email address or phone.")


@transaction.atomic
def alert_staff(*, text: str, level: str, actor: str) -> dict[str, int]:
    """Write an alert to all who may enter the admin; return how many messages go by each channel.

    Everybody gets an email, who has a phone an SMS as well unless the level is a quiet one; the
    shop's own address hears too. Raises NobodyToTell.
    """
    shop = settings.WAGTAIL_SITE_NAME
    name = ALERT_LEVELS[level]
    subject = f"[{shop}] {name}: {' '.join(text.split())}"[:150]
    mail = f"{text}\n\n{name}, sent by {actor} to everybody who works in {shop}."
    phone = cheap_sms(f"{shop} {name.lower()}: {text}")[:LONGEST_SMS]
    moment = now()
    messages = [
        Message(
            user=person,
            event=Event.ALERT,
            channel=channel,
            recipient=recipient,
            subject=subject if channel == Channel.STAFF_EMAIL else "",
            body=mail if channel == Channel.STAFF_EMAIL else phone,
            next_attempt_at=moment,
        )
        for person, channel, recipient in _recipients(loud=level not in QUIET)
    ]
    if not messages:
        raise NobodyToTell
    for message in Message.objects.bulk_create(messages):
        queue_delivery(None, message.pk)
    emails = sum(message.channel == Channel.STAFF_EMAIL for message in messages)
    return {"email": emails, "sms": len(messages) - emails}


def _recipients(*, loud: bool) -> list[tuple[Any, Channel, str]]:
    people = get_user_model()._default_manager.with_perm(ACCESS, backend=BACKEND).order_by("pk")
    found: dict[str, tuple[Any, Channel, str]] = {}
    for person in people:
        if person.email:
            found.setdefault(person.email.casefold(), (person, Channel.STAFF_EMAIL, person.email))
        if loud and person.phone:
            found[str(person.phone)] = (person, Channel.SMS, str(person.phone))
    if own := settings.ADMIN_EMAIL:
        found.setdefault(own.casefold(), (None, Channel.STAFF_EMAIL, own))
    return list(found.values())
