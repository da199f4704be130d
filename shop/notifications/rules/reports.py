"""What a carrier's report makes of a message.

Source: docs.africastalking.com/sms/deliveryreports ("status", "failureReason").
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs

ON_ITS_WAY = "on_its_way"
ARRIVED = "arrived"
LOST = "lost"

_VERDICTS = {
    "sent": ON_ITS_WAY,
    "submitted": ON_ITS_WAY,
    "buffered": ON_ITS_WAY,
    "success": ARRIVED,
    "delivered": ARRIVED,
    "rejected": LOST,
    "failed": LOST,
    "expired": LOST,
    "absentsubscriber": LOST,
    "deliveryfailure": LOST,
}

# The state a message is in, what the report says, and the state it has then. What is not here
# changes nothing: nothing leads away from "delivered", and a carrier that says "failed" and then
# "delivered" has rung the phone after all.
_MOVES = {
    ("sent", ARRIVED): "delivered",
    ("sent", LOST): "failed",
    ("sent", ON_ITS_WAY): "sent",
    ("unknown", ARRIVED): "delivered",
    ("unknown", LOST): "failed",
    ("unknown", ON_ITS_WAY): "sent",
    ("failed", ARRIVED): "delivered",
}

_WORDS = {
    "rejected": "The network refused the message",
    "failed": "The network could not deliver the message",
    "expired": "The phone could not be reached in time",
    "absentsubscriber": "The phone was off or out of reach",
    "deliveryfailure": "The network could not deliver the message",
}
_REASONS = {
    "insufficientcredit": "The phone has too little credit to receive this kind of message",
    "invalidlinkid": "The network did not know what the message answers",
    "userisinactive": "The phone is off, or its number is no longer in use",
    "userinblacklist": "The person has blocked messages from this sender",
    "useraccountsuspended": "The network has suspended this number",
    "notnetworksubscriber": "The number belongs to no network",
    "usernotsubscribedtoproduct": "The person does not take part in this service",
    "userdoesnotexist": "The number does not exist",
    "deliveryfailure": "The network could not deliver the message",
    "donotdisturbrejection": "The person has switched such messages off (do not disturb)",
    "absentsubscriber": "The phone was off or out of reach",
}

# How long a report may be faster than the answer to the request that it is about.
PATIENCE = timedelta(minutes=5)
# A message of unknown outcome is only taken for the one that a report without a known id is about
# if it left so shortly before.
UNKNOWN_WINDOW = timedelta(hours=24)
# Nobody asks any more what became of what was not for us.
STRAY_REPORTS_KEPT = timedelta(days=90)


def verdict(status: str) -> str:
    """Return what a status means; empty for a word that no document knows."""
    return _VERDICTS.get(_plain(status), "")


def state_after(state: str, said: str) -> str:
    """Return the state that a verdict leads to; empty where it changes nothing."""
    return _MOVES.get((state, said), "")


def failure_words(status: str, reason: str) -> str:
    """Say in words why a message did not arrive; the carrier's own word stands behind."""
    words = _REASONS.get(_plain(reason)) or _WORDS.get(_plain(status), "It did not arrive")
    return f"{words} [{reason or status}]"[:300]


def _plain(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalnum())


def read_fields(text: str) -> Mapping[str, str]:
    """Return the fields of a form, or of a JSON object; nothing of what is neither."""
    if text.lstrip()[:1] == "{":
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return {name: str(value) for name, value in found.items() if value is not None}
    try:
        return {name: values[0].strip() for name, values in parse_qs(text).items()}
    except ValueError:
        return {}


# What people write who want no more offers; "acha" is Swahili for it.
STOP_WORDS = frozenset("stop stopall unsubscribe cancel end quit optout acha".split())


def wants_no_more(text: str) -> bool:
    """Tell whether an SMS asks for no more offers: its first word says so."""
    words = text.split()
    return bool(words) and _plain(words[0]) in STOP_WORDS
