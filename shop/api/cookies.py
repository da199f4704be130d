"""Cookies that no database can look up are no cookies."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ReadableCookiesMiddleware:
    """Leave out cookies with null characters before anything looks for a session by them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A cookie can only say it quoted, as \000.
        if "\\" in request.META.get("HTTP_COOKIE", ""):
            for name in [name for name, value in request.COOKIES.items() if "\x00" in value]:
                del request.COOKIES[name]
        return self.get_response(request)
