"""Where the admin answers, and what its pages may load."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

# What an admin host serves: the admin, and what its pages and its login need.
SERVED = (
    "/account/", "/identity/", "/_allauth/", "/api/", "/static/", "/media/", "/documents/",
    "/health/", "/metrics",
)  # fmt: skip


class AdminDoorMiddleware:
    """Open the admin on its own host only, where ADMIN_HOST names one, with a content policy.

    Elsewhere its addresses are not found; the shop's pages are shown at the shop's own address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.inside = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        of_the_admin = request.path.startswith(self.inside)
        if settings.ADMIN_HOST:
            at_its_host = request.get_host() == urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
            if of_the_admin and not at_its_host:
                raise Http404
            if at_its_host and not (of_the_admin or request.path.startswith(SERVED)):
                return self._elsewhere(request)
        response = self.get_response(request)
        if of_the_admin:
            response._csp_replace = settings.ADMIN_CONTENT_POLICY  # type: ignore[attr-defined]
        return response

    def _elsewhere(self, request: HttpRequest) -> HttpResponseBase:
        if request.path == "/":
            return HttpResponsePermanentRedirect(self.inside)
        if request.method not in {"GET", "HEAD"}:
            raise Http404
        return HttpResponsePermanentRedirect(f"{settings.BASE_URL}{request.get_full_path()}")


def admin_address() -> str:
    """Return where the admin's first page is, with its host where that is another one."""
    host = settings.WAGTAILADMIN_BASE_URL if settings.ADMIN_HOST else ""
    return f"{host}{reverse('wagtailadmin_home')}"
