"""Every SMS and email, newest first, with all that is known of its delivery."""

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from shop.backoffice.records.base import DateFilter, RecordAdmin, tag
from shop.backoffice.records.by_order import ByOrderSearch, link_to_order
from shop.notifications.actions.resend import RESENDABLE
from shop.notifications.models import Message

STATE_TONES = {
    "delivered": "good",
    "failed": "alert",
    "unknown": "warn",
}


class MessageInspectView(InspectView):
    """One message with all that is known of its delivery."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        message = self.instance
        may_resend = (
            message.state in RESENDABLE
            and not message.private
            and self.request.user.has_perm("notifications.change_message")
        )
        return super().get_context_data(
            message=message,
            state_tag=tag(message.get_state_display(), STATE_TONES.get(message.state, "")),
            order_link=link_to_order(message.order),
            reports=list(message.reports.order_by("pk")),
            resend_url=reverse("message_send_again", args=[message.pk]) if may_resend else "",
            breadcrumbs_items=[
                {"url": self.index_url, "label": _("Message log")},
                {"url": "", "label": message.get_event_display()},
            ],
            header_title=message.get_event_display(),
            header_icon=self.menu_icon,
            **kwargs,
        )


class MessageAdmin(RecordAdmin):
    """SMS and emails."""

    model = Message
    menu_label = gettext_lazy("Message log")
    menu_icon = "mail"
    list_display = (
        "what", "channel", "recipient", "order_link", "state_tag", "cost_text", "reason", "when",
    )  # fmt: skip
    list_filter = ("state", "channel", "event", ("created_at", DateFilter))
    list_select_related = ("order",)
    search_fields = ("recipient", "provider_id")
    search_handler_class = ByOrderSearch
    ordering = ("-id",)
    inspect_view_class = MessageInspectView
    inspect_template_name = "backoffice/messages/inspect.html"
    index_template_name = "backoffice/messages/log.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        messages: QuerySet[Message] = super().get_queryset(request)
        return messages.defer("body")

    @display(description=gettext_lazy("Message"), ordering="event")
    def what(self, message: Message) -> str:
        return message.get_event_display()

    @display(description=gettext_lazy("Order"))
    def order_link(self, message: Message) -> SafeString | str:
        return link_to_order(message.order)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, message: Message) -> SafeString:
        return tag(message.get_state_display(), STATE_TONES.get(message.state, ""))

    @display(description=gettext_lazy("Cost"), ordering="price")
    def cost_text(self, message: Message) -> str:
        return message.cost or ("" if message.price is None else f"{message.price:.2f}")

    @display(description=gettext_lazy("Written"), ordering="created_at")
    def when(self, message: Message) -> str:
        return f"{localtime(message.created_at):%-d %b %Y, %H:%M}"
