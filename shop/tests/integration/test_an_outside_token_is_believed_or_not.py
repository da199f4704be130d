"""Bearer tokens of an outside identity provider."""

import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from shop.api.authentication.outside import customer_of
from shop.tests.api_tokens import bearer
from shop.tests.fakes.identity import AUDIENCE, public_jwk, stranger_key
from shop.tests.outside_tokens import hours, status, trusted_provider

pytestmark = pytest.mark.django_db

ORDERS = "/api/v2/orders/"
PRODUCTS = "/api/v2/products/"


@pytest.fixture
def provider(settings):
    with trusted_provider(settings) as running:
        yield running


def test_one_subject_is_one_customer(provider):
    token = provider.token(given_name="Amina", family_name="Otieno", email="amina@example.org")
    assert status(token) == 200
    assert status(provider.token()) == 200
    (account,) = SocialAccount.objects.all()
    assert (account.provider, account.uid) == ("api_jwt", "person-1")
    assert str(account.user) == "Amina Otieno"
    assert account.user.email == ""
    assert not account.user.has_usable_password()
    assert status(provider.token(sub="person-2")) == 200
    assert get_user_model().objects.count() == 2


@pytest.mark.parametrize(
    ("said", "kept"), [("A\ud800mina", "Amina"), ("A\x00", ""), (["A"], ""), ("x" * 500, "x" * 150)]
)
def test_a_name_that_no_database_keeps_shuts_nobody_out(provider, said, kept):
    assert status(provider.token(given_name=said)) == 200
    assert SocialAccount.objects.get().user.first_name == kept


def test_a_token_is_no_way_into_somebody_s_account(provider):
    get_user_model().objects.create_user("victim", "victim@example.org", "hers", is_superuser=True)
    token = provider.token(
        sub="victim", email="victim@example.org", email_verified=True, preferred_username="victim"
    )
    assert status(token) == 200
    made = SocialAccount.objects.get().user
    assert made.username != "victim"
    assert not made.is_superuser


def test_who_logs_in_there_is_the_same_customer(provider, settings):
    settings.OIDC_ISSUER = f"{provider.issuer}/"
    amina = get_user_model().objects.create_user("amina")
    SocialAccount.objects.create(user=amina, provider=settings.OIDC_PROVIDER_ID, uid="person-1")
    assert status(provider.token()) == 200
    assert get_user_model().objects.count() == 1


def test_a_customer_who_was_shut_out_stays_out(provider):
    assert status(provider.token()) == 200
    get_user_model().objects.update(is_active=False)
    assert status(provider.token()) == 401


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (None, {"orders:read", "profile"}),
        ("openid profile email", {"orders:read", "profile"}),
        ("orders:read", {"orders:read"}),
        ("openid orders:write profile", {"profile"}),
        (["orders:read", 3], {"orders:read"}),
        (7, {"orders:read", "profile"}),
        ("catalog:write", set()),
    ],
)
def test_a_token_may_what_its_scopes_say(provider, scope, may):
    token = provider.token(**({"scope": scope} if scope is not None else {}))
    assert (status(token) == 200) == ("orders:read" in may)
    assert (status(token, "/api/v2/customers/me/") == 403) == ("profile" not in may)


def test_the_catalogue_needs_the_word_and_the_right(provider, shop_site):
    soap = {"name": "Soap", "price": "120.00"}

    def write(token):
        answer = Client().post(PRODUCTS, soap, "application/json", headers=bearer(token))
        return answer.status_code

    assert write(provider.token(scope="catalog:write")) == 403
    user = SocialAccount.objects.get().user
    user.user_permissions.add(Permission.objects.get(codename="add_product"))
    assert write(provider.token()) == 403
    assert write(provider.token(scope="catalog:write")) == 201


REFUSED = {
    "another issuer": {"iss": "https://evil.test"},
    "no issuer": {"iss": ...},
    "an issuer that is a list": {"iss": ["https://evil.test"]},
    "another audience": {"aud": "another-api"},
    "no audience": {"aud": ...},
    "audiences of others": {"aud": ["a", "b"]},
    "an audience that is a number": {"aud": 7},
    "expired": {"exp": hours(-1)},
    "expired for longer than the leeway": {"exp": int(time.time()) - 3600},
    "no end": {"exp": ...},
    "an end that is no number": {"exp": "soon"},
    "an end beyond numbers": {"exp": 1e400},
    "an end that is true": {"exp": None},
    "not yet valid": {"nbf": hours(1)},
    "issued tomorrow": {"iat": hours(24)},
    "no subject": {"sub": ...},
    "an empty subject": {"sub": ""},
    "a blank subject": {"sub": "  "},
    "a subject that is a number": {"sub": 5},
    "a subject that is a list": {"sub": ["person-1"]},
    "no subject at all": {"sub": None},
    "a subject too long to keep": {"sub": "x" * 192},
    "a subject that no database keeps": {"sub": "per\x00son"},
}


@pytest.mark.parametrize("claims", REFUSED.values(), ids=REFUSED)
def test_a_token_with_wrong_claims_is_refused(provider, claims):
    payload = provider.claims(**claims)
    token = _signed(provider, payload)
    answer = Client().get(ORDERS, headers=bearer(token))
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["code"] == "invalid_token"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert not get_user_model().objects.exists()


def _signed(provider, payload) -> str:
    """Sign whatever it says: PyJWT itself would refuse some of it."""
    import json

    text = json.dumps(payload).encode()
    return jwt.PyJWS().encode(text, provider.kids["first"], "RS256", headers={"kid": "first"})


def test_ten_seconds_of_another_clock_are_forgiven(provider):
    assert status(provider.token(exp=int(time.time()) - 5)) == 200
    assert status(provider.token(nbf=int(time.time()) + 5)) == 200


def test_either_kind_of_key_signs(provider):
    assert status(provider.token(kid="curve")) == 200
    assert status(provider.token(aud=["other", AUDIENCE])) == 200


def test_a_token_that_the_provider_did_not_sign_is_refused(provider):
    good = provider.token()
    header, payload, signature = good.split(".")
    public = provider.kids["first"].public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    claims = provider.claims()
    forged = {
        "another key": provider.token(key=stranger_key()),
        "a changed word": ".".join((header, payload[:-4] + "AAAA", signature)),
        "no signature": f"{header}.{payload}.",
        "algorithm none": jwt.encode(claims, None, "none", headers={"kid": "first"}),
        "HS256 with the public key": _hmac_signed(claims, pem),
        "HS256 with a word": jwt.encode(claims, "x" * 32, "HS256", headers={"kid": "first"}),
        "RS512": jwt.encode(claims, provider.kids["first"], "RS512", headers={"kid": "first"}),
        "PS256": jwt.encode(claims, provider.kids["first"], "PS256", headers={"kid": "first"}),
        "the other kind of key": jwt.encode(
            claims, provider.kids["curve"], "ES256", headers={"kid": "first"}
        ),
        "no kid": jwt.encode(claims, provider.kids["first"], "RS256"),
        "its own key in the header": jwt.encode(
            claims,
            stranger_key(),
            "RS256",
            headers={"kid": "mine", "jwk": public_jwk(stranger_key(), "mine")},
        ),
        "no JWT": "ey.ey.ey",
        "no JSON": "eyJ.e30.",
        "four parts": f"{good}.x",
    }
    for name, token in forged.items():
        assert status(token) == 401, name
    assert not get_user_model().objects.exists()


def _hmac_signed(claims, pem: bytes) -> str:
    """Sign as a confused library would let one; PyJWT refuses to do it."""
    import base64
    import hashlib
    import hmac
    import json

    def part(data: bytes) -> bytes:
        return base64.urlsafe_b64encode(data).rstrip(b"=")

    header = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "first"}).encode())
    signed = header + b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.new(pem, signed, hashlib.sha256).digest())).decode()


def test_a_token_means_nothing_where_no_provider_is_named(provider, settings):
    settings.API_JWT_ISSUER = ""
    assert status(provider.token()) == 401


def test_a_bad_outside_token_never_falls_back_to_the_session(provider):
    browser = Client()
    browser.force_login(get_user_model().objects.create_user("amina"))
    assert browser.get(ORDERS).status_code == 200
    refused = browser.get(ORDERS, headers=bearer(provider.token(exp=hours(-1))))
    assert refused.status_code == 401


def test_a_known_customer_costs_one_statement(provider, django_assert_num_queries):
    claims = provider.claims()
    user = customer_of(claims)
    with django_assert_num_queries(1):
        assert customer_of(claims) == user
