"""What the phone network makes of an SMS, told to the shop over HTTP as Africa's Talking does."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from threading import Thread

import requests
from django.conf import settings

from shop.notifications.actions import report_urls
from shop.simulators.models import Text
from shop.simulators.rules import BEFORE_THE_ANSWER, SOON, last_digits

logger = logging.getLogger(__name__)

TIMEOUT = 10  # seconds
PRICE = Decimal("0.80")  # of one part, in KES
BALANCE = Decimal(1000)  # with which the pretend account began
SAFARICOM = "63902"


@dataclass(frozen=True, slots=True)
class Report:
    """One delivery report: its state, the reason of a failure, and seconds after the SMS."""

    status: str
    reason: str = ""
    after: float = SOON


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of an SMS; `answer_lost` takes it and then fails to say so."""

    title: str
    reports: tuple[Report, ...]
    arrives: bool = True
    answer_lost: bool = False


SUBMITTED = Report("Submitted", after=1)
ARRIVED = Report("Success")
USUAL = Fate("arrives", (SUBMITTED, ARRIVED))
FATES = {
    "021": Fate(
        "is not in use any more",
        (SUBMITTED, Report("Failed", "UserIsInactive")),
        arrives=False,
    ),
    "022": Fate("has blocked the sender", (Report("Rejected", "UserInBlackList"),), arrives=False),
    "023": Fate("is switched off for a minute", (SUBMITTED, Report("Success", after=60))),
    "024": Fate("gets it, the report comes twice", (ARRIVED, Report("Success", after=SOON + 1))),
    "025": Fate(
        "gets it, the reports come in the wrong order",
        (ARRIVED, Report("Submitted", after=SOON + 1), Report("Buffered", after=SOON + 2)),
    ),
    "026": Fate("gets it, no report comes", ()),
    "027": Fate(
        "is said to have failed, then gets it",
        (Report("Failed", "DeliveryFailure"), Report("Success", after=SOON + 2)),
    ),
    "028": Fate(
        "gets it at once, the report is faster than the answer",
        (Report("Success", after=BEFORE_THE_ANSWER),),
    ),
    "029": Fate("gets it, the answer to the shop is lost", (ARRIVED,), answer_lost=True),
}


def fate_of(phone: str) -> Fate:
    """Return what becomes of an SMS to a phone, by its last digits."""
    return FATES.get(last_digits(phone), USUAL)


def report(text: Text) -> None:
    """Tell what became of an SMS: at once where that is faster than the answer, else later."""
    reports = fate_of(text.phone).reports
    for early in (report for report in reports if report.after < 0):
        _tell(text.message_id, text.phone, early)
    later = [report for report in reports if report.after >= 0]
    if later:
        Thread(target=_tell_each, args=(text.message_id, text.phone, later), daemon=True).start()


def reply(text: Text, to: str) -> None:
    """Tell the shop of an SMS that somebody wrote on the phone."""
    fields = {
        "linkId": text.message_id[-12:],
        "text": text.body,
        "to": to,
        "id": text.message_id,
        "date": f"{text.created_at:%Y-%m-%d %H:%M:%S}",
        "from": text.phone,
    }
    _post("incoming", fields)


def _tell_each(message_id: str, phone: str, reports: Iterable[Report]) -> None:
    passed = 0.0
    for report in sorted(reports, key=lambda report: report.after):
        time.sleep((report.after - passed) * settings.SIMULATORS_PACE)
        passed = report.after
        _tell(message_id, phone, report)


def _tell(message_id: str, phone: str, report: Report) -> None:
    fields = {
        "id": message_id,
        "status": report.status,
        "phoneNumber": phone,
        "networkCode": SAFARICOM,
        "retryCount": "0",
    }
    if report.reason:
        fields["failureReason"] = report.reason
    _post("delivery", fields)


def _post(kind: str, fields: dict[str, str]) -> None:
    """Call once; whoever does not listen hears it never."""
    try:
        answer = requests.post(report_urls()[kind], data=fields, timeout=TIMEOUT)
    except requests.RequestException as error:
        logger.warning("Nobody took the news of %s: %s", fields["id"], error)
    else:
        logger.info("The news of %s was answered %s", fields["id"], answer.status_code)
