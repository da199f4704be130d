"""Broadcasts: the list, and the page of one with its reach, cost and progress."""

from typing import Any

from django.contrib.admin import display
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from shop.backoffice.messages.overview import crumbs
from shop.backoffice.records.base import DateFilter, ReadOnly, RecordAdmin, tag
from shop.notifications.models import Broadcast, Channel, Message
from shop.notifications.queries import progress_of, reach_of

TONES = {"draft": "", "sending": "warn", "done": "good", "stopped": "alert"}


class Broadcasters(ReadOnly):
    """Who may write to customers may see what was written."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm("notifications.view_broadcast")) or super().user_can_list(user)


class BroadcastInspectView(InspectView):
    """A draft with whom it would reach and what that costs; later, how far it is."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        broadcast = self.instance
        counts = progress_of(broadcast)
        log = reverse("notifications_message_modeladmin_index")
        return super().get_context_data(
            broadcast=broadcast,
            reach=reach_of(broadcast),
            is_sms=broadcast.channel == Channel.SMS,
            is_draft=broadcast.state == Broadcast.State.DRAFT,
            is_sending=broadcast.state == Broadcast.State.SENDING,
            state_tag=tag(broadcast.get_state_display(), TONES[broadcast.state]),
            progress=[
                (label, counts[state]) for state, label in Message.State.choices if state in counts
            ],
            written=sum(counts.values()),
            may_send=self.request.user.has_perm("notifications.add_broadcast"),
            log_url=f"{log}?broadcast__id__exact={broadcast.pk}",
            breadcrumbs_items=crumbs((self.index_url, _("Broadcasts")), ("", str(broadcast))),
            header_title=str(broadcast),
            header_icon=self.menu_icon,
            **kwargs,
        )


class BroadcastAdmin(RecordAdmin):
    """What many customers were told."""

    model = Broadcast
    menu_label = gettext_lazy("Broadcasts")
    menu_icon = "group"
    permission_helper_class = Broadcasters
    list_display = ("what", "how", "to_whom", "state_tag", "actor", "when")
    list_filter = ("state", "channel", ("created_at", DateFilter))
    search_fields = ("subject", "body")
    ordering = ("-id",)
    inspect_view_class = BroadcastInspectView
    inspect_template_name = "backoffice/messages/broadcast.html"
    index_template_name = "backoffice/messages/broadcasts.html"

    @display(description=gettext_lazy("Text"))
    def what(self, broadcast: Broadcast) -> str:
        return str(broadcast)

    @display(description=gettext_lazy("How"), ordering="channel")
    def how(self, broadcast: Broadcast) -> str:
        return broadcast.get_channel_display()

    @display(description=gettext_lazy("To whom"), ordering="audience")
    def to_whom(self, broadcast: Broadcast) -> str:
        return broadcast.get_audience_display()

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, broadcast: Broadcast) -> SafeString:
        return tag(broadcast.get_state_display(), TONES[broadcast.state])

    @display(description=gettext_lazy("Written"), ordering="id")
    def when(self, broadcast: Broadcast) -> str:
        return f"{localtime(broadcast.created_at):%-d %b %Y, %H:%M}"
