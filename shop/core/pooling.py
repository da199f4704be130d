"""A pool of connections is its process's own: a child made by fork begins with an empty one."""

import os
from typing import Any

from django.db import connections

# What a child was born with. Closing it would end the parent's connections.
_parents: list[Any] = []


def forget_pools_in_children() -> None:
    """See to it that workers made by fork open pools of their own (at the start of a process)."""
    if any("pool" in config.get("OPTIONS", {}) for config in connections.settings.values()):
        os.register_at_fork(after_in_child=_begin_anew)


def _begin_anew() -> None:
    from django.db.backends.postgresql.base import DatabaseWrapper  # noqa: PLC0415

    _parents.append(dict(DatabaseWrapper._connection_pools))  # type: ignore[attr-defined]
    DatabaseWrapper._connection_pools.clear()  # type: ignore[attr-defined]
    for connection in connections.all(initialized_only=True):
        _parents.append(connection.connection)
        connection.connection = None
