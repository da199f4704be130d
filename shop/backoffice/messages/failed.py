"""Send all failed messages again, by the reason for which they failed."""

from datetime import datetime

from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.log_actions import log

from shop.backoffice.audit.words import RESENT
from shop.backoffice.messages.overview import crumbs
from shop.core.clock import now
from shop.notifications.actions import resend_failed
from shop.notifications.models import Channel, Message
from shop.notifications.queries import failures_by_reason

SIGNER = signing.Signer(salt="reasons of failed messages")


@permission_required("notifications.change_message", raise_exception=True)
def send_failed_again(request: HttpRequest) -> HttpResponse:
    """Show why messages failed; on POST, send those of the ticked reasons once more."""
    if request.method == "POST":
        return _send(request)
    unknown = Message.objects.filter(state=Message.State.UNKNOWN, expires_at=None)
    return render(
        request,
        "backoffice/messages/failed.html",
        {
            "failures": [
                (
                    failure,
                    Channel(failure.channel).label,
                    SIGNER.sign_object([failure.channel, failure.reason]),
                )
                for failure in failures_by_reason()
            ],
            "unknown": unknown.count(),
            "until": now().isoformat(),
            "header_title": _("Send failed messages again"),
            "header_icon": "rotate",
            "breadcrumbs_items": crumbs(("", _("Send failed messages again"))),
        },
    )


def _send(request: HttpRequest) -> HttpResponse:
    until = _moment(request.POST.get("until", ""))
    reasons = set()
    for signed in request.POST.getlist("reason"):
        try:
            channel, reason = SIGNER.unsign_object(signed)
        except signing.BadSignature:
            continue
        reasons.add((channel, reason))
    if until is None or not reasons:
        messages.warning(request, _("Tick the reasons whose messages shall go out again."))
        return redirect("messages_failed")
    count = resend_failed(reasons=reasons, until=until, actor=str(request.user))
    if count:
        data = {"kind": "messages_resent", "what": str(count)}
        log(request.user, RESENT, user=request.user, data=data)
        messages.success(
            request,
            ngettext(
                "%d message goes out again in a moment.",
                "%d messages go out again in a moment.",
                count,
            )
            % count,
        )
    else:
        messages.warning(request, _("Nothing was left to send: somebody did it before."))
    return redirect("messages_overview")


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
