"""What the carrier of SMS told, as it came."""

from typing import Any

from django.contrib.admin import display
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from shop.backoffice.records.base import DateFilter, ReadOnly, RecordAdmin, tag
from shop.notifications.models import CarrierReport

REPORT_TONES = {"applied": "good", "refused": "warn"}


class WithMessages(ReadOnly):
    """Who may read messages may read what became of them."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm("notifications.view_message"))


class ReportSearch(BaseSearchHandler):
    """Find reports by phone, by the provider's number or by anything else in their body."""

    def search_queryset(
        self, queryset: QuerySet[CarrierReport], search_term: str, **kwargs: Any
    ) -> QuerySet[CarrierReport]:
        term = search_term.strip()
        if not term:
            return queryset
        wanted = Q(about__icontains=term) | Q(body__icontains=term)
        digits = "".join(char for char in term if char.isdecimal() and char.isascii())
        if len(digits) >= 4:
            wanted |= Q(phone__contains=digits.lstrip("0"))
        return queryset.filter(wanted)


class CarrierReportAdmin(RecordAdmin):
    """Delivery reports, SMS from phones, and who wants no more."""

    model = CarrierReport
    menu_label = gettext_lazy("From the carrier")
    menu_icon = "download"
    permission_helper_class = WithMessages
    list_display = ("when", "what", "phone", "message_link", "state_tag", "outcome")
    list_filter = ("kind", "state", ("received_at", DateFilter))
    list_select_related = ("message",)
    search_handler_class = ReportSearch
    ordering = ("-id",)
    inspect_view_fields = (
        "kind", "about", "phone", "message", "state", "outcome", "body", "sender", "attempts",
        "received_at", "applied_at",
    )  # fmt: skip

    @display(description=gettext_lazy("When"), ordering="id")
    def when(self, report: CarrierReport) -> str:
        return f"{localtime(report.received_at):%-d %b %Y, %H:%M:%S}"

    @display(description=gettext_lazy("What"), ordering="kind")
    def what(self, report: CarrierReport) -> str:
        return report.get_kind_display()

    @display(description=gettext_lazy("Message"))
    def message_link(self, report: CarrierReport) -> SafeString | str:
        if report.message is None:
            return "–"
        address = reverse("notifications_message_modeladmin_inspect", args=[report.message_id])
        return format_html('<a href="{}">{}</a>', address, report.message.get_event_display())

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, report: CarrierReport) -> SafeString:
        return tag(report.get_state_display(), REPORT_TONES.get(report.state, ""))
