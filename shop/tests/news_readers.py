"""Customers who said yes to offers, at addresses that they proved."""

from allauth.account.models import EmailAddress

from shop.customers.actions import set_consent
from shop.customers.models import User
from shop.notifications.models import Broadcast


def make_reader(number=0, *, yes=True, proved=True, **fields):
    """Make a customer with a phone and an address, who said yes (or no) to offers on both."""
    reader = User.objects.create_user(
        f"reader-{number}",
        f"reader-{number}@example.org",
        first_name=fields.pop("first_name", f"Reader{'abcdefghijklmnopqrstuvwxyz'[number % 26]}"),
        phone=f"+2547120{number:05}",
        phone_verified=proved,
        **fields,
    )
    EmailAddress.objects.create(user=reader, email=reader.email, verified=proved, primary=True)
    if yes is not None:
        for purpose in ("marketing_sms", "marketing_email"):
            set_consent(reader, purpose=purpose, given=yes, source="account")
    return reader


def make_broadcast(**fields):
    """Make a draft."""
    return Broadcast.objects.create(
        **{"channel": "sms", "body": "Hi {first_name}, mangoes are in!", **fields}
    )
