"""One menu for what the shop says to people."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup

from shop.backoffice.messages import failed, overview, trial, write_broadcast
from shop.backoffice.messages.broadcasts import BroadcastAdmin
from shop.backoffice.messages.log import MessageAdmin
from shop.backoffice.messages.reports import CarrierReportAdmin


class OverviewItem(MenuItem):
    """The way to the overview, for who may read messages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("notifications.view_message"))


class MessageGroup(ModelAdminGroup):
    """Overview, log, broadcasts, and what the carrier told."""

    menu_label = _("Messages")
    menu_icon = "mail"
    menu_order = 125
    items = (MessageAdmin, BroadcastAdmin, CarrierReportAdmin)

    def get_submenu_items(self) -> list[Any]:
        first = OverviewItem(
            _("Overview"),
            reverse_lazy("messages_overview"),
            name="messages-overview",
            icon_name="view",
            order=0,
        )
        return [first, *super().get_submenu_items()]


MESSAGE_ADDRESSES: list[URLPattern] = [
    path("messages/", overview.messages_overview, name="messages_overview"),
    path("messages/alert/", overview.alert_everybody, name="messages_alert"),
    path("messages/report/", overview.change_report_wish, name="messages_report_wish"),
    path("messages/failed/", failed.send_failed_again, name="messages_failed"),
    path("messages/try/", trial.try_text, name="message_text_try"),
    path("messages/broadcasts/new/", write_broadcast.write_broadcast, name="broadcast_new"),
    path(
        "messages/broadcasts/preview/", write_broadcast.broadcast_preview, name="broadcast_preview"
    ),
    path(
        "messages/broadcasts/<int:broadcast_id>/",
        write_broadcast.write_broadcast,
        name="broadcast_edit",
    ),
    path(
        "messages/broadcasts/<int:broadcast_id>/send/",
        write_broadcast.send_broadcast,
        name="broadcast_send",
    ),
    path(
        "messages/broadcasts/<int:broadcast_id>/stop/",
        write_broadcast.end_broadcast,
        name="broadcast_stop",
    ),
]
