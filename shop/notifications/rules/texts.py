"""What a message may say, and what it costs in SMS parts."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
_WELCOME = {
    "first_name": "the customer's first name",
    "shop": "the shop's name",
    "link": "the address of the customer's account",
}
_CODE = {
    "code": "the code",
    "minutes": "how long it holds, in minutes",
    "shop": "the shop's name",
}
_NEWS = {
    "first_name": "the customer's first name",
    "shop": "the shop's name",
    "stop": "the address where the customer says no to more; added at the end if it is not here",
}
# Each of them knows these words and no others.
_ON_THEIR_OWN: Mapping[str, Mapping[str, str]] = {
    "welcome": _WELCOME,
    "sign_in_code": _CODE,
    "news": _NEWS,
}
_PARCEL = {
    "parcel": "“your order”, or which parcel of it where there are several",
    "tracking": "who brings it and its tracking number; empty where nobody noted it",
}
# What only one event of an order knows.
_OF_ORDERS: Mapping[str, Mapping[str, str]] = {
    "order_shipped": {
        **_PARCEL,
        "tracking_link": "where the carrier shows how far it is; else the order's page",
    },
    "order_delivered": _PARCEL,
    "order_return": {"news": "what became of the return, in one or two sentences"},
    "order_changed": {"money": "what goes back or is left to pay, in a sentence; else empty"},
    "order_paid": {"receipt": "the receipt of the payment, M-Pesa's for example"},
    "order_refunded": {
        "amount": "how much went back",
        "receipt": "where it can be found, M-Pesa's receipt for example",
    },
}
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def placeholders(text: str) -> set[str]:
    """Return the names between curly brackets."""
    return set(_PLACEHOLDER.findall(text))


def usable_words(channel: str, event: str = "") -> Mapping[str, str]:
    """Return the placeholders of a text with their meanings; those of an order if no event says."""
    if event in _ON_THEIR_OWN:
        return _ON_THEIR_OWN[event]
    return {**PLACEHOLDERS[channel], **_OF_ORDERS.get(event, {})}


def text_problems(text: str, channel: str, event: str = "") -> list[str]:
    """Say what is wrong with a text for `channel`; an empty list means it can be sent."""
    allowed = usable_words(channel, event)
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


# What stands under news, so that nobody who writes them can forget it.
_WAY_OUT = {
    "sms": " Stop: {stop}",
    "email": "\n\n--\nYou get this because you said yes to offers from {shop}."
    " No more of them: {stop}\n",
}


def with_way_out(text: str, channel: str) -> str:
    """Return the text of news with the words that lead out of them."""
    return text if "{stop}" in text else text.rstrip() + _WAY_OUT[channel]
