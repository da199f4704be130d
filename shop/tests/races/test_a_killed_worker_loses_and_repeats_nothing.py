"""A worker killed with -9 in the middle of sending: nothing is lost, nothing is sent twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django_q.models import OrmQ, Schedule

from shop.core import clock
from shop.core.queue import enqueue_after_commit
from shop.notifications.models import Message
from shop.tests.fakes import africastalking as provider
from shop.tests.order_factories import first_texts, make_order

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WORKERS = 2
SECONDS = 25


def database_url() -> str:
    """Return the address of this test's own database for another process."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    user = f"{config['USER']}:{config['PASSWORD']}" if config["PASSWORD"] else config["USER"]
    return f"postgres://{user}@{config['HOST']}:{config['PORT']}/{config['NAME']}"


@contextmanager
def worker(provider_url: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py qcluster` as an install does, in a process group of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.dev",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(log.parent),
        "QUEUE_BROKER": "orm",
        "QUEUE_WORKERS": str(WORKERS),
        "REDIS_URL": "",
        "AFRICASTALKING_USERNAME": "duka",
        "AFRICASTALKING_API_KEY": "secret",
        "AFRICASTALKING_BASE_URL": provider_url,
    }
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"],
            cwd=django_settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the cluster with all its workers, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def wait_until(condition: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            states = list(Message.objects.values_list("pk", "state", "attempts", "reason"))
            pytest.fail(f"never happened; messages {states}; worker said:\n{log.read_text()}")
        time.sleep(0.1)


def let_time_pass() -> None:
    """Bring the database to where it is ten minutes later: leases and queue locks are over."""
    past = clock.now() - timedelta(minutes=10)
    Message.objects.filter(state="sending").update(next_attempt_at=past)
    OrmQ.objects.update(lock=past)


def test_nothing_is_lost_and_nothing_repeated(settings, tmp_path):
    first_texts()
    settings.ADMIN_EMAIL = ""
    Schedule.objects.all().delete()  # here the sweep runs when the test says so
    OrmQ.objects.all().delete()
    log = tmp_path / "worker.log"
    release = threading.Event()
    with provider.fake_africastalking() as fake:
        orders = [make_order(notify_email=False) for _ in range(6)]
        numbers = [str(order.phone) for order in orders]
        # Both workers are caught in the middle of a send: the provider has the SMS already.
        for number in numbers[1:3]:
            fake.script(number, provider.hold(release))
        # One worker dies a moment earlier: it has claimed a message, but not handed it over.
        Message.objects.filter(order=orders[5]).update(
            state="sending", attempts=1, next_attempt_at=clock.now() + timedelta(minutes=2)
        )

        with worker(fake.url, log) as first:
            wait_until(lambda: sum(fake.accepted[n] for n in numbers[1:3]) == 2, log)
            kill(first)
        release.set()
        states = dict(Message.objects.values_list("order_id", "state"))
        assert [states[orders[place].pk] for place in (1, 2, 5)] == ["sending"] * 3
        assert "sending" not in [states[orders[place].pk] for place in (0, 3, 4)]

        let_time_pass()
        enqueue_after_commit("shop.notifications.tasks.sweep")
        with worker(fake.url, log):
            wait_until(
                lambda: not Message.objects.filter(state__in=["due", "sending"]).exists(), log
            )
            wait_until(lambda: not OrmQ.objects.exists(), log)

    states = dict(Message.objects.values_list("order_id", "state"))
    assert [states[order.pk] for order in orders] == [
        "sent",
        "unknown",
        "unknown",
        "sent",
        "sent",
        "sent",
    ]
    assert fake.accepted == dict.fromkeys(numbers, 1)
    for message in Message.objects.filter(state="unknown"):
        assert "may have been sent" in message.reason
        assert message.attempts == 1
