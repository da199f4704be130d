"""How often one caller may call in a minute (settings: API_RATES).

Reading the public catalogue has no limit in the application: it is made to be asked often, and
answers 304 for next to nothing.
"""

from typing import Any

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from shop.api.authentication import Grant
from shop.core import limits
from shop.core.limits import CUSTOMER, GUEST, TOKEN, seconds_to_wait

READ, WRITE = "read", "write"


class CallerThrottle(BaseThrottle):
    """Counts calls of one kind by a token, by a customer, or from a guest's address."""

    _seconds = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count this call and tell whether it is one of the allowed ones."""
        kind = kind_of_call(request, view)
        if kind is None:
            return True
        self._seconds = seconds_to_wait(kind, *_caller(request))
        return not self._seconds

    def wait(self) -> float:
        """Return after how many whole seconds to try again."""
        return self._seconds


def kind_of_call(request: Request, view: Any) -> str | None:
    """Return which limit counts a call, None for one without limit."""
    named: str | None = view.rates.get(request.method)
    if named:
        return named
    if request.method not in SAFE_METHODS:
        return WRITE
    return None if view.open_to_all or request.method == "OPTIONS" else READ


def caller_address(request: Any) -> str:
    """Return the caller's network address, as the shop's own proxies say it."""
    return limits.caller_address(request.META)


def _caller(request: Request) -> tuple[str, str]:
    if isinstance(request.auth, Grant):
        return TOKEN, f"{request.auth.holder}:{request.user.pk}"
    if request.user.is_authenticated:
        return CUSTOMER, str(request.user.pk)
    return GUEST, caller_address(request)
