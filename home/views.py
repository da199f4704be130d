"""The one view of the site itself."""

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve

from home.sites import settle_site
from shop.catalog.changes import catalogue_seen


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve a page of the tree as Wagtail does, with the site known beforehand."""
    settle_site(request)
    with catalogue_seen(getattr(request, "catalogue_version", None)):
        response: HttpResponse = serve(request, path)
    return response
