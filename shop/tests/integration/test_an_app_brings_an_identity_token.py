"""An app brings the identity token of an outside provider, good or broken, and is answered."""

import time
from typing import Any

import jwt
import pytest
from django.test import Client

from shop.customers.models import User
from shop.tests.fakes.openid_provider import CLIENT_ID, KEY
from shop.tests.outside_provider import provider

pytestmark = pytest.mark.django_db

__all__ = ["provider"]


def written(provider: Any, headers: dict[str, Any], **claims: Any) -> str:
    """Return a token as the provider signs it; a claim that is None is left out."""
    moment = int(time.time())
    said = {"iss": provider.url, "aud": CLIENT_ID, "sub": "amina-1", "exp": moment + 60, **claims}
    said = {name: value for name, value in said.items() if value is not None}
    return jwt.encode(said, KEY, algorithm="RS256", headers=headers)


def bring(token: str) -> Any:
    return Client().post(
        "/_allauth/app/v1/auth/provider/token",
        {
            "provider": "oidc",
            "process": "login",
            "token": {"client_id": CLIENT_ID, "id_token": token},
        },
        content_type="application/json",
    )


def test_a_good_token_signs_in(provider: Any):
    answer = bring(written(provider, {"kid": "one"}, given_name="Amina"))
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["data"]["user"]["id"] == User.objects.get(first_name="Amina").pk


@pytest.mark.parametrize(
    ("headers", "claims"),
    [
        ({}, {}),
        ({"kid": "one"}, {"sub": None}),
        ({"kid": "one"}, {"sub": ""}),
        ({"kid": "one"}, {"sub": "a" * 192}),
        ({"kid": "one"}, {"sub": "a\0b"}),
        ({"kid": "one"}, {"userinfo": ["amina-1"]}),
    ],
    ids=["no key named", "nobody", "empty", "too long", "not to be stored", "a list"],
)
def test_a_token_that_names_no_key_or_nobody_is_refused(
    provider: Any, headers: dict[str, Any], claims: dict[str, Any]
):
    answer = bring(written(provider, headers, **claims))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "invalid_token"
    assert not User.objects.exists()
