"""Write many rows of one table at once, the quickest way that the database knows."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

# SQLite takes 32,766 values in one statement.
MAX_VALUES = 30_000

Row = Sequence[Any]


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Reserve the next keys of a table for rows that `insert_rows` is going to write.

    PostgreSQL's sequence gives each key once; SQLite has one writer, who must be in a transaction.
    """
    pk = model._meta.pk
    if pk is None or not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return list(range(first, first + count))


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows given as values of the fields `names`; the other fields take their defaults.

    No instance is made and no signal is sent. Unique constraints raise IntegrityError.
    """
    given: list[Any] = [model._meta.get_field(name) for name in names]
    blank = model()
    others: list[Any] = [
        field
        for field in model._meta.concrete_fields
        if field not in given and not field.primary_key
    ]
    constants = [
        field.get_db_prep_save(getattr(blank, field.attname), connection) for field in others
    ]
    columns = [field.column for field in (*given, *others)]
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, columns, _for_copy(given, rows), constants)
    else:
        _insert(model._meta.db_table, columns, _prepared(given, rows), constants)


def update_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Update rows given as values of the fields `names` and, last, the key."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    pk: Any = model._meta.pk
    prepared = list(_prepared([*fields, pk], rows))
    if not prepared:
        return
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {changes}"  # noqa: S608 our own names
            f" WHERE {quote(pk.column)} = %s",
            prepared,
        )


def count_anew() -> None:
    """Let the database look at tables that have just grown, so that it plans for their new size.

    PostgreSQL would do it by itself a minute later, where its autovacuum is on.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")


def _for_copy(fields: Sequence[Any], rows: Iterable[Row]) -> Iterable[Row]:
    """Leave values to psycopg, which writes them all but JSON."""
    if not any(isinstance(field, models.JSONField) for field in fields):
        return rows
    return _converted([_as_json if isinstance(f, models.JSONField) else None for f in fields], rows)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _prepared(fields: Sequence[Any], rows: Iterable[Row]) -> Iterable[Row]:
    def writer(field: Any) -> Callable[[Any], Any]:
        return lambda value: field.get_db_prep_save(value, connection)

    return _converted([writer(field) for field in fields], rows)


def _converted(
    writers: Sequence[Callable[[Any], Any] | None], rows: Iterable[Row]
) -> Iterable[Row]:
    for row in rows:
        yield [
            value if write is None else write(value)
            for write, value in zip(writers, row, strict=True)
        ]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Row], constants: list[Any]) -> None:
    quote = connection.ops.quote_name
    statement = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([*row, *constants])


def _insert(table: str, columns: Sequence[str], rows: Iterable[Row], constants: list[Any]) -> None:
    quote = connection.ops.quote_name
    everything = [[*row, *constants] for row in rows]
    step = max(MAX_VALUES // len(columns), 1)
    place = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for start in range(0, len(everything), step):
            part = everything[start : start + step]
            cursor.execute(
                f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))})"  # noqa: S608
                f" VALUES {', '.join([place] * len(part))}",
                [value for row in part for value in row],
            )
