"""Spend on SMS no more than a day may cost, and know what is left at the provider."""

import logging
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from shop.core.clock import now
from shop.notifications import rules
from shop.notifications.actions.alert import NobodyToTell, alert_staff
from shop.notifications.gateways import africas_talking
from shop.notifications.gateways.interface import Outcome
from shop.notifications.models import DaySpend, SmsAccount
from shop.notifications.rules.budget import allowance, read_amount

logger = logging.getLogger(__name__)

SHOP = "the shop itself"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reserved:
    """What was put aside for one SMS before it left."""

    day: date
    parts: int
    amount: Decimal


def reserve(*, event: str, body: str) -> Reserved | None:
    """Put aside what an SMS will cost; None if the day's money does not allow for it.

    One conditional update decides between rivals. A worker that dies after it may have sent the
    message, so its money stays spent.
    """
    parts = rules.sms_length(body).parts
    wanted = Reserved(localdate(now()), parts, parts * settings.SMS_PRICE)
    limit = allowance(settings.SMS_DAILY_CAP, event)
    with transaction.atomic():
        DaySpend.objects.get_or_create(day=wanted.day)
        allowed = DaySpend.objects.filter(day=wanted.day)
        if limit is not None:
            allowed = allowed.filter(spent__lte=limit - wanted.amount)
        taken = allowed.update(
            spent=F("spent") + wanted.amount, messages=F("messages") + 1, parts=F("parts") + parts
        )
    return wanted if taken else None


def settle(reserved: Reserved, outcome: Outcome) -> Decimal | None:
    """Replace what was put aside by what it cost; returns that, None if nothing was sent.

    Of an SMS whose outcome is unknown the money counts as spent.
    """
    if outcome.kind in (rules.REFUSED, rules.RETRY):
        _change(reserved, -reserved.amount, messages=-1, parts=-reserved.parts)
        return None
    said = read_amount(outcome.cost)
    cost = said[1] if said else reserved.amount
    parts = (outcome.parts or reserved.parts) - reserved.parts
    if cost != reserved.amount or parts:
        _change(reserved, cost - reserved.amount, messages=0, parts=parts)
    return cost


def _change(reserved: Reserved, amount: Decimal, *, messages: int, parts: int) -> None:
    DaySpend.objects.filter(day=reserved.day).update(
        spent=F("spent") + amount, messages=F("messages") + messages, parts=F("parts") + parts
    )


def tell_that_messages_wait(*, event: str) -> None:
    """Tell staff, once a day, that the day's money is spent."""
    if event in rules.NEWS:
        return  # they wait by intention: the rest of the money is for orders
    day = DaySpend.objects.filter(day=localdate(now()), alerted_at=None)
    with transaction.atomic():
        if day.update(alerted_at=now()):
            _alert(
                f"SMS for today have cost what SMS_DAILY_CAP allows ({settings.SMS_DAILY_CAP})."
                " SMS about orders wait until tomorrow, or until the cap is raised."
            )


def check_balance() -> None:
    """Ask the provider what is left, and wake staff once when it falls below the alarm."""
    gateway = africas_talking()
    if gateway is None:
        return
    found = gateway.balance()
    with transaction.atomic():
        account, _made = SmsAccount.objects.select_for_update().get_or_create(pk=1)
        account.checked_at, account.problem = now(), found.problem[:300]
        if found.amount is not None:
            account.balance, account.currency = found.amount, found.currency
            _watch(account)
        account.save()


def _watch(account: SmsAccount) -> None:
    alarm = settings.SMS_BALANCE_ALARM
    if not alarm or account.balance is None or account.balance >= alarm:
        account.low_since = None
    elif account.low_since is None:
        account.low_since = now()
        left = f"{account.currency} {account.balance:.2f}".strip()
        _alert(f"The SMS account is down to {left}. Top it up, or SMS to customers will fail.")


def _alert(text: str) -> None:
    logger.warning(text)
    try:
        alert_staff(text=text, level="warning", actor=SHOP)
    except NobodyToTell:
        logger.error("Nobody could be told: %s", text)
