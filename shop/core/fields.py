"""What several kinds of input have in common: fields with limits, and problems named by field."""

from collections.abc import Iterator, Mapping
from typing import Any

from shop.core.errors import ShopError

Problem = dict[str, Any]


class FieldProblems(ShopError):
    """Something is missing or wrong; `details` has one entry a field."""

    def __init__(self, details: list[Problem]) -> None:
        super().__init__(
            "invalid", details[0]["message"], field=details[0]["field"], details=details
        )


def problem(field: str, code: str, message: str) -> Problem:
    """Return one entry of `FieldProblems.details`."""
    return {"field": field, "code": code, "message": message}


def missing(values: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Problem]:
    """Name the empty ones among the wanted fields, each with the sentence that asks for it."""
    for field, message in wanted.items():
        if not values[field]:
            yield problem(field, "required", message)


def unreadable(values: Mapping[str, str], limits: Mapping[str, int]) -> Iterator[Problem]:
    """Name fields that are too long, or that no database keeps."""
    for field, limit in limits.items():
        if len(values[field]) > limit:
            yield problem(field, "too_long", f"At most {limit} letters, please.")
        if "\x00" in values[field]:
            yield problem(field, "invalid", "There is an unreadable character in here.")
