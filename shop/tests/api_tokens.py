"""What tests about tokens share: programs, and the walks that end in a token."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client as Browser

from shop.backoffice.clients.making import AUTHORIZATION_CODE, CLIENT_CREDENTIALS, make_client

TOKEN = "/identity/o/api/token"
REVOKE = "/identity/o/api/revoke"
AUTHORIZE = "/identity/o/authorize"
BACK = "https://front.test/back"
VERIFIER = "a-verifier-that-only-the-program-knows-0123456789"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def basic(client_id: str, secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def program_token(*scopes: str, owner: Any = None) -> str:
    """The token of a program that acts for its owner."""
    made, secret = make_client(name="Till", grant=CLIENT_CREDENTIALS, scopes=scopes, owner=owner)
    answer = Browser().post(
        TOKEN, {"grant_type": "client_credentials"}, headers=basic(made.pk, secret)
    )
    assert answer.status_code == 200, answer.content
    return answer.json()["access_token"]


def front(*scopes: str, public: bool = True, back: str = BACK) -> tuple[Any, str]:
    """A registered front that people let act for them."""
    return make_client(
        name="A front", grant=AUTHORIZATION_CODE, scopes=scopes, redirect_uris=[back], public=public
    )


def ask_consent(browser: Browser, client_id: str, scope: str, **more: str) -> Any:
    words = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": BACK,
        "scope": scope,
        "state": "xyz",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    return browser.get(AUTHORIZE, {**words, **more})


def give_consent(browser: Browser, client_id: str, scope: str, **more: str) -> str:
    """Agree on the consent page; returns the code that the front gets."""
    page = ask_consent(browser, client_id, scope, **more)
    assert page.status_code == 200, page.content
    answer = browser.post(
        AUTHORIZE,
        {
            "request": page.context["form"]["request"].value(),
            "scopes": scope.split(),
            "action": "grant",
        },
    )
    assert answer.status_code == 302, answer.content
    words = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert words["state"] == ["xyz"]
    return words["code"][0]


def exchange(client_id: str, code: str, **more: str) -> Any:
    words = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    return Browser().post(TOKEN, {**words, **more})
