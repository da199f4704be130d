"""Where the measurements happen: a database with a large catalogue, and servers in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
POSTGRESQL = "postgres://postgres@127.0.0.1:5432"


@dataclass(frozen=True)
class Place:
    """A database, how many products it holds, and the environment for everything run on it."""

    database_url: str
    products: int
    env: dict[str, str]

    @property
    def database(self) -> str:
        """The kind of database, for the report."""
        return "SQLite" if self.database_url.startswith("sqlite") else "PostgreSQL"


def prepare() -> Place:
    """Return the place, making the database and its catalogue where they are missing."""
    products = int(os.environ.get("BENCH_PRODUCTS", "100000"))
    url = os.environ.get("BENCH_DATABASE_URL") or default_url(products)
    VAR.mkdir(exist_ok=True)
    place = Place(url, products, environment(url))
    print(f"Database: {place.database}, {products:,} products", flush=True)
    manage(place, "migrate", "--verbosity", "0")
    manage(place, "seed_demo", "--products", str(products))
    return place


def default_url(products: int) -> str:
    """Return PostgreSQL on loopback where it answers, else a SQLite file."""
    name = f"duka_bench_{products}"
    try:
        make_database(f"{POSTGRESQL}/{name}")
    except psycopg.OperationalError:
        return f"sqlite:///{VAR / f'{name}.sqlite3'}"
    return f"{POSTGRESQL}/{name}"


def make_database(url: str, *, anew: bool = False) -> None:
    """Create the database of a PostgreSQL address if it is missing."""
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    with psycopg.connect(
        parts._replace(path="/postgres").geturl(), autocommit=True, connect_timeout=3
    ) as admin:
        if anew:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            admin.execute(f'CREATE DATABASE "{name}"')


def empty_beside(where: Place) -> Place:
    """Return an empty database of the same kind, made anew."""
    if where.database == "SQLite":
        file = VAR / "duka_bench_import.sqlite3"
        for leftover in VAR.glob(f"{file.name}*"):
            leftover.unlink()
        url = f"sqlite:///{file}"
    else:
        url = urlsplit(where.database_url)._replace(path="/duka_bench_import").geturl()
        make_database(url, anew=True)
    return Place(url, 0, environment(url))


def environment(url: str, **changes: str) -> dict[str, str]:
    """Return the environment of a production-like process on this database."""
    kept = ("PATH", "HOME", "LANG", "REDIS_URL")
    inherited = {name: os.environ[name] for name in kept if name in os.environ}
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": url,
        "SECRET_KEY": "only-for-measurements",
        "ALLOWED_HOSTS": "127.0.0.1",
        "VAR_DIR": str(VAR / "bench"),
        "PYTHONPATH": str(ROOT),
        **changes,
    }


def manage(place: Place, *arguments: str) -> None:
    """Run a management command; its errors end the run."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=place.env, check=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(place: Place, **changes: str) -> Iterator[tuple[int, int, float]]:
    """Serve with gunicorn, two workers; yields port, process id and seconds to the first answer."""
    port = free_port()
    began = time.monotonic()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "--config", "settings/gunicorn.py",
            "--workers", "2", "--max-requests", "0",
            "--bind", f"127.0.0.1:{port}", "settings.wsgi:application",
        ],
        cwd=ROOT,
        env={**place.env, **changes},
    )  # fmt: skip
    try:
        while time.monotonic() - began < 60:
            with suppress(URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).read()
                break
            time.sleep(0.02)
        yield port, process.pid, time.monotonic() - began
    finally:
        process.terminate()
        process.wait(20)
