"""With DATABASE_POOL the threads of a process share a few connections, and its children do not."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings as project
from django.db import connection
from django.db.utils import ConnectionHandler

from settings import env, scale
from shop.core.statements import prepared_cursor
from shop.tests.races.processes import database_url

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]

CHILD = """
import os, django
django.setup()
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
def backend():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]
own = backend()
pid = os.fork()
if pid == 0:
    print("child", backend() != own, flush=True)
    os._exit(0)
os.waitpid(pid, 0)
print("parent", backend() == own, connection.pool is not None, flush=True)
connection.close()
DatabaseWrapper._connection_pools["default"].close()
"""


def test_eight_threads_share_two_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DATABASE_POOL", 2)
    handler = ConnectionHandler({"default": scale.pooled({**connection.settings_dict})})
    together = Barrier(8)

    def ask(_number: int) -> int:
        together.wait(120)
        own = handler["default"]
        with prepared_cursor(own) as cursor:
            cursor.execute("SELECT pg_backend_pid(), pg_sleep(0.02)")
            backend: int = cursor.fetchone()[0]
        own.close()
        return backend

    try:
        with ThreadPoolExecutor(8) as threads:
            backends = list(threads.map(ask, range(8)))
    finally:
        handler["default"].close_pool()
    assert len(backends) == 8
    assert len(set(backends)) <= 2


def test_a_forked_worker_opens_its_own(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CHILD],
        cwd=project.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "settings.dev",
            "SECRET_KEY": "x",
            "DATABASE_URL": database_url(),
            "DATABASE_POOL": "2",
            "VAR_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.stdout.splitlines() == ["child True", "parent True True"], ran.stderr


def test_sqlite_has_no_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "DATABASE_POOL", 2)
    config = {"ENGINE": "django.db.backends.sqlite3", "CONN_MAX_AGE": 600}
    assert scale.pooled(config) == config
