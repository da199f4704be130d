"""Tokens that the shop issues: asked for, used, renewed, taken away."""

from io import StringIO

import pytest
from allauth.idp.oidc.models import Client as Program
from allauth.idp.oidc.models import Token
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client

from shop.tests.api_tokens import (
    REVOKE,
    TOKEN,
    ask_consent,
    basic,
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
SOAP = {"name": "Soap", "price": "120.00"}


@pytest.fixture
def amina():
    return get_user_model().objects.create_user("amina", password="her own")


@pytest.fixture
def her_browser(amina) -> Client:
    browser = Client()
    browser.force_login(amina)
    return browser


def registered(*words: str) -> tuple[str, str]:
    out = StringIO()
    call_command("create_api_client", *words, stdout=out, stderr=StringIO())
    told = dict(line.split(": ", 1) for line in out.getvalue().splitlines())
    return told["client_id"], told.get("client_secret", "")


def test_the_shop_says_where_and_what_it_issues(client: Client):
    told = client.get("/.well-known/openid-configuration").json()
    assert told["token_endpoint"] == "http://testserver/identity/o/api/token"
    assert set(told["scopes_supported"]) == {
        "openid", "email", "profile", "catalog:write", "orders:read", "orders:write",
    }  # fmt: skip
    assert told["grant_types_supported"] == [
        "authorization_code", "client_credentials", "refresh_token",
    ]  # fmt: skip
    assert told["response_types_supported"] == ["code"]
    assert told["code_challenge_methods_supported"] == ["S256"]
    (key,) = client.get("/.well-known/jwks.json").json()["keys"]
    assert key["kty"] == "RSA"
    assert "d" not in key  # only the public half


def test_a_program_acts_for_its_owner_within_its_scopes(client: Client, amina, shop_site: ShopSite):
    client_id, secret = registered(
        "Import", "--grant", "client_credentials", "--scope", "catalog:write", "--owner", "amina"
    )
    assert secret not in Program.objects.get(pk=client_id).secret
    answer = client.post(
        TOKEN,
        {"grant_type": "client_credentials", "scope": "catalog:write"},
        headers=basic(client_id, secret),
    ).json()
    assert answer["token_type"] == "Bearer"
    assert answer["scope"] == "catalog:write"
    assert not Token.objects.filter(hash__contains=answer["access_token"]).exists()
    hers = bearer(answer["access_token"])
    # The scope alone gives no right that its owner has not ...
    assert client.post(PRODUCTS, SOAP, "application/json", headers=hers).status_code == 403
    amina.user_permissions.add(Permission.objects.get(codename="add_product"))
    assert client.post(PRODUCTS, SOAP, "application/json", headers=hers).status_code == 201
    # ... and her other rights stay outside the token.
    refused = client.get(ORDERS, headers=hers)
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "insufficient_scope"
    assert 'scope="orders:read"' in refused.headers["WWW-Authenticate"]


def test_a_read_only_token_writes_nothing(client: Client, amina, shop_site: ShopSite):
    reader = bearer(program_token("orders:read", owner=amina))
    assert client.get(ORDERS, headers=reader).json()["meta"]["total_count"] == 0
    refused = client.post(ORDERS, {}, "application/json", headers=reader)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "insufficient_scope")
    assert client.head(PRODUCTS, headers=reader).status_code == 200


def test_a_program_without_an_owner_is_nobody(client: Client, shop_site: ShopSite):
    guest = bearer(program_token("orders:read", "catalog:write"))
    assert client.get(PRODUCTS, headers=guest).status_code == 200
    assert client.get(ORDERS, headers=guest).status_code == 401
    assert client.post(PRODUCTS, SOAP, "application/json", headers=guest).status_code == 403


def test_what_a_program_or_its_owner_loses_its_tokens_lose(client: Client, amina):
    token = bearer(program_token("orders:read", "profile", owner=amina))
    assert client.get(ORDERS, headers=token).status_code == 200
    Program.objects.update(scopes="profile")
    assert client.get(ORDERS, headers=token).status_code == 403
    Program.objects.update(scopes="orders:read")
    assert client.get(ORDERS, headers=token).status_code == 200
    amina.is_active = False
    amina.save()
    assert client.get(ORDERS, headers=token).status_code == 401


@pytest.mark.parametrize(
    "words",
    [
        ("--grant", "client_credentials", "--scope", "everything"),
        ("--grant", "client_credentials", "--scope", "openid"),
        ("--grant", "client_credentials", "--scope", "orders:read", "--public"),
        ("--grant", "authorization_code", "--scope", "orders:read"),
        ("--grant", "authorization_code", "--scope", "profile", "--redirect-uri", "http://a.test/"),
        ("--grant", "authorization_code", "--scope", "profile", "--redirect-uri", "https://*.a.test/"),
        ("--grant", "authorization_code", "--scope", "profile", "--redirect-uri", "javascript:x"),
        ("--grant", "client_credentials", "--scope", "profile", "--owner", "nobody"),
    ],
)  # fmt: skip
def test_a_program_that_cannot_be_is_refused_by_name(words):
    with pytest.raises(CommandError):
        call_command("create_api_client", "Wrong", *words)
    assert not Program.objects.exists()


def test_a_front_asks_and_is_told_no_more_than_was_agreed(client: Client, amina, her_browser):
    program, _secret = front("openid", "email", "profile", "orders:read")
    page = ask_consent(her_browser, program.pk, "openid orders:read profile")
    told = page.content.decode()
    assert "A front" in told
    assert "See your orders and payments" in told
    assert "form-action 'self' https://front.test" in page.headers["Content-Security-Policy"]
    code = give_consent(her_browser, program.pk, "openid orders:read")
    answer = exchange(program.pk, code).json()
    assert set(answer["scope"].split()) == {"openid", "orders:read"}
    assert answer["id_token"]
    hers = bearer(answer["access_token"])
    assert client.get(ORDERS, headers=hers).status_code == 200
    told = client.get("/identity/o/api/userinfo", headers=hers).json()
    assert told == {"sub": str(amina.pk)}


def test_a_code_is_good_once_and_only_for_who_asked(her_browser):
    program, _secret = front("orders:read")
    other, _secret = front("orders:read")
    code = give_consent(her_browser, program.pk, "orders:read")
    assert exchange(program.pk, code, code_verifier="x" * 50).json()["error"] == "invalid_grant"
    assert exchange(other.pk, code).json()["error"] == "invalid_grant"
    assert exchange(program.pk, code, redirect_uri="https://evil.test/").status_code == 400
    assert exchange(program.pk, code).status_code == 200
    assert exchange(program.pk, code).json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"code_challenge": ""}, 400),
        ({"code_challenge_method": "plain"}, 400),
        ({"code_challenge_method": ""}, 400),
    ],
)
@pytest.mark.parametrize("public", [True, False])
def test_every_front_proves_that_the_code_came_to_itself(her_browser, more, status, public):
    program, _secret = front("orders:read", public=public)
    assert ask_consent(her_browser, program.pk, "orders:read", **more).status_code == status


def test_a_front_cannot_send_people_or_ask_for_scopes_as_it_likes(her_browser):
    program, _secret = front("orders:read")
    elsewhere = ask_consent(
        her_browser, program.pk, "orders:read", redirect_uri="https://evil.test/"
    )
    assert "Location" not in elsewhere.headers
    wider = ask_consent(her_browser, program.pk, "orders:read catalog:write")
    assert "error=invalid_scope" in wider.headers["Location"]
    implicit = ask_consent(her_browser, program.pk, "orders:read", response_type="token")
    assert "code=" not in implicit.headers.get("Location", "")
    assert "access_token" not in implicit.headers.get("Location", "")


def test_a_refresh_token_is_good_once(client: Client, her_browser):
    program, _secret = front("orders:read")
    first = exchange(program.pk, give_consent(her_browser, program.pk, "orders:read")).json()

    def renew(token: str):
        words = {"grant_type": "refresh_token", "client_id": program.pk, "refresh_token": token}
        return client.post(TOKEN, words)

    second = renew(first["refresh_token"]).json()
    assert client.get(ORDERS, headers=bearer(second["access_token"])).status_code == 200
    assert renew(first["refresh_token"]).json()["error"] == "invalid_grant"
    assert renew(second["refresh_token"]).status_code == 200


def test_a_revoked_token_is_refused_at_once(client: Client, amina):
    program, secret = front("orders:read", public=False)
    browser = Client()
    browser.force_login(amina)
    code = give_consent(browser, program.pk, "orders:read")
    token = exchange(program.pk, code, client_secret=secret).json()
    hers = bearer(token["access_token"])
    assert client.get(ORDERS, headers=hers).status_code == 200
    gone = client.post(REVOKE, {"token": token["access_token"]}, headers=basic(program.pk, secret))
    assert gone.status_code == 200
    refused = client.get(ORDERS, headers=hers)
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["code"] == "invalid_token"
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'


def test_a_program_ends_its_own_tokens_only(client: Client, amina):
    hers = program_token("orders:read", owner=amina)
    other, secret = front("orders:read", public=False)
    app, _none = front("orders:read")
    client.post(REVOKE, {"token": hers}, headers=basic(other.pk, secret))
    client.post(REVOKE, {"token": hers, "client_id": app.pk})
    assert client.get(ORDERS, headers=bearer(hers)).status_code == 200


def test_a_program_looks_into_its_own_tokens_only(client: Client, amina):
    token = program_token("orders:read", owner=amina)
    mine = Program.objects.get()
    mine.set_secret("known")
    mine.save()
    other, secret = front("orders:read", public=False)
    look = "/identity/o/api/introspect"
    told = client.post(look, {"token": token}, headers=basic(mine.pk, "known")).json()
    assert (told["active"], told["scope"]) == (True, "orders:read")
    assert client.post(look, {"token": token}, headers=basic(other.pk, secret)).json() == {
        "active": False
    }
    assert client.post(look, {"token": token}, headers=basic(mine.pk, "wrong")).status_code == 401
