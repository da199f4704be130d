"""Run operations as graphql-core does, reading plain values without its ceremony."""

from functools import cache
from typing import Any

from graphql import GraphQLNonNull, GraphQLObjectType
from graphql.pyutils import Path, Undefined
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter

# What needs no conversion, if it is what it says.
READY: dict[str, type] = {"String": str, "Money": str, "Boolean": bool}


class Executor(StrawberryGraphQLCoreExecutionContext):
    """Takes texts and switches straight from their mapping; a list of cards is made of them.

    Whatever else there is goes graphql-core's own way: objects, lists, arguments, nothing at all,
    and values that are not read yet.
    """

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Any,
        position_context: Any,
    ) -> Any:
        """Execute the fields of one object."""
        if not isinstance(source_value, dict):
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, position_context
            )
        self.context_value.count(1)
        results: dict[str, Any] = {}
        for response_name, details in grouped_field_set.items():
            key, ready = plain_field(parent_type, details[0].node.name.value)
            value = source_value.get(key)
            if type(value) is not ready:
                place = Path(path, response_name, parent_type.name)
                value = self.execute_field(
                    parent_type, source_value, details, place, position_context
                )
            if value is not Undefined:
                results[response_name] = value
        return results


@cache
def plain_field(parent_type: GraphQLObjectType, name: str) -> tuple[str, type | None]:
    """Return the key and the type of a value that can be answered as it is, None if it can't."""
    definition = parent_type.fields.get(name)
    if definition is None or definition.args:
        return name, None
    field: Any = definition.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
    of = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
    ready = READY.get(getattr(of, "name", ""))
    return (field.python_name, ready) if field.is_basic_field else (name, None)
