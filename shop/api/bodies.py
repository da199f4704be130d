"""Bodies of addresses that are not the shop's own: sign-up and login for apps are allauth's."""

from collections.abc import Callable

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from shop.api.door import LARGEST_BODY

BASE = "/_allauth/"


class HeadlessBodiesMiddleware:
    """Refuse JSON that is too large (413) or nested too deeply (400), which allauth would read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(BASE):
            length = request.META.get("CONTENT_LENGTH") or "0"
            if length.isdecimal() and int(length) > LARGEST_BODY:
                return JsonResponse({"status": 413}, status=413)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer for the parser, which gives up by calling itself too often."""
        if isinstance(exception, RecursionError) and request.path.startswith(BASE):
            return JsonResponse({"status": 400}, status=400)
        return None
