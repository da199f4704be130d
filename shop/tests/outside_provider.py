"""Sign in at a pretend OpenID provider, as a browser does."""

from typing import Any

import pytest
import requests
from django.test import Client

from settings.accounts import openid_connect
from shop.customers.models import User
from shop.tests.fakes.openid_provider import CLIENT_ID, CLIENT_SECRET, fake_openid_provider

LOGIN = "/account/oidc/oidc/login/"
PHONE = "+254712345678"
AMINA = {
    "sub": "amina-1",
    "given_name": "Amina",
    "family_name": "Hassan",
    "email": "amina@example.org",
    "email_verified": True,
    "phone_number": "+254 712 345 678",
    "phone_number_verified": True,
}
DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def provider(settings: Any):
    with fake_openid_provider() as running:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": openid_connect(
                running.url, CLIENT_ID, CLIENT_SECRET, "Example Identity"
            )
        }
        running.claims = dict(AMINA)
        yield running


def at_provider(browser: Client, wanted: str = "") -> str:
    """Go to the provider as a browser does; return the address it sends back to."""
    begun = browser.post(LOGIN, {"next": wanted} if wanted else {})
    assert begun.status_code == 302, begun.content.decode()
    answer = requests.get(begun["Location"], allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://testserver")


def sign_in(browser: Client, wanted: str = "") -> Any:
    return browser.get(at_provider(browser, wanted))


def who(browser: Client) -> User | None:
    pk = browser.session.get("_auth_user_id")
    return User.objects.get(pk=pk) if pk else None
