"""Tokens of an outside identity provider: signed JWTs (settings: API_JWT_*)."""

import logging
import secrets
from functools import lru_cache
from typing import Any

import jwt
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from rest_framework.request import Request

from shop.api.authentication.bearer import BearerAuthentication, InvalidToken
from shop.api.authentication.keys import ALGORITHM, KeySet
from shop.api.authentication.people import user_by_subject
from shop.api.authentication.scopes import CUSTOMER_SCOPES, SCOPES, Grant
from shop.customers.models import User

logger = logging.getLogger(__name__)

LEEWAY_SECONDS = 10
# What SocialAccount.uid holds.
LONGEST_SUBJECT = 191
# Also a standard OpenID scope, which many providers put into every token: alone it says nothing
# about this shop.
COMMON_SCOPES = frozenset({"profile"})


class OutsideTokenAuthentication(BearerAuthentication):
    """A bearer token that is not the shop's own; the chain's last word about bearer tokens."""

    def recognise(self, token: str, request: Request) -> tuple[Any, Any]:
        if not settings.API_JWT_ISSUER:
            raise InvalidToken
        claims = verified_claims(token)
        user = customer_of(claims)
        if not user.is_active:
            raise InvalidToken
        return user, Grant(scopes_of(claims), provider_id())


@lru_cache(maxsize=4)
def key_set(issuer: str, jwks_url: str) -> KeySet:
    """Return the process's one set of keys for a provider."""
    return KeySet(issuer, jwks_url)


def verified_claims(token: str) -> dict[str, Any]:
    """Return what a token says once everything about it was checked. Raises InvalidToken."""
    try:
        header = jwt.get_unverified_header(token)
        kid, algorithm = header.get("kid"), header.get("alg")
        if not isinstance(kid, str) or algorithm not in ALGORITHM.values():
            raise InvalidToken
        key = key_set(settings.API_JWT_ISSUER, settings.API_JWT_JWKS_URL).find(kid)
        if key is None or key.algorithm_name != algorithm:
            raise InvalidToken
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key,
            algorithms=[algorithm],
            audience=settings.API_JWT_AUDIENCE,
            issuer=settings.API_JWT_ISSUER,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )
    # A number such as 1e999 in a claim of time is no JWT error to PyJWT.
    except (jwt.PyJWTError, OverflowError, RecursionError) as problem:
        raise InvalidToken from problem
    subject = claims["sub"]
    # PyJWT lets an empty one pass.
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise InvalidToken
    return claims


def scopes_of(claims: dict[str, Any]) -> frozenset[str]:
    """Return the shop's scopes that a token names; a customer's if it names none."""
    said = claims.get("scope", "")
    words = said.split() if isinstance(said, str) else said if isinstance(said, list) else []
    named = frozenset(word for word in words if isinstance(word, str)) & SCOPES.keys()
    return frozenset(named) if named - COMMON_SCOPES else CUSTOMER_SCOPES


def provider_id() -> str:
    """Return under which provider the people are kept: the login's, if that is the same one."""
    same = settings.API_JWT_ISSUER.rstrip("/") == settings.OIDC_ISSUER.rstrip("/")
    return settings.OIDC_PROVIDER_ID if same else "api_jwt"


def customer_of(claims: dict[str, Any]) -> User:
    """Return the one customer of a subject; made at the first request.

    No address in the token leads to somebody's account: only `sub` counts.
    """
    provider, subject = provider_id(), claims["sub"]
    found = user_by_subject(provider, subject)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            user = User(
                username=f"{provider}-{secrets.token_hex(10)}",
                first_name=_word(claims.get("given_name"), 150),
                last_name=_word(claims.get("family_name"), 150),
            )
            user.claimed = {"first_name": user.first_name, "last_name": user.last_name}
            user.set_unusable_password()
            user.save()
            SocialAccount.objects.create(provider=provider, uid=subject, user=user)
    except IntegrityError:
        # Another request of the same person was quicker.
        found = user_by_subject(provider, subject)
        if found is None:
            raise
        return found
    return user


def _word(value: Any, length: int) -> str:
    """Return what a database can keep of a claim: JSON may hold halves of characters."""
    if not isinstance(value, str) or "\x00" in value:
        return ""
    return value.encode(errors="ignore").decode()[:length]
