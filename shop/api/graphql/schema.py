"""The schema; `manage.py write_graphql_schema`."""

from operator import getitem
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

from shop.api.graphql.executor import Executor
from shop.api.graphql.limits import Limits
from shop.api.graphql.mutations import Mutation
from shop.api.graphql.queries import Query
from shop.api.graphql.scalars import SCALARS


class ShopSchema(strawberry.Schema):
    """Leaves the log to whoever answers: what the shop refuses is no fault of it."""

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Log nothing here."""


schema = ShopSchema(
    query=Query,
    mutation=Mutation,
    config=StrawberryConfig(default_resolver=getitem, scalar_map=SCALARS),
    extensions=[Limits],
    execution_context_class=Executor,
)
