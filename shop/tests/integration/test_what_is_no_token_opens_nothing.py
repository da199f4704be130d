"""Tokens that are wrong, old or of another kind; words that no issuer can read."""

import pytest
from allauth.idp.oidc.models import Token
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from shop.tests.api_tokens import (
    REVOKE,
    TOKEN,
    ask_consent,
    bearer,
    exchange,
    front,
    give_consent,
    program_token,
)
from shop.tests.factories import ShopSite

pytestmark = pytest.mark.django_db

ORDERS = "/api/v2/orders/"
PRODUCTS = "/api/v2/products/"


@pytest.fixture
def amina():
    return get_user_model().objects.create_user("amina", password="her own")


@pytest.fixture
def her_browser(amina) -> Client:
    browser = Client()
    browser.force_login(amina)
    return browser


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer wrong", "bearer a b", f"Bearer {'x' * 9000}", "Bearer é"],
)
def test_a_bad_token_never_falls_back_to_the_session(her_browser, header):
    for address in (ORDERS, PRODUCTS, "/api/v2/pages/", "/api/v2/cart/"):
        refused = her_browser.get(address, headers={"Authorization": header})
        assert refused.status_code == 401, address
        assert refused.json()["type"] == "client_error"
        assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]


def test_who_says_nothing_is_asked_for_a_token(client: Client):
    refused = client.get(ORDERS)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_an_expired_token_and_a_refresh_token_are_no_access_tokens(client: Client, her_browser):
    program, _secret = front("orders:read")
    token = exchange(program.pk, give_consent(her_browser, program.pk, "orders:read")).json()
    assert client.get(ORDERS, headers=bearer(token["refresh_token"])).status_code == 401
    Token.objects.update(expires_at="2020-01-01T00:00:00Z")
    assert client.get(ORDERS, headers=bearer(token["access_token"])).status_code == 401


def test_a_token_with_a_session_needs_no_csrf_token_and_is_itself(amina, shop_site: ShopSite):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(amina)
    assert browser.post(ORDERS, {}, "application/json").status_code == 403
    token = program_token("orders:write")
    body = {"items": [], "contact": {}}
    answer = browser.post(ORDERS, body, "application/json", headers=bearer(token))
    assert answer.status_code == 400


@pytest.mark.parametrize("address", [TOKEN, REVOKE, "/identity/o/api/introspect"])
@pytest.mark.parametrize(
    "words",
    [
        {"client_id": "\x00", "client_secret": "x", "token": "x"},
        {"client_id": "x", "client_secret": "x", "token": "\x00", "code": "\x00"},
        {"grant_type": "authorization_code", "client_id": "x", "code": "\x00"},
        {},
    ],
)
def test_nonsense_is_refused_and_breaks_nothing(client: Client, address, words):
    assert 400 <= client.post(address, words).status_code < 500
    for text in ("AA==", "%%%", "/w=="):
        answer = client.post(address, words, headers={"Authorization": f"Basic {text}"})
        assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("word", ["resource", "nonce", "state", "scope"])
def test_no_front_sends_people_with_words_that_cannot_be_kept(her_browser, word):
    program, _secret = front("orders:read")
    words = {"scope": "orders:read", word: "https://shop.test/\x00"}
    assert ask_consent(her_browser, program.pk, **words).status_code == 400


@pytest.mark.parametrize("target", ["shop.test", "https://[/", "https://shop.test/#x", "//x"])
def test_a_token_is_for_an_address_or_for_none(client: Client, her_browser, target):
    answer = client.post(TOKEN, {"grant_type": "client_credentials", "resource": target})
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_target"})
    program, _secret = front("orders:read")
    asked = ask_consent(her_browser, program.pk, "orders:read", resource=target)
    assert asked.status_code == 400


@pytest.mark.parametrize("address", ["/identity/o/device", "/identity/o/api/device/code"])
def test_grants_that_the_shop_does_not_give_have_no_address(client: Client, address):
    assert client.get(address).status_code == 404
    assert client.post(address, {"client_id": "x"}).status_code == 404


def test_a_code_is_found_by_whichever_process_is_asked(her_browser, settings):
    """Without Redis the default cache is the database's: a process's own would lose every other."""
    shared = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
    settings.CACHES = {**settings.CACHES, "default": shared}
    program, _secret = front("orders:read")
    code = give_consent(her_browser, program.pk, "orders:read")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone()[0] >= 1
    assert exchange(program.pk, code).status_code == 200
    assert exchange(program.pk, code).json()["error"] == "invalid_grant"
