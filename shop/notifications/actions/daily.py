"""Write the daily report to whoever of staff wants it."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from shop.core.clock import now
from shop.notifications.actions.alert import ACCESS, BACKEND
from shop.notifications.actions.announce import queue_delivery
from shop.notifications.models import Channel, DailyReport, Event, Message, ReportWish


@transaction.atomic
def report_to_staff(*, day: date, subject: str, body: str) -> int:
    """Write a day's report to the shop's address and to who wants it; returns to how many.

    A day is reported once, however often and by however many workers this is called.
    """
    _report, new = DailyReport.objects.get_or_create(day=day)
    if not new:
        return 0
    messages = Message.objects.bulk_create(
        Message(
            user=person,
            event=Event.REPORT,
            channel=Channel.STAFF_EMAIL,
            recipient=address,
            subject=subject[:150],
            body=body,
            next_attempt_at=now(),
        )
        for address, person in _readers().items()
    )
    for message in messages:
        queue_delivery(None, message.pk)
    return len(messages)


def was_reported(day: date) -> bool:
    """Tell whether a day's report was written."""
    return DailyReport.objects.filter(day=day).exists()


def wish_for_report(*, user: Any, wanted: bool) -> None:
    """Note whether somebody of staff wants the report."""
    if wanted:
        ReportWish.objects.get_or_create(user=user)
    else:
        ReportWish.objects.filter(user=user).delete()


def _readers() -> dict[str, Any]:
    """Return addresses with the account they belong to; only who may still enter reads."""
    staff = get_user_model()._default_manager.with_perm(ACCESS, backend=BACKEND)
    found: dict[str, Any] = {}
    for person in staff.filter(report_wish__isnull=False).exclude(email="").order_by("pk"):
        found.setdefault(person.email.lower(), person)
    if settings.ADMIN_EMAIL:
        found.setdefault(settings.ADMIN_EMAIL.lower(), None)
    return found
