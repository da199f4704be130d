"""What a body of the GraphQL address asks for."""

from dataclasses import dataclass
from re import compile as pattern
from typing import Any

from shop.api.errors import wrong

NULL = pattern(r"\\u0000|\\u\{0+\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """What a body asks for."""

    query: str
    variables: dict[str, Any] | None
    name: str | None


def read_operation(body: Any) -> Operation:
    """Return what a body asks for. Raises Refused."""
    if not isinstance(body, dict):
        raise wrong(None, "The body must be a JSON object with a query; one a request.")
    query, variables, name = (body.get(word) for word in ("query", "variables", "operationName"))
    if not isinstance(query, str) or not query.strip():
        raise wrong("query", "Send the GraphQL document as text.", "required")
    if not isinstance(variables, (dict, type(None))):
        raise wrong("variables", "variables must be an object.")
    if not isinstance(name, (str, type(None))):
        raise wrong("operationName", "operationName must be text.")
    if "\x00" in query or NULL.search(query):
        raise wrong("query", "Null characters are not allowed.")
    if variables and _has_null(variables):
        raise wrong("variables", "Null characters are not allowed.")
    return Operation(query, variables, name or None)


def _has_null(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_null(each) for each in (*value, *value.values()))
    return isinstance(value, list) and any(map(_has_null, value))
