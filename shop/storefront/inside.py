"""Machines that ask how the shop is know where it runs, not what it is called."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ASKED = ("/health/", "/metrics")


class InsideMiddleware:
    """Let load balancers and Prometheus ask by network address, which is no host of the shop's.

    What they ask for is the same under every name, and the figures need a token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.host = urlsplit(settings.BASE_URL).netloc

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(ASKED):
            request.META["HTTP_HOST"] = self.host
        return self.get_response(request)
