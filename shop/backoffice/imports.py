"""Give the shop a catalogue file and watch what becomes of it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalog.actions import start_import
from shop.catalog.models import ImportRun
from shop.core.errors import ShopError

SHOWN = 200


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


@permission_required("catalog.add_importrun", raise_exception=True)
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
        {"form": form, "runs": page, **_header(_("Imports"), _breadcrumb())},
    )


@permission_required("catalog.add_importrun", raise_exception=True)
def catalogue_import(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show one import; while it runs the page asks again by itself."""
    run = get_object_or_404(ImportRun, pk=run_id)
    running = run.status in {ImportRun.Status.WAITING, ImportRun.Status.RUNNING}
    context = {
        "run": run,
        "running": running,
        "errors": run.errors[:SHOWN],
        "differences": run.differences[:SHOWN],
        "shown": SHOWN,
        **_header(run.filename, _breadcrumb(run.filename)),
    }
    response = render(request, "backoffice/imports/run.html", context)
    if running:
        response["Refresh"] = "2"
    return response


def _breadcrumb(*names: str) -> list[dict[str, Any]]:
    above = [{"url": reverse("products:list"), "label": _("Products")}]
    imports = {"url": reverse("catalogue_imports") if names else "", "label": _("Imports")}
    return [*above, imports, *({"url": "", "label": name} for name in names)]


def _header(title: str, breadcrumb: list[dict[str, Any]]) -> dict[str, Any]:
    return {"header_title": title, "header_icon": "upload", "breadcrumbs_items": breadcrumb}
