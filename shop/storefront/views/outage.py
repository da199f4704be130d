"""What a visitor is told when something that the shop stands on is out of reach."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

RETRY_AFTER = 5  # seconds
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def tell_of_trouble(request: HttpRequest) -> HttpResponse:
    """Answer 503 or 507 where the trouble is known and nothing was written, else 500."""
    problem = sys.exc_info()[1]
    if isinstance(problem, OperationalError | InterfaceError):
        words = _("We are out of breath for a moment. Please try again.")
        return _answer(request, 503, words)
    if isinstance(problem, OSError) and problem.errno in NO_ROOM:
        words = _("The shop's disk is full, so nothing was saved. Please tell whoever runs it.")
        return _answer(request, 507, words)
    return server_error(request)


def _answer(request: HttpRequest, status: int, words: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        error = {"code": "unavailable", "detail": words, "attr": None}
        told: HttpResponse = JsonResponse(
            {"type": "server_error", "errors": [error]}, status=status
        )
    else:
        told = HttpResponse(render_to_string("unavailable.html", {"words": words}), status=status)
    told.headers["Retry-After"] = str(RETRY_AFTER)
    told.headers["Cache-Control"] = "no-store"
    return told
