"""What a bearer token may be used for. A session is not limited by scopes."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from rest_framework import exceptions

# Each scope with what the consent page says of it.
SCOPES: dict[str, Any] = settings.API_SCOPES
# What an outside token may do that names none of the shop's own scopes.
CUSTOMER_SCOPES = frozenset({"orders:read", "orders:write", "profile"})


@dataclass(frozen=True, slots=True)
class Grant:
    """A bearer token that was accepted: `request.auth` of its request."""

    scopes: frozenset[str]
    # Who holds the token: a client's id, or the name of the outside provider.
    holder: str


class InsufficientScope(exceptions.PermissionDenied):
    """The token is good, but not for this. Source: RFC 6750, section 3.1."""

    default_code = "insufficient_scope"

    def __init__(self, scope: str | None) -> None:
        if scope is None:
            super().__init__("No bearer token may do this; log in instead.")
        else:
            super().__init__(f"This needs a token with the scope {scope}.")
        named = f', scope="{scope}"' if scope else ""
        self.auth_header = f'Bearer realm="api", error="insufficient_scope"{named}'


def allows(auth: Any, scope: str) -> bool:
    """Tell whether `request.auth` lets its caller use a scope."""
    return not isinstance(auth, Grant) or scope in auth.scopes


def require_scope(auth: Any, scope: str | None) -> None:
    """Raise InsufficientScope for a token without the scope; None asks for nothing."""
    if scope is not None and not allows(auth, scope):
        raise InsufficientScope(scope)
