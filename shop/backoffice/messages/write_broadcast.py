"""Write a broadcast, try it on oneself, send it, stop it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from shop.backoffice.messages.overview import crumbs
from shop.backoffice.setup.message_texts import preview_context
from shop.core.errors import ShopError
from shop.notifications.actions import save_broadcast, start_broadcast, stop_broadcast
from shop.notifications.models import Broadcast, Channel
from shop.notifications.queries import audience_of, news_text, reach_of

MAY_SEND = "notifications.add_broadcast"


class BroadcastForm(forms.ModelForm[Broadcast]):
    """What is said, how, and to whom."""

    class Meta:
        model = Broadcast
        fields = ["channel", "audience", "subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 6})}


def _page(broadcast: Broadcast) -> str:
    return reverse("notifications_broadcast_modeladmin_inspect", args=[broadcast.pk])


def reach_context(broadcast: Broadcast) -> dict[str, Any]:
    """Return what the preview shows of a broadcast: the text, whom it reaches, what that costs."""
    shown = preview_context(news_text(broadcast))
    if not broadcast.body.strip() or shown["problems"]:
        return {**shown, "shown": None, "people": audience_of(broadcast).count()}
    reach = reach_of(broadcast)
    return {**shown, "people": reach.people, "total_cost": reach.cost}


@permission_required(MAY_SEND, raise_exception=True)
def write_broadcast(request: HttpRequest, broadcast_id: int | None = None) -> HttpResponse:
    """Write a draft."""
    broadcast = (
        get_object_or_404(Broadcast, pk=broadcast_id, state=Broadcast.State.DRAFT)
        if broadcast_id
        else Broadcast()
    )
    form = BroadcastForm(request.POST if request.method == "POST" else None, instance=broadcast)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_broadcast(
                broadcast=broadcast, **form.cleaned_data, actor=str(request.user)
            )
        except ShopError as error:
            form.add_error(error.field, error.message)
        else:
            return redirect(_page(saved))
    index = reverse("notifications_broadcast_modeladmin_index")
    title = _("Change the draft") if broadcast_id else _("Write to customers")
    return render(
        request,
        "backoffice/messages/write_broadcast.html",
        {
            "form": form,
            **reach_context(form.instance),
            "header_title": title,
            "header_icon": "group",
            "breadcrumbs_items": crumbs((index, _("Broadcasts")), ("", title)),
        },
    )


@require_POST
@permission_required(MAY_SEND, raise_exception=True)
def broadcast_preview(request: HttpRequest) -> HttpResponse:
    """Answer the preview of what stands in the form now."""
    channel, audience = request.POST.get("channel", ""), request.POST.get("audience", "")
    broadcast = Broadcast(
        channel=channel if channel == Channel.EMAIL else Channel.SMS,
        audience=audience if audience in Broadcast.Audience.values else Broadcast.Audience.ALL,
        subject=request.POST.get("subject", "")[:150],
        body=request.POST.get("body", "")[:10_000],
    )
    return render(request, "backoffice/messages/reach.html", reach_context(broadcast))


@require_POST
@permission_required(MAY_SEND, raise_exception=True)
def send_broadcast(request: HttpRequest, broadcast_id: int) -> HttpResponse:
    """Let a draft go out."""
    broadcast = get_object_or_404(Broadcast, pk=broadcast_id)
    try:
        start_broadcast(broadcast_id=broadcast.pk, actor=str(request.user))
    except ShopError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It is going out. Messages about orders go first."))
    return redirect(_page(broadcast))


@require_POST
@permission_required(MAY_SEND, raise_exception=True)
def end_broadcast(request: HttpRequest, broadcast_id: int) -> HttpResponse:
    """Stop what has not gone out yet."""
    broadcast = get_object_or_404(Broadcast, pk=broadcast_id)
    try:
        stop_broadcast(broadcast_id=broadcast.pk, actor=str(request.user))
    except ShopError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Stopped. What had left cannot be called back."))
    return redirect(_page(broadcast))
