"""The page at which offers are stopped, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from shop.core.errors import NotFound
from shop.notifications.actions import find_way_out, stop_news
from shop.notifications.models import Channel


# Mail programs send this form themselves when their button is pressed (RFC 8058); the address is
# the proof. Looking at it stops nothing: some of them open every link of an email.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def news_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether offers shall stop; on POST, stop them."""
    try:
        way_out = find_way_out(token)
    except NotFound as unknown:
        raise Http404(unknown.message) from unknown
    if request.method == "POST":
        stop_news(way_out)
    return render(
        request,
        "storefront/news_stop.html",
        {
            "by_sms": way_out.channel == Channel.SMS,
            "stopped": not way_out.is_open,
            "meta": {"title": _("No more offers"), "robots": "noindex"},
        },
    )
