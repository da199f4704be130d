"""How deep, wide and large one operation may be: measured before anything is checked or run."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
)
from graphql.type import GraphQLList, GraphQLNonNull
from strawberry.extensions import ParserCache, ValidationCache

from shop.api.graphql.context import MOST_FIRST, Context

PARSED = {"max_lexical_tokens": 1_000, "max_comments": 100, "max_source_length": 50_000}
MOST_SELECTIONS = 300
MOST_ALIASES = 30
DEEPEST = 10
# The query that tools ask a schema with goes deeper; how often it turns is limited by graphql-core.
DEEPEST_OF_SCHEMA = 20
MOST_NODES = 5_000

# A plain value costs a tenth of an object.
VALUE = 0.1
# A mutation costs what a few dozen lists cost, so that one request brings about ten at most.
MUTATION = 400.0
# What lists usually hold that say no `first`; what they do hold is counted as it is told.
USUAL = {
    "Query.categories": 10,
    "Query.products": 20,
    "Query.orders": 20,
    "Query.productPage": 20,
    "ProductPage.items": 1,
    "Category.products": 10,
    "Category.children": 2,
    "Category.path": 1,
}
USUAL_LIST = 3

Fields = Iterator[tuple[FieldNode, Any]]


class NotRun(GraphQLError):
    """The operation is not one that the shop runs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, extensions={"code": code})


class Measure:
    """A walk through one operation; fragments count wherever they are used."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]
    ) -> None:
        self.names: set[str] = set()
        self._schema = schema
        self._variables = variables
        self._selections = 0
        self._aliases = 0
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    def operation(self, operation: OperationDefinitionNode) -> float:
        """Return what the operation costs, in nodes. Raises NotRun."""
        for variable in operation.variable_definitions or ():
            if variable.default_value is not None:
                default = {variable.variable.name.value: _literal(variable.default_value)}
                self._variables = default | dict(self._variables)
        cost = self._cost(
            operation.selection_set, self._schema.get_root_type(operation.operation), 1, DEEPEST
        )
        if cost > MOST_NODES:
            raise NotRun(
                "query_too_expensive",
                f"This could answer {cost:,.0f} nodes; {MOST_NODES:,} is the most. "
                "Ask for shorter lists (first).",
            )
        return cost

    def _cost(self, inside: SelectionSetNode, parent: Any, depth: int, deepest: int) -> float:
        if depth > deepest:
            raise NotRun("query_too_deep", f"At most {deepest} fields deep, please.")
        cost = 0.0
        for field, owner in self._fields(inside, parent):
            name = field.name.value
            self.names.add(name)
            if name in ("__schema", "__type"):
                self._cost_of_schema(field, depth)
                continue
            definition = getattr(owner, "fields", {}).get(name)
            each = VALUE
            if field.selection_set is not None:
                below = get_named_type(definition.type) if definition else None
                each = 1 + self._cost(field.selection_set, below, depth + 1, deepest)
            if definition is not None:
                each *= self._size(f"{owner.name}.{name}", definition, field)
            if owner is not None and owner is self._schema.mutation_type:
                each += MUTATION
            cost += each
        return cost

    def _cost_of_schema(self, field: FieldNode, depth: int) -> None:
        if field.selection_set is not None:
            self._cost(field.selection_set, None, depth + 1, DEEPEST_OF_SCHEMA)

    def _fields(self, inside: SelectionSetNode, parent: Any) -> Fields:
        """Give the fields of a selection with their types, each fragment's once."""
        pending: list[tuple[SelectionSetNode, Any]] = [(inside, parent)]
        used: set[str] = set()
        while pending:
            selections, owner = pending.pop()
            for node in selections.selections:
                self._count(node)
                if isinstance(node, FieldNode):
                    yield node, owner
                    continue
                fragment: Any = node
                if isinstance(node, FragmentSpreadNode):
                    name = node.name.value
                    if name in used or name not in self._fragments:
                        continue
                    used.add(name)
                    fragment = self._fragments[name]
                condition = fragment.type_condition
                named = self._schema.get_type(condition.name.value) if condition else owner
                pending.append((fragment.selection_set, named))

    def _count(self, node: Any) -> None:
        self._selections += 1
        self._aliases += isinstance(node, FieldNode) and node.alias is not None
        if self._selections > MOST_SELECTIONS:
            raise NotRun("query_too_wide", f"At most {MOST_SELECTIONS} fields, please.")
        if self._aliases > MOST_ALIASES:
            raise NotRun("too_many_aliases", f"At most {MOST_ALIASES} aliases, please.")

    def _size(self, place: str, definition: Any, field: FieldNode) -> int:
        for argument in field.arguments or ():
            if argument.name.value == "first":
                value = _literal(argument.value, self._variables)
                plain = isinstance(value, int) and not isinstance(value, bool)
                # Whatever cannot be a length is refused later; until then it counts as the longest.
                return value if plain and 0 <= value <= MOST_FIRST else MOST_FIRST
        return USUAL.get(place, USUAL_LIST if _is_list(definition.type) else 1)


def _literal(node: ValueNode, variables: Mapping[str, Any] | None = None) -> Any:
    if isinstance(node, VariableNode):
        return (variables or {}).get(node.name.value)
    return int(node.value) if isinstance(node, IntValueNode) and len(node.value) < 10 else None


def _is_list(of: Any) -> bool:
    return isinstance(of.of_type if isinstance(of, GraphQLNonNull) else of, GraphQLList)


class Limits(ParserCache, ValidationCache):
    """Refuses what is too much before the rules of GraphQL are checked, which costs time itself.

    Documents that came before are neither parsed nor checked again.
    """

    def on_parse(self) -> Iterator[None]:
        """Read the document, up to a number of words."""
        self.execution_context.parse_options = PARSED  # type: ignore[assignment]
        yield from super().on_parse()

    def on_validate(self) -> Iterator[None]:
        """Measure the operation, note which fields it names, then check the document."""
        execution = self.execution_context
        schema: GraphQLSchema = execution.schema._schema
        document: Any = execution.graphql_document
        measure = Measure(schema, document, execution.variables or {})
        context: Context = execution.context
        measure.operation(_operation(document, context.operation_name))
        if measure.names & {"__schema", "__type"} and not _may_ask_the_schema(context):
            raise NotRun(
                "introspection_off", "Introspection is off here; see docs/schema.graphql instead."
            )
        context.names = frozenset(measure.names)
        yield from super().on_validate()


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """Return the operation that will be run."""
    operations = [
        definition
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
        and name in (None, definition.name and definition.name.value)
    ]
    if len(operations) > 1:
        raise NotRun("operation_name_required", "Say by operationName which operation is meant.")
    return operations[0]


def _may_ask_the_schema(context: Context) -> bool:
    """Tell whether the caller may introspect: everybody in development, staff anywhere."""
    user = context.request.user
    return bool(settings.GRAPHQL_INTROSPECTION or user.has_perm("wagtailadmin.access_admin"))
