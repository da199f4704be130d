"""Where the SMS provider tells the shop of messages: kept first, applied by the worker."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.notifications.actions import is_report_token, keep_report
from shop.notifications.models import CarrierReport

MOST_BYTES = 16 * 1024


@csrf_exempt
@require_POST
def message_notice(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """Take a delivery report, an SMS from a phone, or word that somebody wants no more."""
    if not is_report_token(token) or kind not in CarrierReport.Kind.values:
        return HttpResponse(status=404)
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return HttpResponse(status=400)
    if announced > MOST_BYTES:
        return HttpResponse(status=413)
    # For the log only: behind a proxy this is the proxy, and the header is anybody's.
    sender = str(request.META.get("REMOTE_ADDR", ""))
    keep_report(kind=kind, body=request.body, sender=sender)
    return HttpResponse("OK", content_type="text/plain")
