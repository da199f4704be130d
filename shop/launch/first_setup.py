"""Bring an install into the state that this version of the code needs, however often it is run."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Site

from shop.catalog.models import Product
from shop.orders.models import Order

ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class AdminAccount:
    """The account made for this install; its password is known here and in the file only."""

    username: str
    password: str


def release(base_url: str) -> None:
    """Migrate the database, which sets the schedules too, and tell Wagtail the shop's address."""
    call_command("migrate", interactive=False, verbosity=0)
    adopt_address(base_url)


def adopt_address(base_url: str) -> None:
    """Give the default site the host and port of `base_url`, unless an editor named another."""
    address = urlsplit(base_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True, hostname__in=ON_THIS_MACHINE).first()
    if site and (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = str(address.hostname), port
        site.save()


def ensure_admin_account(email: str) -> AdminAccount | None:
    """Make a superuser with a random password; None if the shop has one already."""
    people = get_user_model()._default_manager
    if people.filter(is_superuser=True, is_active=True).exists():
        return None
    username = "admin"
    if people.filter(username=username).exists():
        username = f"admin-{secrets.token_hex(2)}"
    password = secrets.token_urlsafe(12)
    people.create_superuser(username=username, email=email, password=password)
    return AdminAccount(username, password)


def keep_admin_account(account: AdminAccount, admin_url: str, path: Path) -> None:
    """Write the account to a file that only its owner can read."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{admin_url}\nuser: {account.username}\npassword: {account.password}\n")


def shop_is_empty() -> bool:
    """Tell whether the shop has neither product nor order."""
    return not Product.objects.exists() and not Order.objects.exists()


def seed() -> None:
    """Fill the shop with the demo."""
    call_command("seed_demo")
