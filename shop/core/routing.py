"""Which database answers a read: the one that takes the writes, or a copy of it that follows.

Without DATABASE_REPLICA_URL there is one database and nothing here has any effect.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

REPLICA = "replica"

_from_replica: ContextVar[bool] = ContextVar("from_replica", default=False)


def reading_alias() -> str:
    """Return the name of the database that reads go to now."""
    return REPLICA if _from_replica.get() else DEFAULT_DB_ALIAS


def reading_connection() -> Any:
    """Return the connection that reads in plain SQL go to now."""
    return connections[reading_alias()]


@contextmanager
def replica_may_answer() -> Iterator[None]:
    """Let a replica, where there is one, answer what is read inside the block.

    It lags behind by a moment, so this is for those who have written nothing. From the first write
    in the block on, reads go to where the write went.
    """
    token = _from_replica.set(REPLICA in connections.settings)
    try:
        yield
    finally:
        _from_replica.reset(token)


@contextmanager
def primary_answers() -> Iterator[None]:
    """Read what is true at this moment, whatever the surroundings allow."""
    token = _from_replica.set(False)
    try:
        yield
    finally:
        _from_replica.reset(token)


class ReplicaRouter:
    """Sends reads to the replica where `replica_may_answer`, and everything else to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return where to read; rows that belong to an object come from where it came from."""
        return reading_alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Return the primary, and read there from now on."""
        _from_replica.set(False)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Both databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Return whether to migrate: a replica gets its tables from the primary."""
        return db != REPLICA
