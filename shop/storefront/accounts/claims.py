"""What an identity provider says about somebody, and how much of it an account takes over."""

from dataclasses import dataclass
from typing import Any

from allauth.account.internal.emailkit import valid_email_or_none
from allauth.account.models import EmailAddress
from django.db import transaction

from shop.customers.models import User
from shop.flows.claim_orders import claim_orders
from shop.flows.prove_phone import PhoneTaken, prove_phone
from shop.orders.contact import parse_phone


@dataclass(frozen=True, slots=True)
class Claims:
    """Name, email and phone; an address counts as proved only if the provider says so.

    Source: OpenID Connect Core 1.0, section 5.1 (standard claims).
    """

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    email_verified: bool = False
    phone: str = ""
    phone_verified: bool = False

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Claims":
        """Read userinfo and the identity token, whatever they hold; userinfo comes first."""
        said = {**(data.get("id_token") or {}), **(data.get("userinfo") or {})} or data
        first, _, last = _text(said, "name").partition(" ")
        phone = parse_phone(_text(said, "phone_number"))
        email = valid_email_or_none(_text(said, "email")) or ""
        return cls(
            first_name=(_text(said, "given_name") or first)[:150],
            last_name=(_text(said, "family_name") or last.strip())[:150],
            email=email.lower(),
            email_verified=_is_true(said.get("email_verified")),
            phone=phone.as_e164 if phone else "",
            phone_verified=_is_true(said.get("phone_number_verified")),
        )


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return " ".join(value.replace("\0", "").split()) if isinstance(value, str) else ""


def _is_true(value: Any) -> bool:
    """Tell whether a provider says yes; some write it as a word."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


@transaction.atomic
def take_over(user: User, claims: Claims) -> None:
    """Write what the provider says now where the customer has not written something else.

    What still equals the provider's last word, or is empty, takes its new word. An email or phone
    is taken only if the provider verified it and no other account proved it.
    """
    before = dict(user.claimed)
    for field in ("first_name", "last_name"):
        told = getattr(claims, field)
        if told and getattr(user, field) in ("", before.get(field, "")):
            setattr(user, field, told)
    user.claimed = {
        "first_name": claims.first_name or before.get("first_name", ""),
        "last_name": claims.last_name or before.get("last_name", ""),
        "email": claims.email or before.get("email", ""),
        "phone": claims.phone or before.get("phone", ""),
    }
    user.save(update_fields=["first_name", "last_name", "claimed"])
    if claims.email and claims.email_verified:
        _take_email(user, claims.email, before.get("email", ""))
    if claims.phone and claims.phone_verified:
        _take_phone(user, claims.phone, before.get("phone", ""))
    claim_orders(user)


def _take_email(user: User, email: str, before: str) -> None:
    if EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=user).exists():
        return
    unchanged = user.email.lower() in ("", before.lower(), email)
    address = EmailAddress.objects.filter(user=user, email__iexact=email).first()
    address = address or EmailAddress(user=user, email=email)
    address.verified = True
    address.save()
    if unchanged:
        address.set_as_primary()
        # The provider's old word goes with the new one.
        EmailAddress.objects.filter(user=user, email__iexact=before).exclude(email=email).delete()


def _take_phone(user: User, phone: str, before: str) -> None:
    if str(user.phone or "") not in ("", before, phone):
        return
    try:
        prove_phone(user, phone)
    except PhoneTaken:
        return
