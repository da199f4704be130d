"""Where a person lets a program act for them: allauth's page with the shop's conditions."""

from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc.internal.oauthlib.utils import respond_html_error
from allauth.idp.oidc.internal.resources import InvalidTargetError, get_resources
from allauth.idp.oidc.views import AuthorizationView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from oauthlib.oauth2.rfc6749.errors import (
    InvalidRequestError,
    MissingCodeChallengeError,
    OAuth2Error,
)


class Consent(AuthorizationView):
    """Ask for consent; every client proves that the code came back to itself (PKCE, S256)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show who wants what."""
        words = request.GET
        if not words.get("code_challenge") or words.get("code_challenge_method") != "S256":
            return _refused(request, MissingCodeChallengeError("Code challenge required (S256)."))
        if any("\x00" in word for _name, values in words.lists() for word in values):
            return _refused(request, InvalidRequestError("Null characters are not allowed."))
        if not has_good_target(request):
            return _refused(request, InvalidTargetError())
        answer = super().get(request, *args, **kwargs)
        # Browsers hold the redirect after a form to form-action, too.
        target = getattr(self, "_request_info", {}).get("redirect_uri")
        if target:
            answer._csp_update = {"form-action": [_origin(target)]}
        return answer


def has_good_target(request: HttpRequest) -> bool:
    """Tell whether each `resource` is an address that a token can be for. Source: RFC 8707."""
    try:
        get_resources(request)
    # An address with half of an IPv6 host is no validation error to allauth.
    except (ValidationError, ValueError):
        return False
    return True


def _refused(request: HttpRequest, error: OAuth2Error) -> HttpResponse:
    answer: HttpResponse = respond_html_error(request, error=error)
    answer.status_code = 400
    return answer


def _origin(address: str) -> str:
    parts = urlsplit(address)
    web = parts.scheme in ("http", "https")
    return f"{parts.scheme}://{parts.netloc}" if web else f"{parts.scheme}:"
