"""Values that GraphQL itself has no word for."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

Money = NewType("Money", str)
NO_AMOUNT = "An amount such as 1200 or 99.50, please."


def _amount(value: Any) -> str:
    """Read an amount: text or number. Whether the shop takes it is for the reader to say."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise GraphQLError(NO_AMOUNT)
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise GraphQLError(NO_AMOUNT)
    return str(value)


def _moment(value: Any) -> str:
    """Say a time as the rest of the API does; one that was kept with an answer is text already."""
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _as_it_is(value: Any) -> Any:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    Money: strawberry.scalar(
        name="Money",
        description='An amount in the shop\'s currency as text with two decimals: "1234.00".',
        serialize=_as_it_is,
        parse_value=_amount,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description='A time in UTC as ISO 8601 says it: "2026-01-31T12:00:00Z".',
        serialize=_moment,
    ),
}
