"""Sessions: a browser's by cookie, an app's by header."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.internal.sessionkit import get_session_user
from allauth.headless import app_settings
from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.conf import settings
from django.http import HttpRequest
from rest_framework import authentication
from rest_framework.request import Request

from shop.api.authentication.bearer import CHALLENGE, InvalidToken


def withhold_rights(user: Any, session: Any) -> None:
    """Let the rights of staff count only in a session that proved a second factor.

    The admin asks for the same, in the same setting: what lies there is to be had here too.
    """
    request = HttpRequest()
    request.session = session
    user.rights_withheld = settings.STAFF_MFA_REQUIRED and not any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )


class SessionTokenAuthentication(XSessionTokenAuthentication):
    """`X-Session-Token`, as allauth's headless sign-up and login give it to apps."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return the user; None while the login is not finished. Raises InvalidToken."""
        token = self.get_session_token(request)
        if not token:
            return None
        session = None if "\x00" in token else app_settings.TOKEN_STRATEGY.lookup_session(token)
        if session is None:
            raise InvalidToken("This session has ended; log in again.")
        user = get_session_user(session)
        if not user:
            return None
        withhold_rights(user, session)
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session with its CSRF check; who is not logged in hears 401, not 403."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Return the user of the session."""
        found: tuple[Any, Any] | None = super().authenticate(request)
        if found is not None:
            withhold_rights(found[0], request.session)
        return found

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE
