"""How the shop runs: the self-check, and the task queue with its failures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import log

from shop.backoffice.running.searching import search_finding
from shop.health import self_check, tasks

SEES = "django_q.view_failure"
MENDS = "django_q.change_failure"
STEPS = {"again": tasks.try_again, "drop": tasks.drop}


class RunningMenuItem(MenuItem):
    """Stands in the menu of who looks after the machine."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEES)


def menu_item() -> RunningMenuItem:
    """Return the item of the reports menu."""
    return RunningMenuItem(
        gettext_lazy("How the shop runs"),
        reverse("running"),
        name="running",
        icon_name="cogs",
        order=900,
    )


def running(request: HttpRequest) -> HttpResponse:
    """Show the self-check, what waits, what failed and what runs by the clock."""
    _let_in(request, SEES)
    return render(
        request,
        "backoffice/running/running.html",
        {
            **_around(),
            "findings": [*self_check.findings(), search_finding()],
            "queue": tasks.in_queue(),
            "failed": [_shown(failure) for failure in tasks.failed()],
            "clockwork": tasks.clockwork(),
            "may_mend": request.user.has_perm(MENDS),
        },
    )


@require_POST
def mend(request: HttpRequest, task_id: str, step: str) -> HttpResponse:
    """Try a failed task again, or drop it."""
    _let_in(request, MENDS)
    try:
        name = STEPS[step](task_id)
    except tasks.NotInQueue as gone:
        messages.warning(request, str(gone))
    else:
        log(request.user, f"duka.task_{step}", user=request.user, data={"task": name})
        told = _("%s runs again.") if step == "again" else _("%s is dropped.")
        messages.success(request, told % name)
    return redirect("running")


def _let_in(request: HttpRequest, right: str) -> None:
    if not request.user.has_perm(right):
        raise PermissionDenied


def _around() -> dict[str, Any]:
    title = _("How the shop runs")
    return {
        "header_title": title,
        "header_icon": "cogs",
        "breadcrumbs_items": [{"url": "", "label": title}],
    }


def _shown(failure: Any) -> dict[str, Any]:
    return {
        "pk": failure.pk,
        "name": failure.func,
        "when": failure.stopped,
        "attempts": failure.attempt_count,
        "reason": str(failure.result or "").strip()[:2000],
    }


RUNNING_ADDRESSES: list[URLPattern] = [
    path("running/", running, name="running"),
    *(
        path(f"running/<str:task_id>/{step}/", mend, {"step": step}, name=f"task_{step}")
        for step in STEPS
    ),
]


def log_task_actions(actions: Any) -> None:
    """Name in the history of the admin what was done to failed tasks."""
    actions.register_action("duka.task_again", _("Run a failed task again"), _("Task run again"))
    actions.register_action("duka.task_drop", _("Drop a failed task"), _("Failed task dropped"))
