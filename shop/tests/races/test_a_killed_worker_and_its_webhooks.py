"""A worker killed with -9 while it delivers webhooks: nothing is lost, and doubles can be told."""

import threading
from datetime import timedelta

import pytest
from django_q.models import OrmQ, Schedule

from shop.core import clock
from shop.core.queue import enqueue_after_commit
from shop.tests.fakes.webhook_receiver import Answer, webhook_receiver
from shop.tests.order_factories import make_order
from shop.tests.races.processes import kill, wait_until, worker
from shop.tests.webhook_factories import make_endpoint
from shop.webhooks.models import Delivery, Endpoint

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def let_time_pass():
    """Bring the database to where it is ten minutes later: leases and queue locks are over."""
    past = clock.now() - timedelta(minutes=10)
    Delivery.objects.filter(state="sending").update(next_attempt_at=past)
    Endpoint.objects.exclude(held_until=None).update(held_until=past)
    OrmQ.objects.update(lock=past)


def test_each_event_arrives_and_the_repeated_one_bears_its_id(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("WEBHOOKS_ALLOW_PRIVATE", "true")
    settings.ADMIN_EMAIL = ""
    Schedule.objects.all().delete()  # here the sweep runs when the test says so
    OrmQ.objects.all().delete()
    log = tmp_path / "worker.log"
    release = threading.Event()
    with webhook_receiver() as receiver:
        make_endpoint(receiver.url, events=["order.placed"])
        orders = [make_order(notify_sms=False, notify_email=False) for _ in range(4)]
        # The worker is caught in the middle: the receiver has the second event already.
        receiver.answers = [Answer(), Answer(hold=release)]
        with worker(log) as first:
            wait_until(lambda: len(receiver.received) == 2, log)
            kill(first)
        release.set()
        assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == [
            "delivered", "sending", "due", "due",
        ]  # fmt: skip

        let_time_pass()
        enqueue_after_commit("shop.webhooks.tasks.sweep")
        with worker(log):
            wait_until(lambda: not Delivery.objects.exclude(state="delivered").exists(), log)
            wait_until(lambda: not OrmQ.objects.exists(), log)

    heard = [event["data"]["id"] for event in receiver.events]
    assert sorted(set(heard)) == [order.pk for order in orders]
    assert sorted(heard) == sorted([*set(heard), orders[1].pk])
    twice = [event for event in receiver.events if event["data"]["id"] == orders[1].pk]
    assert twice[0] == twice[1]
    assert Endpoint.objects.get().held_until is None
