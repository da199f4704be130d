"""Texts of messages: written with placeholders, shown as an example order would make them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from shop.notifications.models import Channel, Event, MessageTemplate
from shop.notifications.queries import preview
from shop.notifications.rules import text_problems, usable_words


def preview_context(template: MessageTemplate) -> dict[str, Any]:
    """Return what the preview shows: problems, or the text with its length."""
    problems = text_problems(template.subject + template.body, template.channel, template.event)
    shown = preview(template) if template.body and not problems else None
    return {
        "problems": problems,
        "shown": shown,
        "is_sms": template.channel == Channel.SMS,
        "cost": shown.parts * settings.SMS_PRICE if shown else 0,
        "sender": settings.AFRICASTALKING_SENDER_ID or settings.WAGTAIL_SITE_NAME,
        "from_email": settings.DEFAULT_FROM_EMAIL,
        "placeholders": usable_words(template.channel, template.event).items(),
    }


class PreviewPanel(Panel):
    """The text as a customer would read it, with its length in SMS parts."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "backoffice/panels/message_preview.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            template = self.instance if self.instance.channel else MessageTemplate(channel="sms")
            context["url"] = reverse("message_text_preview")
            context.update(preview_context(template))
            return context

        class Media:
            js = ["backoffice/message_preview.js"]
            css = {"all": ["backoffice/messages.css"]}


@require_POST
@permission_required("notifications.change_messagetemplate", raise_exception=True)
def message_text_preview(request: HttpRequest) -> HttpResponse:
    """Answer the preview of what stands in the form now."""
    channel = request.POST.get("channel", "")
    event = request.POST.get("event", "")
    template = MessageTemplate(
        channel=channel if channel in Channel.values else Channel.SMS,
        event=event if event in Event.values else Event.PLACED,
        subject=request.POST.get("subject", "")[:150],
        body=request.POST.get("body", "")[:10_000],
    )
    return render(request, "backoffice/messages/preview.html", preview_context(template))


class MessageTextIndexView(IndexView):
    """The texts in the order of an order's life."""

    list_display = [
        Column("get_event_display", label=_("Event"), sort_key="event"),
        Column("get_channel_display", label=_("How"), sort_key="channel"),
        Column("body", label=_("Text"), accessor=lambda text: text.body[:90]),
        BooleanColumn("active", label=_("Sent"), sort_key="active"),
    ]

    @property
    def columns(self) -> list[Any]:
        title = self._get_title_column("get_event_display")
        title.label = _("Event")
        return [title, *self.list_display[1:]]


class MessageTextViewSet(ModelViewSet):
    """Message texts."""

    model = MessageTemplate
    name = "message_texts"
    url_prefix = "message-texts"
    icon = "comment"
    menu_label = _("Message texts")
    index_view_class = MessageTextIndexView
    list_filter = ["event", "channel", "active"]
    ordering = ["pk"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("event"), FieldPanel("channel"), FieldPanel("active")]),
            FieldPanel("subject"),
            FieldPanel("body"),
            PreviewPanel(heading=_("As a customer reads it")),
        ]
    )
