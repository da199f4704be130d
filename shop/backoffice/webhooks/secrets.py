"""A webhook's secret, which is shown once: after it was made, and after it was changed."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from shop.webhooks.actions import rotate_secret
from shop.webhooks.models import Endpoint


def _context(endpoint: Endpoint) -> dict[str, object]:
    page = reverse("webhooks:inspect", args=[endpoint.pk])
    return {
        "webhook": endpoint,
        "page": page,
        "header_title": _("Secret"),
        "header_icon": "link-external",
        "breadcrumbs_items": [
            {"url": reverse("webhooks:index"), "label": _("Webhooks")},
            {"url": page, "label": str(endpoint)},
            {"url": "", "label": _("Secret")},
        ],
    }


def show_secret(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    """Answer the one page that shows a secret; nothing on the way may keep it."""
    response = render(request, "backoffice/webhooks/secret.html", _context(endpoint))
    add_never_cache_headers(response)
    return response


@permission_required("webhooks.change_endpoint", raise_exception=True)
def change_secret(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Ask whether the secret shall be changed; on POST, change it and show the new one."""
    endpoint = get_object_or_404(Endpoint, pk=webhook_id)
    if request.method == "POST":
        changed = rotate_secret(endpoint_id=endpoint.pk)
        log(changed, "wagtail.edit", user=request.user)
        return show_secret(request, changed)
    return render(request, "backoffice/webhooks/change_secret.html", _context(endpoint))
