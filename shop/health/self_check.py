"""Everything that must be right for a shop to sell, checked on one page.

Each check answers on its own and never raises for what it looks after.
"""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from wagtail.models import Revision

from shop.core.clock import now
from shop.health import state
from shop.notifications.models import SmsAccount
from shop.payments.models import Payment, ProviderEvent

# Publishing runs each minute.
PUBLISHING_LATE = timedelta(minutes=5)
MAIL_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: fine, to be looked at, or broken; and in words."""

    title: str
    level: str
    words: str

    FINE, LOOK, BROKEN = "fine", "look", "broken"


def findings() -> list[Finding]:
    """Run every check, one after the other."""
    return [check() for check in CHECKS]


def _database() -> Finding:
    part = state.database()
    words = _("answers in %(ms).1f ms") % {"ms": 1000 * (part.facts.get("seconds") or 0)}
    return _of_part(_("Database"), part, words)


def _cache() -> Finding:
    part = state.shared_cache()
    words = _("answers in %(ms).1f ms") % {"ms": 1000 * (part.facts.get("seconds") or 0)}
    return _of_part(_("Cache"), part, words)


def _queue() -> Finding:
    part = state.queue()
    words = _("%(workers)s workers; %(waiting)s tasks wait, the oldest for %(age)s s") % {
        "workers": part.facts.get("workers", 0),
        "waiting": part.facts.get("waiting", 0),
        "age": part.facts.get("oldest_seconds", 0),
    }
    return _of_part(_("Task queue"), part, words)


def _of_part(title: str, part: state.Part, words: str) -> Finding:
    if part.ok:
        return Finding(title, Finding.FINE, words)
    return Finding(title, Finding.BROKEN, part.trouble)


def _publishing() -> Finding:
    late = now() - PUBLISHING_LATE
    overdue = Revision.objects.filter(approved_go_live_at__lt=late).count()
    if overdue:
        words = _("%(n)s pages or products should be out already: is a worker running?")
        return Finding(_("Scheduled publishing"), Finding.BROKEN, words % {"n": overdue})
    return Finding(_("Scheduled publishing"), Finding.FINE, _("nothing is late"))


def _storage() -> Finding:
    name = f"self-check/{token_hex(8)}.txt"
    try:
        kept = default_storage.save(name, ContentFile(b"duka"))
        with default_storage.open(kept) as file:
            same = file.read() == b"duka"
        default_storage.delete(kept)
    except OSError as problem:
        return Finding(_("Storage of pictures"), Finding.BROKEN, str(problem))
    if not same:
        return Finding(_("Storage of pictures"), Finding.BROKEN, _("a file came back changed"))
    return Finding(_("Storage of pictures"), Finding.FINE, _("keeps files and gives them back"))


def _email() -> Finding:
    title = _("Email")
    if "smtp" not in settings.EMAIL_BACKEND:
        return Finding(title, Finding.LOOK, _("emails are not sent: no EMAIL_URL is set"))
    try:
        with get_connection(timeout=MAIL_SECONDS):
            pass
    except (OSError, smtplib.SMTPException) as problem:
        return Finding(title, Finding.BROKEN, str(problem))
    return Finding(title, Finding.FINE, _("the mail server lets the shop in"))


def _sms() -> Finding:
    title = _("SMS")
    if not settings.AFRICASTALKING_API_KEY:
        return Finding(title, Finding.LOOK, _("SMS are not sent: no credentials are set"))
    account = SmsAccount.objects.first()
    if account is None or account.balance is None:
        return Finding(title, Finding.LOOK, _("nobody asked for the balance yet"))
    words = f"{account.currency} {account.balance:,.2f}"
    if account.problem or account.low_since:
        return Finding(title, Finding.LOOK, account.problem or _("low: %s") % words)
    return Finding(title, Finding.FINE, _("balance %s") % words)


def _callbacks() -> Finding:
    title = _("News from payment providers")
    last = ProviderEvent.objects.order_by("-pk").values_list("received_at", flat=True).first()
    waiting = Payment.objects.filter(
        state=Payment.State.PENDING, asked_at__lt=now() - timedelta(minutes=10)
    ).count()
    heard = _("last heard of %s ago") % timesince(last, now()) if last else _("nothing was heard")
    if waiting:
        words = _("%(n)s payments wait for an answer for more than ten minutes; %(heard)s")
        return Finding(title, Finding.LOOK, words % {"n": waiting, "heard": heard})
    return Finding(title, Finding.FINE, heard)


def _version() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        words = _("%(n)s migrations are missing: run manage.py release") % {"n": len(missing)}
        return Finding(_("Version"), Finding.BROKEN, words)
    return Finding(_("Version"), Finding.FINE, _("the database is as new as the code"))


CHECKS: tuple[Callable[[], Finding], ...] = (
    _database,
    _cache,
    _queue,
    _publishing,
    _storage,
    _email,
    _sms,
    _callbacks,
    _version,
)
