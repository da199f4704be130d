"""What a message may say, what it costs in SMS parts, and when it is tried again."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

# GSM 03.38: the basic table, and the extension table whose characters take two places.
_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
GSM_7 = "GSM-7"
UCS_2 = "UCS-2"
# Places in a message that stands alone, and in each part of a longer one (the rest is a header).
_PLACES = {GSM_7: (160, 153), UCS_2: (70, 67)}

# Typing programs put these in; each would double the price of an SMS for nothing.
_TYPOGRAPHY = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2022": "-",
        "\u2026": "...",
        "\u00d7": "x",
        "\t": " ",
    }
)


@dataclass(frozen=True, slots=True)
class SmsLength:
    """How long a text is on the phone network; `characters` counts places, as providers do."""

    characters: int
    encoding: str
    parts: int


def sms_length(text: str) -> SmsLength:
    """Count the places and parts of an SMS. Source: 3GPP TS 23.038 and 23.040."""
    if all(char in _GSM_BASIC or char in _GSM_EXTENSION for char in text):
        encoding = GSM_7
        places = [2 if char in _GSM_EXTENSION else 1 for char in text]
    else:
        encoding = UCS_2
        places = [2 if ord(char) > 0xFFFF else 1 for char in text]
    return SmsLength(sum(places), encoding, _parts(places, *_PLACES[encoding]))


def _parts(places: Iterable[int], alone: int, each: int) -> int:
    """Fill parts from the left; a character of two places is never cut in half."""
    places = list(places)
    if sum(places) <= alone:
        return 1
    parts, used = 1, 0
    for size in places:
        if used + size > each:
            parts, used = parts + 1, 0
        used += size
    return parts


def cheap_sms(text: str) -> str:
    """Return the text with what GSM-7 lacks replaced by its plain twin, where there is one.

    "Wanjikũ" becomes "Wanjiku" and a curly quote a straight one; an emoji stays what it is.
    """
    return "".join(_plain_twin(char) for char in text.translate(_TYPOGRAPHY))


def _plain_twin(char: str) -> str:
    if char in _GSM_BASIC or char in _GSM_EXTENSION:
        return char
    twin = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return twin if twin and all(c in _GSM_BASIC for c in twin) else char


# What an editor may write between curly brackets, with its meaning. An SMS is paid by length, so
# the long ones are for emails only.
_SHORT = {
    "number": "the order's number, in groups of three",
    "first_name": "the buyer's first name",
    "total": "what the buyer pays in all",
    "link": "the address of the order's page",
    "shop": "the shop's name",
    "delivery": "the delivery method",
}
_LONG = {
    **_SHORT,
    "name": "the buyer's name as given",
    "lines": "every line of the order",
    "totals": "subtotal, discount, delivery, total and the VAT in it",
    "place": "where it goes",
    "phone": "the buyer's phone number",
    "payment": "how it is paid",
}
PLACEHOLDERS: Mapping[str, Mapping[str, str]] = {
    "sms": _SHORT,
    "email": _LONG,
    "staff_email": {
        **_LONG,
        "email": "the buyer's email address",
        "notes": "the buyer's notes",
        "admin_link": "the order in the admin",
    },
}
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def placeholders(text: str) -> set[str]:
    """Return the names between curly brackets."""
    return set(_PLACEHOLDER.findall(text))


def text_problems(text: str, channel: str) -> list[str]:
    """Say what is wrong with a text for `channel`; an empty list means it can be sent."""
    allowed = PLACEHOLDERS[channel]
    usable = ", ".join(f"{{{name}}}" for name in allowed)
    problems = [
        f"{{{name}}} is not known here. You can use {usable}."
        for name in sorted(placeholders(text) - allowed.keys())
    ]
    if set(_PLACEHOLDER.sub("", text)) & {"{", "}"}:
        problems.append(
            "There is a curly bracket that is not part of a placeholder such as {number}."
        )
    return problems


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in for placeholders, once: nothing inside a value is looked at again."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def first_name(name: str) -> str:
    """Return the first word of a name, letters only, at most 20 of them.

    Anybody can order to a stranger's phone: no address or advertisement must fit in here.
    """
    for word in name.split():
        letters = "".join(char for char in word if char.isalpha() or char in "-'\u2019")
        if letters.strip("-'\u2019"):
            return letters[:20]
    return "customer"


# How a send can end.
SENT = "sent"
REFUSED = "refused"
RETRY = "retry"
UNKNOWN = "unknown"

PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
MAX_ATTEMPTS = len(PAUSES) + 1
# An empty account is filled by a person, not by another try half a minute later.
SLOW_PAUSE = timedelta(hours=1)
# How long a worker may hold a message before it counts as dead; longer than the queue lets a
# task live (Q_CLUSTER["timeout"]).
LEASE = timedelta(minutes=2)


def pause_before_retry(attempts: int, *, slow: bool = False) -> timedelta | None:
    """Return how long to wait after `attempts` failed tries; None when it was the last one."""
    if attempts >= MAX_ATTEMPTS:
        return None
    pause = PAUSES[max(attempts, 1) - 1]
    return max(pause, SLOW_PAUSE) if slow else pause
