"""A connected account is let go where another way in is left, a password or not."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from shop.customers.models import User
from shop.tests.outside_provider import PHONE, provider
from shop.tests.signing_in import ask, give_back, latest_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider")]

__all__ = ["provider"]


def connected(user: User) -> SocialAccount:
    """Connect a provider's account; the user has no password."""
    user.set_unusable_password()
    user.save()
    return SocialAccount.objects.create(user=user, provider="oidc", uid="amina-1", extra_data={})


def by_page(browser: Client, account: SocialAccount) -> Any:
    return browser.post("/account/3rdparty/", {"account": account.pk})


def by_app(browser: Client, account: SocialAccount) -> Any:
    return browser.delete(
        "/_allauth/browser/v1/account/providers",
        {"provider": account.provider, "account": account.uid},
        content_type="application/json",
    )


both = pytest.mark.parametrize("disconnect", [by_page, by_app])


@both
def test_a_confirmed_phone_is_enough(client: Client, disconnect: Any):
    account = connected(User.objects.create_user("amina", phone=PHONE, phone_verified=True))
    ask(client, PHONE)
    give_back(client, latest_code())
    disconnect(client, account)
    assert not SocialAccount.objects.exists()


@both
def test_a_confirmed_email_is_enough(client: Client, disconnect: Any):
    user = User.objects.create_user("amina", "amina@example.org")
    account = connected(user)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    ask(client, user.email)
    give_back(client, latest_code())
    disconnect(client, account)
    assert not SocialAccount.objects.exists()


@both
def test_the_only_way_in_stays(client: Client, disconnect: Any):
    user = User.objects.create_user("amina", "amina@example.org")
    account = connected(user)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    client.force_login(user)
    answer = disconnect(client, account)
    assert "This is your only way in" in answer.content.decode()
    assert SocialAccount.objects.exists()


def test_an_account_of_somebody_else_is_not_found(client: Client):
    account = connected(User.objects.create_user("other", phone=PHONE, phone_verified=True))
    client.force_login(User.objects.create_user("amina", "amina@example.org"))
    answer = by_app(client, account)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "account_not_found"
    assert SocialAccount.objects.exists()
