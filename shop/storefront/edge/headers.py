"""Say of each page whether a cache between shop and visitor may keep it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

OWN = "private, no-cache"


class PrivatePagesMiddleware:
    """Mark every page of which nobody has said otherwise as its visitor's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "text/html" in response.headers.get("Content-Type", ""):
            response.headers.setdefault("Cache-Control", OWN)
        return response
