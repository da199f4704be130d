"""Copy all rows of the database out of it as they were at one moment, and put them back.

SQLite is copied as one file by its own online backup. PostgreSQL gives its tables by COPY in one
snapshot, so that neither needs the other's command-line tools.
"""

import sqlite3
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from shop.catalog.models import Product
from shop.launch.backup.archive import BackupError
from shop.orders.models import Order

SQLITE_FILE = "database.sqlite3"
_STEP = 64 * 1024


def kind() -> str:
    """Return which database this is: a backup goes back into its own kind."""
    return connection.vendor


def migrations() -> list[list[str]]:
    """Return which migrations made the tables, by app and name."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def copy_out(folder: Path) -> dict[str, Any]:
    """Write the rows into a folder; return what is needed to put them back."""
    if kind() == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / SQLITE_FILE) as copy:
            connection.connection.backup(copy, pages=1000)
        copy.close()
        return {"database": "sqlite", "migrations": migrations()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = _tables(cursor)
        for name, columns in tables.items():
            with (
                (folder / f"{name}.copy").open("wb") as file,
                cursor.copy(
                    sql.SQL("COPY {} ({}) TO STDOUT (FORMAT binary)").format(
                        sql.Identifier(name), _names(columns)
                    )
                ) as rows,
            ):
                for piece in rows:
                    file.write(piece)
        cursor.execute(
            "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
        )
        sequences = {name: last for name, last in cursor.fetchall() if last is not None}
        return {
            "database": "postgresql",
            "migrations": migrations(),
            "tables": tables,
            "sequences": sequences,
        }


def put_back(folder: Path, manifest: dict[str, Any]) -> None:
    """Replace every row by the backup's, all or nothing."""
    if kind() == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / SQLITE_FILE) as copy:
            copy.backup(connection.connection)
        copy.close()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        tables = {name: _names(columns) for name, columns in manifest["tables"].items()}
        every = sql.SQL(", ").join(map(sql.Identifier, tables))
        for name in tables:  # what triggers would add is in the backup already
            cursor.execute(
                sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name))
            )
        cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(every))
        for name, columns in tables.items():
            with (
                (folder / f"{name}.copy").open("rb") as file,
                cursor.copy(
                    sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
                        sql.Identifier(name), columns
                    )
                ) as rows,
            ):
                while piece := file.read(_STEP):
                    rows.write(piece)
        for name, last in manifest["sequences"].items():
            cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', last])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in tables:
            cursor.execute(
                sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name))
            )


def check_place(manifest: dict[str, Any], *, replace: bool) -> None:
    """Make sure that the backup fits here and that nothing is lost by it.

    Makes the tables of an empty PostgreSQL database. Raises BackupError.
    """
    if manifest["database"] != kind():
        raise BackupError(
            f"This backup is of {manifest['database']}, but DATABASE_URL names {kind()}."
        )
    if _is_used() and not replace:
        raise BackupError("This shop has data already; --replace puts the backup in its place.")
    if kind() == "postgresql":
        call_command("migrate", verbosity=0)
        if migrations() != manifest["migrations"]:
            raise BackupError(
                "This backup was made by another version. Restore it with that version's code, "
                "then bring in the new one and run manage.py release."
            )


def _is_used() -> bool:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in (get_user_model(), Product, Order):
            table = model._meta.db_table
            if table in there:
                cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 (our own name)
                if cursor.fetchone():
                    return True
    return False


def _tables(cursor: Any) -> dict[str, list[str]]:
    """Return the columns of each table, without those that the database computes itself."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        " AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
    )
    tables: dict[str, list[str]] = {}
    for table, column in cursor.fetchall():
        tables.setdefault(table, []).append(column)
    return tables


def _names(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
