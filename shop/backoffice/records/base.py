"""What all records share: nobody creates, edits or deletes them by hand."""

from typing import Any

from django.contrib.admin import DateFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView


class ReadOnly(PermissionHelper):
    """Records are made by what happens in the shop; people look at them."""

    def user_can_list(self, user: Any) -> bool:
        return bool(
            user.has_perm(f"{self.opts.app_label}.view_{self.opts.model_name}")
            or user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}")
        )

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class NumberedURLs(AdminURLHelper):
    """Addresses end in the record's number, so that nothing else can reach the database."""

    def _get_object_specific_action_url_pattern(self, action: str) -> str:
        return rf"^{self.base_url_path}/{action}/(?P<instance_pk>\d{{1,18}})/$"


class RecordIndexView(IndexView):
    """A list that shows itself whole when its address asks for something it does not know."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            return redirect(request.path)
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(request.path)
        return response


class RecordAdmin(ModelAdmin):
    """A list with search and filters, and a page for each record."""

    permission_helper_class = ReadOnly
    url_helper_class = NumberedURLs
    index_view_class = RecordIndexView
    index_template_name = "backoffice/records/index.html"
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50


class DateFilter(DateFieldListFilter):
    """Today, the past seven days, this month, this year; named as people say it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("date")


def tag(text: Any, tone: str = "") -> SafeString:
    """Return a Wagtail status tag; `tone` is empty, "good", "warn" or "alert"."""
    look = {
        "good": "w-status--primary",
        "warn": "backoffice-warn",
        "alert": "backoffice-alert",
        "": "",
    }
    return format_html('<span class="w-status {}">{}</span>', look[tone], text)
