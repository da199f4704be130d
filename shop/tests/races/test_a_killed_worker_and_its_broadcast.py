"""A worker killed with -9 in the middle of a broadcast: it goes on, and nobody is told twice."""

import threading
from datetime import timedelta

import pytest
from django_q.models import OrmQ, Schedule

from shop.core import clock
from shop.core.queue import enqueue_after_commit
from shop.notifications.actions import start_broadcast
from shop.notifications.models import Broadcast, Message
from shop.tests.fakes import africastalking as provider
from shop.tests.news_readers import make_broadcast, make_reader
from shop.tests.races.processes import kill, wait_until, with_sms, worker

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def let_time_pass():
    """Bring the database to where it is ten minutes later: leases, turns and locks are over."""
    past = clock.now() - timedelta(minutes=10)
    Message.objects.filter(state="sending").update(next_attempt_at=past)
    Broadcast.objects.update(turned_at=past)
    OrmQ.objects.update(lock=past)


def test_it_goes_on_where_it_stopped(tmp_path):
    Schedule.objects.all().delete()  # here the sweep runs when the test says so
    OrmQ.objects.all().delete()
    readers = [make_reader(number) for number in range(6)]
    numbers = [str(reader.phone) for reader in readers]
    broadcast = make_broadcast()
    log, release = tmp_path / "worker.log", threading.Event()
    with provider.fake_africastalking() as fake:
        # Caught in the middle of the third: the provider has it already.
        fake.script(numbers[2], provider.hold(release))
        start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
        with worker(log, **with_sms(fake.url)) as first:
            wait_until(lambda: fake.accepted[numbers[2]] == 1, log)
            kill(first)
        release.set()
        broadcast.refresh_from_db()
        assert broadcast.state == "sending"

        let_time_pass()
        enqueue_after_commit("shop.notifications.tasks.sweep")
        with worker(log, **with_sms(fake.url)):
            wait_until(lambda: Broadcast.objects.get().state == "done", log)

    states = dict(Message.objects.values_list("recipient", "state"))
    assert [states[number] for number in numbers] == [
        "sent", "sent", "unknown", "sent", "sent", "sent",
    ]  # fmt: skip
    assert fake.accepted == dict.fromkeys(numbers, 1)
