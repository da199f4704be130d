"""The one view of the site itself."""

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve

from home.sites import settle_site


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page of the tree as Wagtail does, with the site known beforehand."""
    settle_site(request)
    response: HttpResponse = serve(request, path)
    return response
