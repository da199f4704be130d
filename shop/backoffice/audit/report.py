"""The screen that shows what staff did."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from shop.core.clock import now

SEES = "wagtailcore.view_modellogentry"
ICON = "history"


class StaffLogFilterSet(SiteHistoryReportFilterSet):
    """By action, person, day, name and kind of thing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop("is_commenting_action", None)


class StaffLogView(LogEntriesView):
    """Every noted deed about what one may see, the latest first, and from where it came.

    There is no way here, nor anywhere, to change or delete an entry.
    """

    page_title = _("What staff did")
    header_icon = ICON
    permission_policy = ModelPermissionPolicy(ModelLogEntry)
    permission_required = "view"
    filterset_class = StaffLogFilterSet
    results_template_name = "backoffice/audit/results.html"
    index_url_name = "staff_log"
    index_results_url_name = "staff_log_results"
    export_headings = {
        **LogEntriesView.export_headings,
        "message": _("What"),
        "came_from": _("From"),
        "came_by": _("By"),
    }
    list_export = [
        "timestamp",
        "user_display_name",
        "action",
        "message",
        "content_type",
        "label",
        "object_id",
        "came_from",
        "came_by",
    ]

    def get_filename(self) -> str:
        """Name the file by the day."""
        return f"what-staff-did-{localdate(now()):%Y-%m-%d}"

    def decorate_paginated_queryset(self, queryset: Any) -> list[Any]:
        """Put beside each entry from where it came."""
        entries: list[Any] = super().decorate_paginated_queryset(queryset)
        for entry in entries:
            entry.came_from = entry.data.get("from", "")
            entry.came_by = entry.data.get("door", "")
        return entries


class StaffLogMenuItem(MenuItem):
    """Stands in the reports menu of who may see the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEES)


def menu_item() -> StaffLogMenuItem:
    """Return the item of the reports menu."""
    return StaffLogMenuItem(
        _("What staff did"), reverse("staff_log"), name="staff-log", icon_name=ICON, order=20
    )


STAFF_LOG_ADDRESSES: list[URLPattern] = [
    path("staff/log/", StaffLogView.as_view(), name="staff_log"),
    path("staff/log/results/", StaffLogView.as_view(results_only=True), name="staff_log_results"),
]
