"""See a text on a drawn phone, and send it to oneself: works without scripts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from shop.backoffice.messages.overview import crumbs
from shop.backoffice.setup.message_texts import preview_context
from shop.core.errors import ShopError
from shop.notifications.actions import send_trial
from shop.notifications.models import Channel, Event, MessageTemplate
from shop.notifications.rules import with_way_out

RIGHTS = {Event.NEWS.value: "notifications.add_broadcast"}
WRITES_TEXTS = "notifications.change_messagetemplate"


def text_of(fields: Any) -> MessageTemplate:
    """Return the text that stands in a form, whatever else was sent."""
    channel, event = fields.get("channel", ""), fields.get("event", "")
    body = fields.get("body", "")[:10_000]
    channel = channel if channel in Channel.values else Channel.SMS.value
    if event == Event.NEWS and channel != Channel.STAFF_EMAIL and body.strip():
        body = with_way_out(body, channel)
    return MessageTemplate(
        channel=channel,
        event=event if event in Event.values else Event.PLACED,
        subject=fields.get("subject", "")[:150],
        body=body,
    )


@login_required
@require_POST
def try_text(request: HttpRequest) -> HttpResponse:
    """Show a text as the example order makes it; with `send`, send it to one's own phone."""
    text = text_of(request.POST)
    user: Any = request.user
    if not user.has_perm(RIGHTS.get(text.event, WRITES_TEXTS)):
        raise PermissionDenied
    own = user.phone if text.channel == Channel.SMS else user.email
    recipient = request.POST.get("recipient") or str(own or "")
    if "send" in request.POST:
        try:
            sent = send_trial(template=text, recipient=recipient, user=user)
        except ShopError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("On its way to %s.") % sent.recipient)
    return render(
        request,
        "backoffice/messages/trial.html",
        {
            **preview_context(text),
            "text": text,
            "recipient": recipient,
            "header_title": _("Preview and test"),
            "header_icon": "view",
            "breadcrumbs_items": crumbs(("", _("Preview and test"))),
        },
    )
