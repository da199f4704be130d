"""Querysets compiled once: on the busiest pages, writing the SQL costs more than running it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

MOST_SHAPES = 256


@dataclass(frozen=True, slots=True)
class _Compiled:
    sql: str
    # A place in the arguments, or a value that never changes.
    parameters: tuple[tuple[int | None, Any], ...]
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
        values = _flat(arguments)
        parameters = [
            constant if place is None else values[place] for place, constant in compiled.parameters
        ]
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
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
        return _Compiled(sql, tuple((places.get(value), value) for value in parameters), converters)


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
