"""Know, wherever something is written, which request and so which person is behind it."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from rest_framework.throttling import BaseThrottle

ACCESS = "wagtailadmin.access_admin"
API = "/api/"

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class WatchMiddleware:
    """Keep the request at hand while it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)


def address_of(request: HttpRequest) -> str:
    """Return from which network address somebody calls, as the shop's own proxies say it."""
    caller: Any = request
    return str(BaseThrottle().get_ident(caller) or "")[:64]


def whence() -> dict[str, str]:
    """Return from where and by which door the present request came; {} outside of requests."""
    request = _request.get()
    if request is None:
        return {}
    found = {"from": address_of(request)}
    if door := _door(request):
        found["door"] = door
    return found


def at_work() -> Any:
    """Return the member of staff who does something in the admin or by the API; else None."""
    request = _request.get()
    if request is None or not _door(request):
        return None
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated and user.has_perm(ACCESS) else None


def by_the_api() -> bool:
    """Tell whether the present request came by the API, where Wagtail itself notes nothing."""
    request = _request.get()
    return request is not None and request.path.startswith(API)


def _door(request: HttpRequest) -> str:
    if request.path.startswith(API):
        return "API"
    return "admin" if request.path.startswith(reverse("wagtailadmin_home")) else ""
