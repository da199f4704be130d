"""Run one GraphQL operation."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from strawberry.schema.exceptions import CannotGetOperationTypeError

from shop.api.errors import wrong
from shop.api.graphql.context import Context
from shop.api.graphql.errors import Problems
from shop.api.graphql.operation import Operation
from shop.api.graphql.schema import schema


def run(asked: Operation, request: Request) -> Response:
    """Return data and the fields' errors, or only errors. Raises Refused."""
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
