"""Whose account an address is, and accounts for people who have none yet."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Token
from allauth.socialaccount.internal.flows.email_authentication import wipe_password
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from shop.customers.actions import empty_account
from shop.customers.models import User
from shop.flows.claim_orders import claim_orders
from shop.flows.prove_phone import PhoneTaken, prove_phone
from shop.notifications.actions import welcome
from shop.orders.contact import parse_phone


def new_username() -> str:
    """Return a name for the column that needs one: people sign in with phone or email."""
    return f"customer-{secrets.token_hex(6)}"


def account_of_phone(phone: str) -> User | None:
    """Return who has this number, written in any way."""
    number = parse_phone(phone)
    return User.objects.filter(phone=number).first() if number else None


def account_of_email(email: str) -> User | None:
    """Return the account that belongs to whoever reads this mailbox.

    That is the one that proved the address; or staff's, whose address the owner wrote; or one that
    only has this address and proved nothing yet. An account that somebody proved by other means
    and that merely claims the address belongs to that somebody.
    """
    rows = list(EmailAddress.objects.filter(email__iexact=email).select_related("user"))
    proved = next((row.user for row in rows if row.verified), None)
    if proved is not None:
        return proved
    for user in User.objects.filter(email__iexact=email):
        if user.is_staff or not EmailAddress.objects.filter(user=user).exists():
            return user
    claiming = [row.user for row in rows if not _proved_otherwise(row.user)]
    return claiming[0] if len(claiming) == 1 else None


def _proved_otherwise(user: User) -> bool:
    return bool(
        user.phone_verified
        or EmailAddress.objects.filter(user=user, verified=True).exists()
        or SocialAccount.objects.filter(user=user).exists()
    )


def open_account(*, email: str = "", phone: str = "", password: str = "") -> tuple[User, bool]:
    """Make an account for who proved an email or phone; tells too whether it is new.

    `password` is hashed already. A second click at the same moment finds the first one's account.
    """
    try:
        return _made(email=email, phone=phone, password=password), True
    except (IntegrityError, PhoneTaken):
        found = account_of_email(email) if email else account_of_phone(phone)
        if found is None:
            raise
        return found, False


@transaction.atomic
def _made(*, email: str, phone: str, password: str) -> User:
    user = User(username=new_username(), email=email)
    user.set_unusable_password()
    user.password = password or user.password
    user.save(force_insert=True)
    if email:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        claim_orders(user)
    if phone:
        prove_phone(user, phone)
    welcome(user)
    return user


@transaction.atomic
def shut_out_stranger(user: Any, email: str) -> None:
    """Leave nothing of whoever made an unproved account to the owner of its mailbox.

    Password and open sessions are allauth's to end. Programs lose their tokens, and other
    addresses go: one that the stranger proved later would open the account again.
    """
    Token.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).exclude(email__iexact=email).delete()
    address = EmailAddress.objects.get(user=user, email__iexact=email)
    address.user = user
    address.set_as_primary()
    empty_account(user)


@transaction.atomic
def prove_email(request: HttpRequest, user: Any, email: str) -> None:
    """Note that an account's owner reads this mailbox, and join the orders placed with it.

    Where nothing about the account was proved before, whoever made it may have been a stranger,
    who is shut out. The address of staff is the owner's word.
    """
    address = EmailAddress.objects.filter(user=user, email__iexact=email).first()
    if address is None or not address.verified:
        trusted = user.is_staff or address is None
        if not trusted and not _proved_otherwise(user):
            wipe_password(request, user, email)
            shut_out_stranger(user, email)
        address = address or EmailAddress(user=user, email=email.lower())
        address.verified = True
        address.save()
        address.set_as_primary(conditional=True)
    claim_orders(user)
