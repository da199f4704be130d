"""Drafts for other fronts: with a signed word, for one thing, for a day."""

from typing import Any

from drf_standardized_errors.types import Error
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.errors import Refused
from shop.core.previews import opens

WORD = "preview"


def asks_for_draft(request: Request, kind: str, pk: int) -> bool:
    """Tell whether somebody asks for a draft with a good word.

    Raises Refused (403) for any other word, whether there is such a thing or not.
    """
    word = request.GET.get(WORD)
    if word is None:
        return False
    if not opens(word, kind, pk):
        detail = "This preview link is not for this, or its 24 hours are over; ask for a new one."
        raise Refused(403, [Error("preview_refused", detail, WORD)])
    return True


def draft_response(data: Any) -> Response:
    """Answer a draft: marked as one, and kept by nobody."""
    data["meta"] = {**data.get("meta", {}), "draft": True}
    return Response(data, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
