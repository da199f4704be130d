"""A task that kills whoever takes it, and two clusters that look at one schedule."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.scheduler import scheduler
from django_q.tasks import async_task

from shop.notifications.models import Message
from shop.tests.fakes import africastalking as provider
from shop.tests.order_factories import first_texts, make_order
from shop.tests.races.processes import wait_until, with_sms, worker

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_the_others_are_done_all_the_same(settings: Any, tmp_path: Path) -> None:
    first_texts()
    settings.ADMIN_EMAIL = ""
    Schedule.objects.all().delete()
    OrmQ.objects.all().delete()
    for _ in range(3):
        async_task("os._exit", 1)
    with provider.fake_africastalking() as fake:
        orders = [make_order(notify_email=False) for _ in range(3)]
        with worker(log := tmp_path / "worker.log", **with_sms(fake.url)):
            wait_until(
                lambda: Message.objects.filter(state="sent").count() == len(orders),
                log,
                lambda: list(Message.objects.values_list("state", "reason")),
            )
        assert [fake.accepted[str(order.phone)] for order in orders] == [1, 1, 1]


def test_a_schedule_that_many_look_at_runs_once() -> None:
    Schedule.objects.all().delete()
    OrmQ.objects.all().delete()
    schedule = Schedule.objects.create(
        name="once",
        func="shop.notifications.tasks.sweep",
        schedule_type=Schedule.MINUTES,
        minutes=1,
        next_run=timezone.now() - timedelta(hours=3),
    )
    together = threading.Barrier(8)

    def look(_number: int) -> None:
        try:
            connection.ensure_connection()
            together.wait(30)
            scheduler()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clusters:
        list(clusters.map(look, range(8)))

    assert [task.task["func"] for task in OrmQ.objects.all()] == [schedule.func]
    schedule.refresh_from_db()
    assert schedule.next_run > timezone.now()
