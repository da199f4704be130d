"""Who buys, where it goes: checked input of an order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumber_field.phonenumber import PhoneNumber, to_python

from shop.core.errors import ShopError


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the buyer. The phone is written in any way Kenyans write it."""

    name: str
    phone: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an order goes: county or town, area, landmark. Nobody needs a postcode."""

    county: str = ""
    area: str = ""
    landmark: str = ""


def parse_phone(text: str) -> PhoneNumber | None:
    """Return a valid number (numbers without country code are the shop's country's), or None."""
    phone = to_python(text.strip())
    return phone if phone and phone.is_valid() else None


class ContactProblems(ShopError):
    """Something about contact or place is missing or wrong; `details` has one entry a field."""

    def __init__(self, details: list[dict[str, Any]]) -> None:
        super().__init__(
            "invalid", details[0]["message"], field=details[0]["field"], details=details
        )


def checked(contact: Contact, place: Place, *, needs_address: bool, notes: str) -> dict[str, Any]:
    """Return the order's columns for contact and place.

    Raises ContactProblems naming every field that is missing or wrong.
    """
    columns = {
        "name": " ".join(contact.name.split()),
        "phone": contact.phone.strip(),
        "email": contact.email.strip(),
        "county": place.county.strip(),
        "area": place.area.strip(),
        "landmark": place.landmark.strip(),
        "notes": notes.strip(),
    }
    phone = parse_phone(columns["phone"])
    problems = [
        *_missing(columns, needs_address=needs_address),
        *_unreadable(columns),
        *_wrong_email(columns["email"]),
    ]
    if columns["phone"] and phone is None:
        problems.append(
            _problem("phone", "invalid_phone", "We do not know this number; try 0712 345 678.")
        )
    if problems:
        raise ContactProblems(problems)
    return {**columns, "phone": phone}


def _problem(field: str, code: str, message: str) -> dict[str, Any]:
    return {"field": field, "code": code, "message": message}


def _missing(columns: dict[str, str], *, needs_address: bool) -> Iterator[dict[str, Any]]:
    wanted = {"name": "Tell us your name.", "phone": "Tell us your phone number."}
    if needs_address:
        wanted["county"] = "Tell us the county or town, so that we can deliver."
    for field, message in wanted.items():
        if not columns[field]:
            yield _problem(field, "required", message)


LIMITS = {"name": 120, "email": 254, "county": 80, "area": 120, "landmark": 200, "notes": 1_000}


def _unreadable(columns: dict[str, str]) -> Iterator[dict[str, Any]]:
    for field, limit in LIMITS.items():
        if len(columns[field]) > limit:
            yield _problem(field, "too_long", f"At most {limit} letters, please.")
        if "\x00" in columns[field]:
            yield _problem(field, "invalid", "There is an unreadable character in here.")


def _wrong_email(email: str) -> Iterator[dict[str, Any]]:
    try:
        if email:
            validate_email(email)
    except ValidationError:
        yield _problem(
            "email", "invalid_email", "This is no email address; leave it empty if unsure."
        )
