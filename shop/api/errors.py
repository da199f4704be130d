"""Every error of the API in one shape: {"type", "errors": [{"code", "detail", "attr"}]}."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as WrongValue
from django.db import InterfaceError, OperationalError
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import Error
from rest_framework import exceptions
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

from shop.core.errors import ShopError

# Where an error of the shop belongs in the body that was sent, from the domain's own field name.
Attr = Callable[[str | None], str | None]


class Refused(exceptions.APIException):
    """The shop's refusal on its way out: one error, or one for each thing that is wrong."""

    wait: int | None = None  # seconds after which the same wish may be granted

    def __init__(self, status: int, errors: Iterable[Error]) -> None:
        self.errors = list(errors)
        self.status_code = status
        super().__init__(self.errors[0].detail, self.errors[0].code)


class TooLarge(exceptions.APIException):
    """The body has more bytes than this address takes."""

    status_code = 413
    default_code = "request_too_large"
    default_detail = "The request is too large."


class Unavailable(exceptions.APIException):
    """The database is out of reach: nothing was read or written."""

    status_code = 503
    default_code = "unavailable"
    default_detail = "The shop is out of breath for a moment. Please try again."
    wait = 5


def refused(error: ShopError, attr: Attr = lambda field: field) -> Refused:
    """Turn the shop's error into an answer; `attr` maps field names to the body's."""
    lines = [
        Error(
            str(line.get("code", error.code)),
            str(line.get("message", error.message)),
            str(line["attr"]) if "attr" in line else attr(line.get("field", error.field)),
        )
        for line in error.details
    ]
    return Refused(error.status, lines or [Error(error.code, error.message, attr(error.field))])


def wrong(attr: str | None, detail: str, code: str = "invalid") -> Refused:
    """Say that one word of the address or one value of the body is wrong (400)."""
    return Refused(400, [Error(code, detail, attr)])


def missing(detail: str = "Not found.", attr: str | None = None) -> Refused:
    """Say that there is no such thing, or not for this person (404)."""
    return Refused(404, [Error("not_found", detail, attr)])


class Formatter(ExceptionFormatter):
    """Keeps code and attr of each line of a refusal."""

    def get_error_type(self) -> Any:
        if isinstance(self.exc, Refused) and self.exc.status_code == 400:
            return "validation_error"
        return super().get_error_type()

    def get_errors(self) -> list[Error]:
        if isinstance(self.exc, Refused):
            return self.exc.errors
        return [
            Error(error.code, error.detail, _place(error.attr)) for error in super().get_errors()
        ]


def _place(attr: str | None) -> str | None:
    """Name the object itself where nothing inside it is to blame."""
    inside = (attr or "").split(".")
    return ".".join(name for name in inside if name != "non_field_errors") or None


class Handler(ExceptionHandler):
    """Knows the errors of the shop, of Wagtail's API and of Django's bodies."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, ShopError):
            return refused(exc)
        if isinstance(exc, BadRequestError):
            return wrong(None, str(exc))
        if isinstance(exc, WrongValue):
            return wrong(None, " ".join(exc.messages))
        if isinstance(exc, RequestDataTooBig):
            return TooLarge()
        if isinstance(exc, OperationalError | InterfaceError):
            return Unavailable()
        if isinstance(exc, SuspiciousOperation):
            # More files or fields than any form has, names that no file can have.
            return exceptions.ParseError()
        return super().convert_known_exceptions(exc)

    def format_exception(self, exc: exceptions.APIException) -> dict[str, Any]:
        answer: dict[str, Any] = Formatter(exc, self.context, self.exc).run()
        return answer


def exception_handler(exc: Exception, context: Any) -> Response | None:
    """Answer any exception of the API (settings: REST_FRAMEWORK)."""
    return Handler(exc, context).run()
