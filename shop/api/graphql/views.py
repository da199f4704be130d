"""The address of GraphQL: one operation a request, by POST."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.graphql.operation import read_operation

KILOBYTE = 1024


class GraphQL(ApiView):
    """Reads, orders and changes in one language; who may do what is as everywhere in the API."""

    largest_body = 100 * KILOBYTE
    # Reading is a POST here too; mutations count once more among the caller's changes.
    rates: ClassVar[dict[str, str]] = {"POST": "graphql"}

    def post(self, request: Request) -> Response:
        """Run an operation: 200 with data and the fields' errors, 400 for what can't be run."""
        # Ten megabytes in each process of a shop that nobody asks by GraphQL.
        from shop.api.graphql.running import run  # noqa: PLC0415

        return run(read_operation(request.data), request)
