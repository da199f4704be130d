"""What the shop keeps about a customer, as others ask for it."""

from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from phonenumber_field.phonenumber import to_python

from shop.catalog.models import with_live_product
from shop.customers.models import Address, Consent, User
from shop.customers.rules import UNASKED


def addresses_of(user: Any) -> QuerySet[Address]:
    """Return the address book: the default first, then the newest."""
    return Address.objects.filter(user=user).order_by("-is_default", "-pk")


def consents_of(user: Any) -> dict[str, bool]:
    """Return for each purpose what counts now: the latest answer, or what holds unasked."""
    answers = Consent.objects.filter(user=user).order_by("pk").values_list("purpose", "given")
    return {**UNASKED, **dict(answers)}


def consent_history(user: Any) -> QuerySet[Consent]:
    """Return every answer, the latest first."""
    return Consent.objects.filter(user=user).order_by("-pk")


def wished_product_ids(user: Any) -> list[int]:
    """Return the products on the wishlist that shoppers may see now, the newest wish first."""
    wishes = with_live_product(user.wishes.order_by("-pk"))
    return list(wishes.values_list("product_id", flat=True))


def is_wished(user: Any, product_id: int) -> bool:
    """Tell whether a product is on the customer's wishlist."""
    return bool(user.is_authenticated and user.wishes.filter(product_id=product_id).exists())


def search_customers(text: str, people: QuerySet[User] | None = None) -> QuerySet[User]:
    """Find accounts by name, email, user name or phone, however they are written."""
    people = User.objects.all() if people is None else people
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        return people
    wanted = Q(full_name__icontains=text) | Q(email__icontains=text) | Q(username__icontains=text)
    digits = "".join(char for char in text if char.isdecimal() and char.isascii())
    if len(digits) >= 4 and not any(char.isalpha() for char in text):
        wanted |= Q(phone__contains=digits.lstrip("0"))
        number = to_python(text)
        if number and number.is_valid():
            wanted |= Q(phone=number.as_e164)
    named = Concat("first_name", Value(" "), "last_name")
    return people.alias(full_name=named).filter(wanted)
