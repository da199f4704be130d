"""The list of reports, and one report: a page, or a file of it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import AdminDateInput

from shop.backoffice.reports.chart import chart
from shop.backoffice.reports.files import FORMATS, table_file
from shop.backoffice.reports.registry import REPORTS
from shop.backoffice.reports.tables import DAY, MONEY, MONTH, NUMBER, Column, Report, Table
from shop.core.clock import now
from shop.core.money import display

# Further back than any book is kept.
FIRST_DAY = date(2000, 1, 1)
MOST_ROWS = 400


class DaysForm(forms.Form):
    """From when to when."""

    first = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=AdminDateInput(attrs={"size": 12})
    )
    last = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=AdminDateInput(attrs={"size": 12})
    )


class ReportsMenuItem(MenuItem):
    """Stands in the menu of who may see any report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(report.right) for report in REPORTS.values())


def menu_item() -> ReportsMenuItem:
    """Return the item of the reports menu."""
    return ReportsMenuItem(
        gettext_lazy("Sales and figures"), reverse("shop_reports"), icon_name="view", order=10
    )


def reports(request: HttpRequest) -> HttpResponse:
    """List the reports that somebody may see."""
    seen = [report for report in REPORTS.values() if request.user.has_perm(report.right)]
    if not seen:
        raise PermissionDenied
    return render(
        request,
        "backoffice/reports/index.html",
        {
            "header_title": _("Sales and figures"),
            "header_icon": "view",
            "breadcrumbs_items": [{"url": "", "label": _("Sales and figures")}],
            "reports": [
                {
                    "title": report.title,
                    "description": report.description,
                    "url": reverse("shop_report", args=[report.slug]),
                }
                for report in seen
            ],
        },
    )


def report(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show a report for some days, or give it as a file."""
    wanted = REPORTS.get(slug)
    if wanted is None:
        raise Http404
    if not request.user.has_perm(wanted.right):
        raise PermissionDenied
    first, last = _days(request, wanted)
    table = wanted.make(first, last)
    kind = request.GET.get("export", "")
    if kind in FORMATS:
        name = f"{slug}-{first}-{last}" if wanted.dated else f"{slug}-{last}"
        return table_file(kind, name, [column.label for column in table.columns], table.rows)
    return render(request, "backoffice/reports/report.html", _page(wanted, table, first, last))


def _days(request: HttpRequest, wanted: Report) -> tuple[date, date]:
    """Return the days that are asked for; those of the report where they make no sense."""
    today = localdate(now())
    form = DaysForm(request.GET)
    form.is_valid()
    last = form.cleaned_data.get("last") or today
    first = form.cleaned_data.get("first") or last - timedelta(days=wanted.days - 1)
    first, last = min(first, last), max(first, last)
    return max(first, FIRST_DAY), min(last, date(today.year + 1, 12, 31))


def _page(wanted: Report, table: Table, first: date, last: date) -> dict[str, Any]:
    columns = table.columns
    total = table.total
    days = {"first": first.isoformat(), "last": last.isoformat()} if wanted.dated else {}
    return {
        "header_title": wanted.title,
        "header_icon": "view",
        "breadcrumbs_items": [
            {"url": reverse("shop_reports"), "label": _("Sales and figures")},
            {"url": "", "label": wanted.title},
        ],
        "description": wanted.description,
        "form": DaysForm(initial=days) if wanted.dated else None,
        "columns": columns,
        "rows": [_cells(columns, row) for row in table.rows[:MOST_ROWS]],
        "left_out": max(len(table.rows) - MOST_ROWS, 0),
        "total": _cells(columns, total) if total else [],
        "chart": chart(table.bars_label, table.bars),
        "files": [(kind.upper(), urlencode({**days, "export": kind})) for kind in FORMATS],
    }


def _cells(columns: Any, row: Any) -> list[tuple[str, bool]]:
    return [
        (_shown(column, value), column.is_figure)
        for column, value in zip(columns, row, strict=True)
    ]


def _shown(column: Column, value: Any) -> str:
    if value in ("", None):
        return ""
    if column.kind == MONEY:
        return display(value)
    if column.kind == NUMBER:
        return f"{value:,}"
    if column.kind == DAY:
        return date_format(value, "D j M Y")
    return date_format(value, "F Y") if column.kind == MONTH else str(value)
