"""A worker killed with -9 in the middle of sending: nothing is lost, nothing is sent twice."""

import threading
from datetime import timedelta

import pytest
from django_q.models import OrmQ, Schedule

from shop.core import clock
from shop.core.queue import enqueue_after_commit
from shop.notifications.models import Message
from shop.tests.fakes import africastalking as provider
from shop.tests.order_factories import first_texts, make_order
from shop.tests.races.processes import kill, wait_until, with_sms, worker

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def how_they_stand() -> list[tuple[object, ...]]:
    """Return how all messages stand."""
    return list(Message.objects.values_list("pk", "state", "attempts", "reason"))


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

        with worker(log, **with_sms(fake.url)) as first:
            wait_until(
                lambda: sum(fake.accepted[n] for n in numbers[1:3]) == 2, log, how_they_stand
            )
            kill(first)
        release.set()
        states = dict(Message.objects.values_list("order_id", "state"))
        assert states[orders[5].pk] == "sending"
        # On a slow machine the wait for the first answer is over when the second send begins.
        assert {states[orders[place].pk] for place in (1, 2)} <= {"sending", "unknown"}
        assert "sending" not in [states[orders[place].pk] for place in (0, 3, 4)]

        let_time_pass()
        enqueue_after_commit("shop.notifications.tasks.sweep")
        with worker(log, **with_sms(fake.url)):
            waiting = Message.objects.filter(state__in=["due", "sending"])
            wait_until(lambda: not waiting.exists(), log, how_they_stand)
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
