"""Read out of a body, as it came, what people look for: when money moved, and who paid."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import make_aware

# Daraja writes Nairobi's time without a zone: the shop's own.
STAMP = "%Y%m%d%H%M%S"
_TIMES = ("TransTime", "TransactionDate", "TransactionCompletedDateTime")
_PHONES = ("MSISDN", "PhoneNumber")
_NAMES = ("FirstName", "MiddleName", "LastName", "ReceiverPartyPublicName")
_AMOUNTS = ("TransAmount", "Amount")
_RECEIPTS = ("TransID", "MpesaReceiptNumber", "TransactionReceipt", "TransactionID")


@dataclass(frozen=True, slots=True)
class Said:
    """What a body says of money, each empty where it says nothing."""

    receipt: str
    amount: str
    phone: str
    name: str
    account: str


def said(body: str) -> Said:
    """Read what is known by name, wherever in the body it stands."""
    found = _found(body)
    return Said(
        receipt=_first(found, _RECEIPTS),
        amount=_first(found, _AMOUNTS),
        phone=_first(found, _PHONES),
        name=" ".join(filter(None, (found.get(name, "") for name in _NAMES))),
        account=found.get("BillRefNumber", ""),
    )


def happened_at(body: str) -> datetime | None:
    """Return when a body says that money moved; None where it does not say."""
    stamp = _first(_found(body), _TIMES)
    if len(stamp) != 14 or not stamp.isdigit() or not stamp.isascii():
        return None
    try:
        return make_aware(datetime.strptime(stamp, STAMP))
    except (ValueError, OverflowError):
        return None


def _first(found: dict[str, str], names: tuple[str, ...]) -> str:
    return next((found[name] for name in names if found.get(name)), "")


def _found(body: str) -> dict[str, str]:
    try:
        data = json.loads(body, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    waiting = [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            _note_pair(part, found)
            for name, value in part.items():
                if isinstance(value, str):
                    found.setdefault(str(name), value.strip())
            waiting.extend(reversed([v for v in part.values() if isinstance(v, dict | list)]))
    return found


def _note_pair(part: dict[str, Any], found: dict[str, str]) -> None:
    """Daraja writes items of a list as {"Name": ..., "Value": ...}, or with "Key"."""
    name = part.get("Name", part.get("Key"))
    value = part.get("Value")
    if isinstance(name, str) and isinstance(value, str):
        found.setdefault(name, value.strip())
