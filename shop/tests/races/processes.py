"""Processes of an install, run for real and killed with -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shop.tests.fakes import daraja

SECONDS = 120  # a busy machine is no failure


def database_url() -> str:
    """Return the address of this test's own database for another process."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    user = f"{config['USER']}:{config['PASSWORD']}" if config["PASSWORD"] else config["USER"]
    return f"postgres://{user}@{config['HOST']}:{config['PORT']}/{config['NAME']}"


@contextmanager
def worker(log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py qcluster` as an install does, in a process group of its own."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "settings.dev",
                "SECRET_KEY": settings.SECRET_KEY,
                "DATABASE_URL": database_url(),
                "VAR_DIR": str(log.parent),
                "QUEUE_BROKER": "orm",
                "QUEUE_WORKERS": "2",
                "REDIS_URL": "",
                **environment,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def with_sms(url: str) -> dict[str, str]:
    """Return the environment of a worker that sends SMS through the fake."""
    return {
        "AFRICASTALKING_USERNAME": "duka",
        "AFRICASTALKING_API_KEY": "secret",
        "AFRICASTALKING_BASE_URL": url,
    }


def with_daraja(url: str) -> dict[str, str]:
    """Return the environment of a worker that asks for money through the fake."""
    return {
        "MPESA_BASE_URL": url,
        "MPESA_CONSUMER_KEY": daraja.KEY,
        "MPESA_CONSUMER_SECRET": daraja.SECRET,
        "MPESA_SHORTCODE": daraja.SHORTCODE,
        "MPESA_PASSKEY": daraja.PASSKEY,
    }


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the cluster with all its workers, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(SECONDS)


def wait_until(
    condition: Callable[[], bool], log: Path, states: Callable[[], object] = lambda: ""
) -> None:
    """Wait until something happened; else fail with what `states` says and the worker said."""
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"never happened; {states()}; worker said:\n{log.read_text()}")
        time.sleep(0.1)
