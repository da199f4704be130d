"""What came in each day against the orders that were paid, as a table and as a file."""

import csv
from collections.abc import Iterator
from datetime import date

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from shop.backoffice.money.doors import SEES, around
from shop.core.money import plain
from shop.core.spreadsheets import neutralise_formula
from shop.payments.gateways import GATEWAYS
from shop.payments.reconciliation.daily import MOST_DAYS, Day, Figures, daily_figures


class DaysForm(forms.Form):
    """From when to when."""

    first = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=AdminDateInput(attrs={"size": 12})
    )
    last = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=AdminDateInput(attrs={"size": 12})
    )


def way(method: str) -> str:
    """Return what people call a way to pay."""
    gateway = GATEWAYS.get(method)
    return str(gateway.label) if gateway else method


def _figures(request: HttpRequest) -> tuple[DaysForm, Figures]:
    form = DaysForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    figures = daily_figures(chosen.get("first"), chosen.get("last"))
    return form, figures


@permission_required(SEES, raise_exception=True)
def days(request: HttpRequest) -> HttpResponse:
    """Show a table of days with their sums."""
    form, figures = _figures(request)
    chosen = DaysForm(initial={"first": figures.first, "last": figures.last})
    context = {
        "form": form if form.errors else chosen,
        "ways": [way(method) for method in figures.methods],
        "days": [_cells(day, figures) for day in figures.days if _happened(day)],
        "total": _cells(figures.total, figures),
        "most": MOST_DAYS,
        "file": f"first={figures.first}&last={figures.last}",
        **around(request, "days"),
    }
    return render(request, "backoffice/money/days.html", context)


def _happened(day: Day) -> bool:
    return bool(day.payments or day.orders or day.refunded)


def _cells(day: Day, figures: Figures) -> dict[str, object]:
    by_way = [day.by_method.get(method) for method in figures.methods]
    return {"day": day, "by_way": by_way}


@permission_required(SEES, raise_exception=True)
def days_file(request: HttpRequest) -> HttpResponse:
    """Give the same days as CSV, amounts with a point, nothing that a spreadsheet would run."""
    _form, figures = _figures(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"money-{figures.first}-{figures.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    csv.writer(response).writerows(
        [neutralise_formula(cell) if not _is_amount(cell) else cell for cell in row]
        for row in _rows(figures)
    )
    return response


def _is_amount(cell: str) -> bool:
    digits = cell.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def _rows(figures: Figures) -> Iterator[list[str]]:
    yield [
        _("Day"),
        *(way(method) for method in figures.methods),
        _("Came in all"),
        _("Payments"),
        _("At the desk"),
        _("Sent back"),
        _("Orders paid"),
        _("Their total"),
        _("Difference"),
    ]
    for day in [*figures.days, figures.total]:
        yield [
            _name(day.day),
            *(plain(day.by_method.get(method, day.came - day.came)) for method in figures.methods),
            plain(day.came),
            str(day.payments),
            plain(day.unplaced),
            plain(day.refunded),
            str(day.orders),
            plain(day.orders_total),
            plain(day.difference),
        ]


def _name(day: date | None) -> str:
    return day.isoformat() if day else str(_("Total"))
