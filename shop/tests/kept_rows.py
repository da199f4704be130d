"""The rows that migrations write: back in the test database after a test that changed it."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.python import Deserializer
from django.db import connection, transaction
from django.test import TransactionTestCase

from shop.core.memory import Remembered

Rows = dict[str, list[tuple[Any, ...]]]
# What a row brings with it when it is written, such as a signal's note of the change, goes as well.
PASSES = 3


class KeptRowsTestCase(TransactionTestCase):
    """A test with real transactions that leaves the database as the migrations made it.

    Django's own empties every table, which takes PostgreSQL seconds; here only what differs is put
    right.
    """

    @classmethod
    def _fixture_setup(cls) -> None:
        _kept()

    def _fixture_teardown(self) -> None:
        as_migrated()


def as_migrated() -> None:
    """Leave the test database as the migrations made it.

    Numbers go on where they were: the kept rows bring their own and move no sequence.
    """
    for _ in range(PASSES):
        changed = _changed(_kept())
        if not changed:
            break
        _put_right(changed)
    ContentType.objects.clear_cache()
    Remembered.forget_everything()


@cache
def _kept() -> Rows:
    """Return all rows by table, as migrated: asked for before the first test that changes them."""
    _kept_objects()
    return {table: _rows_of(table) for table in _filled(_tables())}


@cache
def _kept_objects() -> list[tuple[dict[str, Any], frozenset[str]]]:
    """Return each object as migrated, with the tables that its rows are in."""
    written = getattr(connection, "_test_serialized_contents", "")
    objects = []
    for kept in json.loads(written or connection.creation.serialize_db_to_string()):
        options = apps.get_model(kept["model"])._meta
        through = [field.m2m_db_table() for field in options.local_many_to_many]
        objects.append((kept, frozenset([options.db_table, *through])))
    return objects


def _tables() -> list[str]:
    names: list[str] = connection.introspection.django_table_names(
        only_existing=True, include_views=False
    )
    return names


def _filled(tables: Iterable[str]) -> set[str]:
    """Return which tables hold anything: one statement."""
    looks = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        return {name for (name,) in cursor.fetchall()}


def _rows_of(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return sorted(cursor.fetchall(), key=repr)


def _changed(kept: Rows) -> set[str]:
    filled = _filled(_tables())
    same = {table for table in filled & kept.keys() if _rows_of(table) == kept[table]}
    return (filled | kept.keys()) - same


def _put_right(tables: set[str]) -> None:
    """Empty tables and write what they held."""
    objects = [kept for kept, of in _kept_objects() if of & tables]
    with transaction.atomic(), connection.constraint_checks_disabled():
        with connection.cursor() as cursor:
            for table in sorted(tables):
                cursor.execute(f'DELETE FROM "{table}"')
        for restored in Deserializer(objects):
            restored.save()
