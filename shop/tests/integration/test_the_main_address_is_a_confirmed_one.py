"""The main address is one that its owner confirmed, whatever a form or an app asks for."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from shop.customers.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> User:
    """Somebody who signed up with an address, has not confirmed it, and wrote a stranger's."""
    user = User.objects.create_user("amina", "amina@example.org", "a long walk")
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    EmailAddress.objects.create(user=user, email="stranger@example.org")
    return user


def by_page(browser: Client, email: str) -> Any:
    return browser.post("/account/email/", {"email": email, "action_primary": ""})


def by_app(browser: Client, email: str) -> Any:
    return browser.patch(
        "/_allauth/browser/v1/account/email",
        {"email": email, "primary": True},
        content_type="application/json",
    )


@pytest.mark.parametrize(("ask", "status"), [(by_page, 302), (by_app, 400)])
def test_an_unconfirmed_address_does_not_become_it(
    client: Client, customer: User, ask: Any, status: int
):
    client.force_login(customer)
    assert ask(client, "stranger@example.org").status_code == status
    customer.refresh_from_db()
    assert customer.email == "amina@example.org"
    assert EmailAddress.objects.get(primary=True).email == "amina@example.org"


@pytest.mark.parametrize(("ask", "status"), [(by_page, 302), (by_app, 200)])
def test_a_confirmed_one_does(client: Client, customer: User, ask: Any, status: int):
    EmailAddress.objects.create(user=customer, email="own@example.org", verified=True)
    client.force_login(customer)
    assert ask(client, "own@example.org").status_code == status
    customer.refresh_from_db()
    assert customer.email == "own@example.org"
