"""Say errors of GraphQL with the content that the rest of the API gives them."""

import logging
from typing import Any

from django.utils.functional import cached_property
from graphql import GraphQLError, GraphQLSyntaxError
from rest_framework.request import Request
from strawberry.utils.str_converters import to_camel_case

from shop.api.errors import exception_handler

logger = logging.getLogger(__name__)

SERVER_ERROR = {
    "type": "server_error",
    "errors": [{"code": "error", "detail": "Server Error (500)", "attr": None}],
}


class Problems:
    """The errors of one answer, each turned once."""

    def __init__(self, errors: list[GraphQLError] | None, request: Request) -> None:
        self._errors = errors or []
        self._request = request

    @property
    def refused(self) -> bool:
        """Tell whether nothing was run: an error of the request itself stands at no field."""
        return any(error.path is None for error in self._errors)

    @property
    def status(self) -> int:
        """Return the status of an answer without data."""
        return max(each["extensions"]["status"] for each in self.said)

    @cached_property
    def said(self) -> list[dict[str, Any]]:
        """Return the answer's `errors`."""
        return [_said(error, self._request) for error in self._errors]


def _said(error: GraphQLError, request: Request) -> dict[str, Any]:
    content, status = _content(error, request)
    told: dict[str, Any] = {
        "message": " ".join(each["detail"] for each in content["errors"]),
        "extensions": {**content, "status": status},
    }
    if error.locations:
        told["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        told["path"] = error.path
    return told


def _content(error: GraphQLError, request: Request) -> tuple[dict[str, Any], int]:
    cause = error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        code = (error.extensions or {}).get("code") or _code(error)
        return _invalid(code, error.message), 400
    try:
        # Whoever watches for faults looks at the exception being handled.
        raise cause
    except type(cause):
        answer = exception_handler(cause, {"request": request, "view": None})
    if answer is None:
        # With DEBUG the handler leaves faults to Django's page, which has no place here.
        logger.error("A resolver failed", exc_info=cause)
        return SERVER_ERROR, 500
    return _in_our_words(answer.data), answer.status_code


def _code(error: GraphQLError) -> str:
    return "parse_error" if isinstance(error, GraphQLSyntaxError) else "invalid"


def _invalid(code: str, detail: str) -> dict[str, Any]:
    errors = [{"code": code, "detail": detail, "attr": None}]
    return {"type": "validation_error", "errors": errors}


def _in_our_words(content: dict[str, Any]) -> dict[str, Any]:
    """Name places as GraphQL names them: deliveryMethod, first."""
    errors = [{**each, "attr": _place(each["attr"])} for each in content["errors"]]
    return {**content, "errors": errors}


def _place(attr: str | None) -> str | None:
    if attr is None:
        return None
    return "first" if attr == "limit" else ".".join(map(to_camel_case, attr.split(".")))
