"""A login at a provider that is down, answers nonsense, or was forged opens nothing but a page."""

from typing import Any

import pytest
from django.test import Client

from settings.accounts import openid_connect
from shop.customers.models import User
from shop.tests.fakes.openid_provider import CLIENT_ID, CLIENT_SECRET
from shop.tests.outside_provider import DISCOVERY, LOGIN, at_provider, provider, sign_in, who

pytestmark = pytest.mark.django_db

__all__ = ["provider"]


def shows_a_page(answer: Any) -> bool:
    page = answer.content.decode()
    return answer.status_code in (400, 502) and "<h1>" in page and "/account/login/" in page


@pytest.mark.parametrize(
    "state", ["", "state=wrong&code=x", "code=x", "error=server_error", "state=%00&code=%00"]
)
def test_a_forged_or_stale_return_opens_nothing(client: Client, provider: Any, state: str):
    answer = client.get(f"{LOGIN}callback/?{state}")
    assert shows_a_page(answer)
    assert who(client) is None


def test_the_state_of_another_browser_opens_nothing(provider: Any):
    back = at_provider(Client())
    victim = Client()
    assert shows_a_page(victim.get(back))
    assert who(victim) is None


def test_a_return_counts_once(client: Client, provider: Any):
    back = at_provider(client)
    client.get(back)
    client.post("/account/logout/")
    assert shows_a_page(client.get(back))
    assert who(client) is None


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "another login's"},
        {"nonce": None},
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"exp": 1},
        {"sub": ""},
        {"sub": "somebody else"},
        {"sub": "x" * 300},
    ],
)
def test_a_token_of_another_login_opens_nothing(client: Client, provider: Any, change: Any):
    provider.change_token = lambda claims: claims.update(change)
    assert shows_a_page(sign_in(client))
    assert who(client) is None
    assert User.objects.count() == 0


JSON = "application/json"


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/userinfo"])
@pytest.mark.parametrize(
    "answer",
    [
        (500, "text/plain", "down"),
        (200, "text/html", "<html>maintenance</html>"),
        (200, JSON, "{"),
        (200, JSON, "[]"),
        (200, JSON, "null"),
        (200, JSON, "{}"),
        (200, JSON, '{"access_token": 5, "id_token": 7, "issuer": 3}'),
        (200, "", "{}"),
        (401, JSON, '{"error": "no"}'),
    ],
)
def test_an_unusable_answer_is_said_on_a_page(
    client: Client, provider: Any, path: str, answer: tuple[int, str, str]
):
    back = None if path == DISCOVERY else at_provider(client)
    provider.spoilt[path] = answer
    shown = client.get(back) if back else client.post(LOGIN)
    assert shows_a_page(shown)
    assert who(client) is None


def test_a_provider_that_is_down_is_said_on_a_page(client: Client, settings: Any):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": openid_connect("http://127.0.0.1:9", CLIENT_ID, CLIENT_SECRET, "Down")
    }
    assert shows_a_page(client.post(LOGIN))
    assert client.get("/account/login/").status_code == 200


def test_a_provider_that_goes_down_on_the_way_is_said_on_a_page(client: Client, provider: Any):
    back = at_provider(client)
    provider.spoilt = {DISCOVERY: (503, "text/plain", "")}
    assert shows_a_page(client.get(back))
