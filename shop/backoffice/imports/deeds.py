"""What staff decide about an import: write what was tried, go on, take it back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from shop.backoffice.audit.words import UNDO_IMPORT
from shop.backoffice.imports.screen import header, may_import
from shop.catalog.actions.importing import can_undo, go_on, import_for_real, start_undo
from shop.catalog.models import ImportRun
from shop.core.errors import ShopError


@may_import
@require_POST
def import_tried_file(request: HttpRequest, run_id: int) -> HttpResponse:
    """Import a file for real that was tried before."""
    return _decide(request, run_id, lambda run: import_for_real(run, user=request.user))


@may_import
@require_POST
def go_on_with_import(request: HttpRequest, run_id: int) -> HttpResponse:
    """Let an import go on that broke off."""
    return _decide(request, run_id, go_on)


@may_import
def undo_catalogue_import(request: HttpRequest, run_id: int) -> HttpResponse:
    """Ask whether an import is to be taken back, and begin to."""
    if request.method == "POST":
        return _decide(request, run_id, lambda run: _undo(run, request.user))
    run = get_object_or_404(ImportRun.objects.defer("errors", "differences"), pk=run_id)
    if not can_undo(run):
        messages.warning(request, _("This import cannot be undone any more."))
        return redirect("catalogue_import", run.pk)
    title = _("Undo this import?")
    return render(
        request, "backoffice/imports/undo.html", {"run": run, **header(title, run.filename, title)}
    )


def _undo(run: ImportRun, user: Any) -> None:
    start_undo(run, user=user)
    log(run, UNDO_IMPORT, user=user)


def _decide(request: HttpRequest, run_id: int, deed: Callable[[ImportRun], Any]) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=run_id)
    try:
        run = deed(run) or run
    except ShopError as error:
        messages.error(request, error.message)
    return redirect("catalogue_import", run.pk)
