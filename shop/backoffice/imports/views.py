"""Give the shop a catalogue file, and watch what becomes of it."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.backoffice.imports.screen import header, may_import, state_of
from shop.catalog.actions.importing import can_undo, start_import
from shop.catalog.models import ImportedRow, ImportRun
from shop.core.errors import ShopError

PER_PAGE = 50
Result = ImportedRow.Result


class ImportForm(forms.Form):
    """A file, and whether to write at all."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or JSON, as a spreadsheet program saves it"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.json"}),
    )
    dry_run = forms.BooleanField(
        label=gettext_lazy("Only try it"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Show what would be new, changed and refused; write nothing"),
    )


@may_import
def catalogue_imports(request: HttpRequest) -> HttpResponse:
    """Take a file, and list the files taken before."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = start_import(
                file=file,
                filename=file.name,
                user=request.user,
                dry_run=form.cleaned_data["dry_run"],
            )
        except ShopError as error:
            form.add_error("file", error.message)
        else:
            return redirect("catalogue_import", run.pk)
    runs = ImportRun.objects.defer("errors", "warnings", "differences").select_related("started_by")
    page = Paginator(runs.order_by("-pk"), 25).get_page(request.GET.get("p"))
    return render(
        request,
        "backoffice/imports/index.html",
        {
            "form": form,
            "page": page,
            "runs": [(run, *state_of(run)) for run in page],
            **header(_("Imports")),
        },
    )


@may_import
def catalogue_import(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show one import: how far it is, and what became of each row."""
    run = get_object_or_404(ImportRun.objects.defer("differences"), pk=run_id)
    counts = {
        Result.CREATED: run.created,
        Result.UPDATED: run.updated,
        Result.UNCHANGED: run.unchanged,
        Result.REFUSED: run.refused,
    }
    shown = _shown(request.GET.get("show", ""), counts, bool(run.undo))
    rows = run.rows.filter(outcome="kept") if shown == KEPT else run.rows.filter(result=shown)
    page = Paginator(rows.order_by("line"), PER_PAGE).get_page(request.GET.get("p"))
    # Faults of the whole file, and those of imports from before rows were kept one by one.
    loose = [each for each in run.errors if not each.get("line")] or (
        run.errors[:PER_PAGE] if run.refused and not run.rows.exists() else []
    )
    state, look = state_of(run)
    return render(
        request,
        "backoffice/imports/run.html",
        {
            "run": run,
            "state": state,
            "look": look,
            "working": run.at_work or run.undo_at_work,
            "tabs": _tabs(run, counts, shown),
            "shown": shown,
            "page": page,
            "errors": loose,
            "may_undo": can_undo(run),
            **header(run.filename, run.filename),
        },
    )


KEPT = "kept"


def _shown(wish: str, counts: dict[Result, int], undone: bool) -> str:
    """Return which rows to show: those asked for, else the first kind that has any."""
    if wish in Result.values or (undone and wish == KEPT):
        return wish
    order = (Result.REFUSED, Result.UPDATED, Result.CREATED, Result.UNCHANGED)
    return next((kind for kind in order if counts[kind]), Result.UPDATED)


def _tabs(run: ImportRun, counts: dict[Result, int], shown: str) -> list[dict[str, Any]]:
    tabs = [
        {"key": kind.value, "label": kind.label, "count": count, "here": kind == shown}
        for kind, count in counts.items()
    ]
    if run.undo:
        kept = {"key": KEPT, "label": _("Kept"), "count": run.kept, "here": shown == KEPT}
        tabs.append(kept)
    return tabs


@may_import
def progress(request: HttpRequest, run_id: int) -> JsonResponse:
    """Say how far an import is, for the script that keeps its page up to date."""
    run = get_object_or_404(ImportRun.objects.defer("errors", "differences"), pk=run_id)
    undoing = run.undo_at_work
    return JsonResponse(
        {
            "working": run.at_work or undoing,
            "done": run.undone + run.kept if undoing else run.rows_read,
            "total": run.created + run.updated if undoing else run.rows_total,
            "counts": {
                "created": run.created,
                "updated": run.updated,
                "unchanged": run.unchanged,
                "refused": run.refused,
            },
        },
        headers={"Cache-Control": "no-store"},
    )
