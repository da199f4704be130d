"""Who buys, where it goes: checked input of an order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumber_field.phonenumber import PhoneNumber, to_python

from shop.core.fields import FieldProblems, Problem, missing, problem, unreadable
from shop.orders.rules import kra_pin


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the buyer. The phone is written in any way Kenyans write it."""

    name: str
    phone: str
    email: str = ""
    buyer_pin: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an order goes: county or town, area, landmark. Nobody needs a postcode."""

    county: str = ""
    area: str = ""
    landmark: str = ""


def parse_phone(text: str) -> PhoneNumber | None:
    """Return a valid number (numbers without country code are the shop's country's), or None."""
    written = text.strip()
    phone = to_python(written)
    if written.startswith("00") and not (phone and phone.is_valid()):
        # What dials abroad from most countries; from Kenya itself it is 000, which is known.
        phone = to_python(f"+{written[2:]}")
    return phone if phone and phone.is_valid() else None


class ContactProblems(FieldProblems):
    """Something about contact or place is missing or wrong; `details` has one entry a field."""


LIMITS = {"name": 120, "email": 254, "county": 80, "area": 120, "landmark": 200, "notes": 1_000}


def checked(contact: Contact, place: Place, *, needs_address: bool, notes: str) -> dict[str, Any]:
    """Return the order's columns for contact and place.

    Raises ContactProblems naming every field that is missing or wrong.
    """
    columns = {
        "name": " ".join(contact.name.split()),
        "phone": contact.phone.strip(),
        "email": contact.email.strip(),
        "buyer_pin": contact.buyer_pin.strip(),
        "county": place.county.strip(),
        "area": place.area.strip(),
        "landmark": place.landmark.strip(),
        "notes": notes.strip(),
    }
    phone = parse_phone(columns["phone"])
    problems = [
        *_missing(columns, needs_address=needs_address),
        *unreadable(columns, LIMITS),
        *_wrong_email(columns["email"]),
        *_wrong_pin(columns["buyer_pin"]),
    ]
    if columns["phone"] and phone is None:
        problems.append(
            problem("phone", "invalid_phone", "We do not know this number; try 0712 345 678.")
        )
    if problems:
        raise ContactProblems(problems)
    return {**columns, "phone": phone, "buyer_pin": kra_pin(columns["buyer_pin"]) or ""}


def _missing(columns: dict[str, str], *, needs_address: bool) -> Iterator[Problem]:
    wanted = {"name": "Tell us your name.", "phone": "Tell us your phone number."}
    if needs_address:
        wanted["county"] = "Tell us the county or town, so that we can deliver."
    return missing(columns, wanted)


def _wrong_email(email: str) -> Iterator[Problem]:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        yield problem(
            "email", "invalid_email", "This is no email address; leave it empty if unsure."
        )


def _wrong_pin(pin: str) -> Iterator[Problem]:
    if pin and kra_pin(pin) is None:
        yield problem(
            "buyer_pin",
            "invalid_pin",
            "A KRA PIN is A or P, nine digits and a letter, like P051234567Z.",
        )
