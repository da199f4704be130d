"""Bring a statement in: look at the differences first, then apply it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from shop.backoffice.money.doors import BRINGS_STATEMENTS, SEES, around
from shop.backoffice.money.receipts import (
    found_row,
    missing_row,
    not_gone_row,
    outgoing_row,
    untold_row,
)
from shop.core.errors import ShopError
from shop.payments.actions.statements import apply_statement, compare_statement, unwritten_lines
from shop.payments.models import ProviderEvent, StatementImport
from shop.payments.reconciliation.differences import Forecast, Kind, compared, untold
from shop.payments.reconciliation.outgoing import Kind as Out
from shop.payments.reconciliation.outgoing import not_gone, outgoing_of
from shop.payments.statements import reader

SHOWN = 300
A_PAGE = 25

PASSED_OVER = {
    reader.NOT_COMPLETED: gettext_lazy("not completed"),
    reader.CHARGE: gettext_lazy("charges"),
    reader.OWN_TRANSFER: gettext_lazy("between the shop's own accounts"),
    reader.REPEATED: gettext_lazy("the same line again"),
}


class StatementForm(forms.Form):
    """A file."""

    file = forms.FileField(
        label=gettext_lazy("Statement"),
        help_text=gettext_lazy(
            "CSV: M-Pesa's organisation statement as the portal exports it, or a bank's with the"
            " columns date, reference, amount and payer"
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"}),
    )


@permission_required(SEES, raise_exception=True)
def statements(request: HttpRequest) -> HttpResponse:
    """Take a file, and list those taken before."""
    brings = request.user.has_perm(BRINGS_STATEMENTS)
    sent = request.method == "POST" and brings
    form = StatementForm(request.POST, request.FILES) if sent else StatementForm()
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = compare_statement(file=file, filename=file.name, user=request.user)
        except ShopError as error:
            form.add_error("file", error.message)
        else:
            return redirect("money_statement", taken.pk)
    files = StatementImport.objects.defer("rows", "problems").select_related("started_by")
    lines = files.annotate(found=Count("lines__event")).order_by("-pk")
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("p"))
    context = {"form": form if brings else None, "page": page, **around(request, "statements")}
    return render(request, "backoffice/money/statements.html", context)


@permission_required(SEES, raise_exception=True)
def statement(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what a file would change, or what it has changed."""
    files = StatementImport.objects.select_related("started_by", "applied_by")
    taken = get_object_or_404(files, pk=import_id)
    came, went = (_result if taken.applied else _trial)(taken), _went_out(taken)
    context = {
        "statement": taken,
        "passed_over": [
            {"reason": PASSED_OVER.get(reason, reason), "count": count}
            for reason, count in taken.passed_over.items()
        ],
        "problems": taken.problems[:SHOWN],
        "shown": SHOWN,
        "may_apply": request.user.has_perm(BRINGS_STATEMENTS) and not taken.applied,
        **came,
        **went,
        "figures": [*came["figures"], *went["figures"]],
        **around(request, "statements", taken.filename),
    }
    response = render(request, "backoffice/money/statement.html", context)
    if context.get("waiting"):
        response["Refresh"] = "3"
    return response


def _went_out(taken: StatementImport) -> dict[str, Any]:
    outgoing = outgoing_of(taken)
    odd = sum(each.kind not in (Out.SAME, Out.OTHER) for each in outgoing)
    return {
        "figures": [(_("Went out, to look at"), odd)] if outgoing else [],
        "outgoing": [outgoing_row(each) for each in outgoing[:SHOWN]],
        "outgoing_count": len(outgoing),
        "not_gone": [not_gone_row(each) for each in not_gone(taken, outgoing)[:SHOWN]],
    }


def _trial(taken: StatementImport) -> dict[str, Any]:
    lines = unwritten_lines(taken)
    entries = compared(taken, lines)
    by_kind = {kind.value: [entry for entry in entries if entry.kind == kind] for kind in Kind}
    unheard = untold(taken, [line.receipt for line in lines])
    return {
        "missing": [missing_row(entry) for entry in by_kind["missing"][:SHOWN]],
        "missing_count": len(by_kind["missing"]),
        "amounts": by_kind["amount"][:SHOWN],
        "contradicted": by_kind["contradicted"][:SHOWN],
        "untold": [untold_row(each) for each in unheard[:SHOWN]],
        "figures": [
            (_("Nobody told of"), len(by_kind["missing"])),
            (_("Another amount"), len(by_kind["amount"]) + len(by_kind["contradicted"])),
            (_("Told, not in the statement"), len(unheard)),
            (_("Fit"), len(by_kind["same"]) + len(by_kind["waiting"])),
            (_("Refused rows"), taken.refused),
        ],
        "nothing_new": not by_kind["missing"],
        "strays": sum(e.forecast == Forecast.UNMATCHED for e in by_kind["missing"]),
    }


def _result(taken: StatementImport) -> dict[str, Any]:
    lines = list(taken.lines.select_related("event__payment__order").order_by("line"))
    entries = compared(taken, lines)
    found = [line for line in lines if line.event is not None]
    amounts = [entry for entry in entries if entry.kind == Kind.AMOUNT]
    unheard = untold(taken, [line.receipt for line in lines])
    left_out = taken.rows_good - len(lines) - taken.known - taken.contradicted
    states = [line.event.state for line in found if line.event is not None]
    return {
        "found": [found_row(line) for line in found[:SHOWN]],
        "amounts": amounts[:SHOWN],
        "untold": [untold_row(each) for each in unheard[:SHOWN]],
        "waiting": states.count(ProviderEvent.State.NEW),
        "figures": [
            (_("New lines"), len(lines)),
            (_("Known before"), taken.known),
            (_("Left out"), left_out),
            (_("Found money"), len(found)),
            (_("of it settled"), states.count(ProviderEvent.State.APPLIED)),
            (_("of it at the desk"), states.count(ProviderEvent.State.REVIEW)),
            (_("Another amount"), len(amounts) + taken.contradicted),
            (_("Told, not in the statement"), len(unheard)),
            (_("Refused rows"), taken.refused),
        ],
    }


@permission_required(BRINGS_STATEMENTS, raise_exception=True)
@require_POST
def apply(request: HttpRequest, import_id: int) -> HttpResponse:
    """Write what the file says and nobody had told."""
    taken = get_object_or_404(StatementImport, pk=import_id)
    apply_statement(
        import_id=taken.pk, user=request.user, strays="without_strays" not in request.POST
    )
    messages.success(request, _("The statement is applied; the worker settles what was found."))
    return redirect("money_statement", taken.pk)
