"""Work is queued exactly if its transaction commits, whichever broker keeps the queue."""

import socket
import uuid

import pytest
import redis
from django.db import transaction
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import OrmQ

from shop.core import clock
from shop.core.queue import enqueue_after_commit
from shop.notifications import actions
from shop.notifications.actions.sweep import QUEUE_GRACE
from shop.tests.order_factories import first_texts, make_order

TASK = "shop.notifications.tasks.sweep"
REDIS = "redis://127.0.0.1:6379/0"


@pytest.fixture
def redis_queue(settings, monkeypatch):
    """A queue of this test's own on a running Redis."""
    try:
        redis.from_url(REDIS).ping()
    except redis.ConnectionError:
        pytest.skip("Redis is absent (127.0.0.1:6379)")
    use_redis(settings, monkeypatch, REDIS)
    broker = get_broker()
    yield broker
    broker.delete_queue()


def use_redis(settings, monkeypatch, url):
    # Django-Q2 reads its settings once, when it is imported.
    settings.Q_CLUSTER = {"name": "duka", "redis": url}
    monkeypatch.setattr(Conf, "ORM", None)
    monkeypatch.setattr(Conf, "REDIS", url)
    monkeypatch.setattr(Conf, "CLUSTER_NAME", f"test-{uuid.uuid4()}")


@pytest.mark.django_db
def test_in_the_database_the_work_is_part_of_the_transaction():
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue_after_commit(TASK)
        assert OrmQ.objects.count() == 1
        raise RuntimeError
    assert OrmQ.objects.count() == 0
    enqueue_after_commit(TASK)
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_in_redis_the_work_waits_for_the_commit(redis_queue):
    with transaction.atomic():
        enqueue_after_commit(TASK)
        assert redis_queue.queue_size() == 0
    assert redis_queue.queue_size() == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue_after_commit(TASK)
        raise RuntimeError
    assert redis_queue.queue_size() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_order_stands_although_redis_is_down_and_the_sweep_finds_it(settings, monkeypatch):
    first_texts()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with monkeypatch.context() as down:
            use_redis(settings, down, f"redis://127.0.0.1:{unused.getsockname()[1]}/0")
            with transaction.atomic():
                order = make_order()
    assert order.messages.filter(state="due").exists()
    assert not OrmQ.objects.exists()
    settings.Q_CLUSTER = {"name": "duka", "orm": "default"}
    with clock.fixed(clock.now() + 2 * QUEUE_GRACE):
        actions.sweep()
    assert [row.task["args"] for row in OrmQ.objects.all()] == [(order.pk,)]
