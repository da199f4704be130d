"""Keep what the carrier of SMS says before anything is made of it, then apply it once."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.notifications.actions.opt_out import stop_news_to
from shop.notifications.models import CarrierReport, Channel, Message
from shop.notifications.rules import reports as rules

logger = logging.getLogger(__name__)

APPLY = "shop.notifications.tasks.apply_report"
# What kills its worker every time, or finds a fault of ours, must not do so for ever.
MAX_ATTEMPTS = 12

Kind = CarrierReport.Kind
State = CarrierReport.State
Done = tuple[State, str]

ABOUT = {Kind.DELIVERY: "id", Kind.INCOMING: "id", Kind.OPT_OUT: "senderId"}
PHONE = {Kind.DELIVERY: "phoneNumber", Kind.INCOMING: "from", Kind.OPT_OUT: "phoneNumber"}


def report_token() -> str:
    """Return the unguessable part of the addresses that hear of SMS."""
    made: str = salted_hmac("shop.notifications.reports", "address", algorithm="sha256").hexdigest()
    return settings.AFRICASTALKING_REPORT_TOKEN or made[:40]


def is_report_token(token: str) -> bool:
    """Tell whether a token is the one of this install's addresses."""
    return constant_time_compare(token, report_token())


def report_urls() -> dict[str, str]:
    """Return the addresses to enter at the provider, by what they hear of."""
    base = f"{settings.CALLBACK_BASE_URL}/messages/notify/{report_token()}"
    return {kind.value: f"{base}/{kind.value}/" for kind in Kind}


@transaction.atomic
def keep_report(*, kind: str, body: bytes, sender: str = "") -> CarrierReport:
    """Keep one report as it came, and let the worker apply it."""
    text = body.decode(errors="backslashreplace").replace("\x00", "\\x00")
    fields = _fields(text)
    report = CarrierReport.objects.create(
        kind=kind,
        body=text,
        about=fields.get(ABOUT[Kind(kind)], "")[:80],
        phone=_international(fields.get(PHONE[Kind(kind)], "")),
        sender=sender[:45],
    )
    enqueue_after_commit(APPLY, report.pk)
    return report


def _fields(text: str) -> dict[str, str]:
    """Return the fields of a report, fit for any database."""
    return {
        name: value.replace("\x00", "").encode(errors="ignore").decode()
        for name, value in rules.read_fields(text).items()
    }


def _international(phone: str) -> str:
    digits = "".join(char for char in phone if char.isdecimal() and char.isascii())
    return f"+{digits}"[:20] if digits else ""


def apply_report(*, report_id: int) -> None:
    """Apply one report. Safe to run twice, also at the same moment."""
    if not _begin(report_id):
        return
    with transaction.atomic():
        report = CarrierReport.objects.select_for_update().get(pk=report_id)
        if report.state != State.NEW:
            return
        state, outcome = _APPLIED[Kind(report.kind)](report)
        report.state, report.outcome = state, outcome[:300]
        if state != State.NEW:
            report.applied_at = now()
        report.save(update_fields=["state", "outcome", "applied_at", "message"])


def apply_early_reports(provider_id: str) -> None:
    """Apply what was told of a message before its number was known here."""
    early = CarrierReport.objects.filter(state=State.NEW, about=provider_id)
    for report_id in list(early.order_by("pk").values_list("pk", flat=True)):
        apply_report(report_id=report_id)


def _begin(report_id: int) -> bool:
    """Count an attempt before it is made; False if there is nothing (more) to do."""
    with transaction.atomic():
        waiting = CarrierReport.objects.filter(pk=report_id, state=State.NEW)
        if waiting.filter(attempts__lt=MAX_ATTEMPTS).update(attempts=F("attempts") + 1):
            return True
        waiting.update(state=State.REFUSED, outcome="It could not be applied.", applied_at=now())
    return False


def _apply_delivery(report: CarrierReport) -> Done:
    fields = _fields(report.body)
    said = rules.verdict(fields.get("status", ""))
    if not report.about or not said:
        return State.REFUSED, "It names no message, or no state that is known."
    sms = Message.objects.select_for_update().filter(channel=Channel.SMS)
    message = sms.filter(provider_id=report.about).first() or _of_unknown_outcome(report)
    if message is None:
        if now() - report.received_at < rules.PATIENCE:
            return State.NEW, "Its message is not known yet."
        return State.IGNORED, "No message of this shop has this number."
    report.message = message
    return _move(message, report, said, fields)


def _of_unknown_outcome(report: CarrierReport) -> Message | None:
    """Return the message whose answer was lost, if nothing else can be meant.

    Its provider's number never came, so the phone and the hour have to do: one message that left
    for this phone in the day before and has no number, and none that is leaving now. Of two it
    stays open which is meant; people look at them.
    """
    if not report.phone:
        return None
    without_number = Message.objects.filter(
        channel=Channel.SMS,
        recipient=report.phone,
        provider_id="",
        handed_over_at__range=(report.received_at - rules.UNKNOWN_WINDOW, report.received_at),
    )
    states = (Message.State.UNKNOWN, Message.State.SENT, Message.State.SENDING)
    found = list(without_number.filter(state__in=states).select_for_update()[:2])
    if len(found) != 1 or found[0].state == Message.State.SENDING:
        return None
    found[0].provider_id = report.about
    return found[0]


def _move(message: Message, report: CarrierReport, said: str, fields: dict[str, str]) -> Done:
    status = fields["status"]
    state = rules.state_after(message.state, said)
    if not state:
        return State.IGNORED, f"The message was {message.get_state_display().lower()} before."
    changed: dict[str, Any] = {
        "state": state,
        "carrier_state": status[:30],
        "provider_id": message.provider_id,
        "reason": "",
        "updated_at": now(),
    }
    if said == rules.LOST:
        changed["reason"] = rules.failure_words(status, fields.get("failureReason", ""))
        logger.warning("Message %s did not arrive: %s", message.pk, changed["reason"])
    elif said == rules.ARRIVED:
        changed["delivered_at"] = report.received_at
    if message.sent_at is None:
        changed["sent_at"] = report.received_at
    Message.objects.filter(pk=message.pk).update(**changed)
    return State.APPLIED, f"{status}: {changed['reason']}" if changed["reason"] else status


def _apply_incoming(report: CarrierReport) -> Done:
    text = _fields(report.body).get("text", "")
    if not report.phone:
        return State.REFUSED, "It names no phone."
    if not rules.wants_no_more(text):
        return State.IGNORED, "For people to read."
    return _stop(report)


def _apply_opt_out(report: CarrierReport) -> Done:
    return _stop(report) if report.phone else (State.REFUSED, "It names no phone.")


def _stop(report: CarrierReport) -> Done:
    stopped = stop_news_to(report.phone)
    if not stopped:
        return State.IGNORED, "No account with this phone gets offers."
    return State.APPLIED, "No more offers by SMS."


_APPLIED = {
    Kind.DELIVERY: _apply_delivery,
    Kind.INCOMING: _apply_incoming,
    Kind.OPT_OUT: _apply_opt_out,
}
