"""The address of GraphQL: one operation a request, by POST."""

from dataclasses import dataclass
from re import compile as pattern
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response
from strawberry.schema.exceptions import CannotGetOperationTypeError

from shop.api.door import ApiView
from shop.api.errors import wrong
from shop.api.graphql.context import Context
from shop.api.graphql.errors import Problems
from shop.api.graphql.schema import schema

KILOBYTE = 1024
NULL = pattern(r"\\u0000|\\u\{0+\}")


@dataclass(frozen=True, slots=True)
class Operation:
    """What a body asks for."""

    query: str
    variables: dict[str, Any] | None
    name: str | None


class GraphQL(ApiView):
    """Reads, orders and changes in one language; who may do what is as everywhere in the API."""

    largest_body = 100 * KILOBYTE
    # Reading is a POST here too; mutations count once more among the caller's changes.
    rates: ClassVar[dict[str, str]] = {"POST": "graphql"}

    def post(self, request: Request) -> Response:
        """Run an operation: 200 with data and the fields' errors, 400 for what can't be run."""
        asked = read_operation(request.data)
        context = Context(request, asked.name)
        try:
            result = schema.execute_sync(
                asked.query,
                variable_values=asked.variables,
                operation_name=asked.name,
                context_value=context,
            )
        except CannotGetOperationTypeError as problem:
            raise wrong("operationName", problem.as_http_error_reason()) from problem
        problems = Problems(result.errors, request)
        if problems.refused:
            return Response({"errors": problems.said}, status=problems.status)
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = problems.said
        headers = {"Idempotency-Replayed": "true"} if context.replayed else None
        return Response(answer, headers=headers)


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
