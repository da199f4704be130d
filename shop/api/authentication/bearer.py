"""Read `Authorization: Bearer`, and answer a bad token. Source: RFC 6750."""

from abc import abstractmethod
from typing import Any

from django.http import HttpRequest
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

CHALLENGE = 'Bearer realm="api"'
LONGEST_TOKEN = 8_000
_REFUSED = "_bearer_refused"


class InvalidToken(exceptions.AuthenticationFailed):
    """The token is malformed, expired, revoked, or of nobody the shop knows."""

    default_code = "invalid_token"
    default_detail = "This token is not valid here, or not any more."


class BearerAuthentication(BaseAuthentication):
    """A link of the chain that knows one kind of token."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return user and grant, or None where there is no such token."""
        token = bearer_token(request)
        if token is None:
            return None
        try:
            return self.recognise(token, request)
        except InvalidToken:
            # The header is made by the first link of the chain, whichever refused.
            setattr(_inner(request), _REFUSED, True)
            raise

    @abstractmethod
    def recognise(self, token: str, request: Request) -> tuple[Any, Any] | None:
        """Return user and grant, None for a foreign token. Raises InvalidToken."""

    def authenticate_header(self, request: Request) -> str:
        refused = getattr(_inner(request), _REFUSED, False)
        return f'{CHALLENGE}, error="invalid_token"' if refused else CHALLENGE


def _inner(request: Any) -> HttpRequest:
    return getattr(request, "_request", request)


def bearer_token(request: Any) -> str | None:
    """Return the token of the Authorization header, None if it names another scheme."""
    scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    # An empty or over-long one is refused as any unknown token is.
    token = token.strip()
    return token if len(token) <= LONGEST_TOKEN else ""


def is_jwt(token: str) -> bool:
    """Tell whether a token has the form of a signed JWT; the shop's own have not."""
    return token.startswith("ey") and token.count(".") == 2
