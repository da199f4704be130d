"""How often one visitor may search and order on the pages: as often as by the API."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from shop.core.limits import CUSTOMER, GUEST, caller_address, seconds_to_wait

# Kind of limit (settings: API_RATES), method, beginning of the path.
LIMITED = (("search", "GET", "/search/"), ("checkout", "POST", "/checkout/"))


class LimitsMiddleware:
    """Ask whoever searches or orders without a pause to wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for kind, method, beginning in LIMITED:
            if request.method == method and request.path.startswith(beginning):
                if seconds := seconds_to_wait(kind, *_caller(request)):
                    return _wait(request, seconds)
                break
        return self.get_response(request)


def _caller(request: HttpRequest) -> tuple[str, str]:
    # Who has no session is asked for none: the answer stays the same for everybody.
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return CUSTOMER, str(request.user.pk)
    return GUEST, caller_address(request.META)


def _wait(request: HttpRequest, seconds: int) -> HttpResponseBase:
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if request.path.endswith("/suggest/"):
        detail = _("Too many requests; please wait.")
        return JsonResponse({"suggestions": [], "detail": detail}, status=429, headers=headers)
    answer = render(request, "429.html", status=429)
    for name, value in headers.items():
        answer.headers[name] = value
    return answer
