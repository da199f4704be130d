"""Querysets compiled once: on the busiest pages, writing the SQL costs more than running it."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from psycopg import ClientCursor, Cursor
from psycopg.types.numeric import Int8

from shop.core.routing import reading_connection

MOST_SHAPES = 256


@contextmanager
def prepared_cursor(connection: Any) -> Iterator[Any]:
    """Yield a cursor that lets PostgreSQL keep the plan, which takes longer to make than to run.

    Django's own writes the values into the text of each statement.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor = Cursor(connection.connection)
        yield cursor


# Where a parameter's value is found among the arguments: at one place, at several that make an
# array, or nowhere, because it never changes.
Place = int | tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    parameters: tuple[tuple[Place, Any], ...]
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]


class Statement:
    """A values_list queryset whose SQL is kept; only its arguments change from call to call.

    `build` gets the arguments and then the shape. Arguments are whole numbers, texts, or lists of
    either, and must reach the SQL as they are; whatever changes the SQL itself (an order, a limit)
    belongs into the shape.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._compiled: dict[Hashable, _Compiled] = {}

    def rows(self, *arguments: Any, shape: tuple[Hashable, ...] = ()) -> list[tuple[Any, ...]]:
        """Run the statement."""
        lengths = tuple(
            len(value) if isinstance(value, Sequence) and not isinstance(value, str) else -1
            for value in arguments
        )
        compiled = self._compiled.get((shape, lengths))
        if compiled is None:
            if len(self._compiled) >= MOST_SHAPES:
                self._compiled.clear()
            compiled = self._compile(arguments, shape)
            self._compiled[shape, lengths] = compiled
        connection = reading_connection()
        values = _flat(arguments)
        if connection.vendor == "postgresql":
            # One type for all numbers, or each mixture of sizes would be another statement.
            values = [Int8(value) if type(value) is int else value for value in values]
        parameters = [_value(place, constant, values) for place, constant in compiled.parameters]
        with prepared_cursor(connection) as cursor:
            cursor.execute(compiled.sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if not compiled.converters:
            return rows
        return [_converted(row, compiled.converters, connection) for row in rows]

    def _compile(self, arguments: Sequence[Any], shape: tuple[Hashable, ...]) -> _Compiled:
        markers, places = _markers(arguments)
        query = self._build(*markers, *shape).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        found = tuple((_place(value, places), value) for value in parameters)
        if compiler.connection.vendor == "postgresql":
            sql, found = _constants_written(sql, found, compiler.connection)
        return _Compiled(sql, found, converters)


def padded(values: Sequence[int]) -> list[int]:
    """Return a list for `in` whose length is a power of two, so that few statements are compiled.

    The last value stands in it as often as it takes; a list of none stays empty.
    """
    missing = (1 << max(0, len(values) - 1).bit_length()) - len(values) if values else 0
    return [*values, *(values[-1] for _ in range(missing))]


def _place(parameter: Any, places: dict[Any, int]) -> Place:
    if isinstance(parameter, list):
        return tuple(places[part] for part in parameter)
    return places.get(parameter)


def _value(place: Place, constant: Any, values: Sequence[Any]) -> Any:
    if place is None:
        return constant
    return [values[each] for each in place] if isinstance(place, tuple) else values[place]


def _constants_written(
    sql: str, parameters: tuple[tuple[Place, Any], ...], connection: Any
) -> tuple[str, tuple[tuple[Place, Any], ...]]:
    """Write values that never change into the text; only then do all types follow from it."""
    connection.ensure_connection()
    writer = ClientCursor(connection.connection)
    texts = [
        "%s" if place is not None else writer.mogrify("%s", [value]).replace("%", "%%")
        for place, value in parameters
    ]
    kept = tuple(parameter for parameter in parameters if parameter[0] is not None)
    return _filled(sql, texts), kept


def _filled(sql: str, texts: Sequence[str]) -> str:
    pieces = sql.split("%s")
    return "".join([part for pair in zip(pieces, [*texts, ""], strict=True) for part in pair])


def _flat(arguments: Sequence[Any]) -> list[Any]:
    values: list[Any] = []
    for value in arguments:
        if isinstance(value, Sequence) and not isinstance(value, str):
            values.extend(value)
        else:
            values.append(value)
    return values


def _markers(arguments: Sequence[Any]) -> tuple[list[Any], dict[Any, int]]:
    """Return stand-ins of the same types, which tell where each argument ends up in the SQL."""
    places: dict[Any, int] = {}

    def marker(value: Any) -> Any:
        place = len(places)
        unlikely = 800_000_000 + place
        stand_in = unlikely if isinstance(value, int) else f"stand-in {unlikely}"
        places[stand_in] = place
        return stand_in

    markers = [
        [marker(part) for part in value]
        if isinstance(value, Sequence) and not isinstance(value, str)
        else marker(value)
        for value in arguments
    ]
    return markers, places


def _converted(
    row: tuple[Any, ...],
    converters: dict[int, tuple[list[Callable[..., Any]], Any]],
    connection: Any,
) -> tuple[Any, ...]:
    values = list(row)
    for place, (steps, expression) in converters.items():
        for step in steps:
            values[place] = step(values[place], expression, connection)
    return tuple(values)
