"""The one error that the shop raises on purpose."""

from collections.abc import Mapping, Sequence
from typing import Any


class ShopError(Exception):
    """Say to a person what is wrong and what to do.

    `code` is stable snake_case for programs, `message` a sentence for people, `field` the input it
    belongs to, `details` one mapping a line or row where several things are wrong at once.
    """

    status = 400

    def __init__(
        self,
        code: str,
        message: str,
        *,
        field: str | None = None,
        details: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.details = list(details)


class Conflict(ShopError):
    """The wish was right, but the shop has moved on meanwhile."""

    status = 409


class NotFound(ShopError):
    """There is no such thing, or not for this person."""

    status = 404
