"""What the screens about imports share."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.catalog.models import ImportRun

may_import = permission_required("catalog.add_importrun", raise_exception=True)


def header(title: str, *names: str) -> dict[str, Any]:
    """Return what stands above a screen: its title and the way to it."""
    imports = {"url": reverse("catalogue_imports") if names else "", "label": _("Imports")}
    return {
        "header_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("products:list"), "label": _("Products")},
            imports,
            *({"url": "", "label": name} for name in names),
        ],
    }


def state_of(run: ImportRun) -> tuple[str, str]:
    """Return how an import stands in a word, and the look of that word."""
    if run.undo:
        words = {
            ImportRun.Undo.WAITING: _("Being undone"),
            ImportRun.Undo.RUNNING: _("Being undone"),
            ImportRun.Undo.DONE: _("Undone"),
            ImportRun.Undo.FAILED: _("Undone in part"),
        }
        return str(words[ImportRun.Undo(run.undo)]), "backoffice-warn"
    if run.dry_run and run.status == ImportRun.Status.DONE:
        return _("Tried"), "w-status--primary"
    looks = {
        ImportRun.Status.DONE: "backoffice-good",
        ImportRun.Status.REFUSED: "backoffice-alert",
        ImportRun.Status.FAILED: "backoffice-alert",
    }
    return run.get_status_display(), looks.get(ImportRun.Status(run.status), "w-status--primary")
