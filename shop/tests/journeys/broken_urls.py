"""The shop's addresses and one more that breaks, to look at the page for that."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from settings.urls import urlpatterns as addresses_of_the_shop


def break_down(request: HttpRequest) -> HttpResponse:
    """Fail as a bug would."""
    raise RuntimeError("Broken for a test")


urlpatterns = [path("broken/", break_down), *addresses_of_the_shop]
