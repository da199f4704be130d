"""Mail and SMS providers are gone for an hour: every message waits, and goes out once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django_q.models import OrmQ

from shop.core import clock
from shop.notifications import tasks
from shop.notifications.models import Message
from shop.tests.fakes.africastalking import FakeAfricasTalking, fake_africastalking
from shop.tests.order_factories import first_texts, make_order

pytestmark = pytest.mark.django_db

NOBODY_LISTENS = 9  # the port "discard", which nothing on these machines serves
TASKS = {
    f"shop.notifications.tasks.{task.__name__}": task
    for task in (tasks.deliver, tasks.deliver_for_order)
}


@pytest.fixture
def provider(settings: Any) -> Iterator[FakeAfricasTalking]:
    first_texts()
    settings.ADMIN_EMAIL = ""
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "secret"
    OrmQ.objects.all().delete()
    with fake_africastalking() as fake:
        yield fake


def work(moment: datetime) -> None:
    """Do what the worker does at a moment: the sweep of the minute, and what is queued."""
    with clock.fixed(moment):
        tasks.sweep()
        for queued in OrmQ.objects.order_by("pk"):
            task = TASKS.get(queued.task["func"])
            queued.delete()
            if task is not None:
                task(*queued.task["args"])


def unplug(settings: Any) -> None:
    settings.AFRICASTALKING_BASE_URL = f"http://127.0.0.1:{NOBODY_LISTENS}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", NOBODY_LISTENS


def plug_in(settings: Any, provider: FakeAfricasTalking) -> None:
    settings.AFRICASTALKING_BASE_URL = provider.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_nothing_is_lost_and_nothing_is_sent_twice(
    provider: FakeAfricasTalking, settings: Any
) -> None:
    began = clock.now()
    unplug(settings)
    orders = []
    for minute in range(0, 60, 5):
        moment = began + timedelta(minutes=minute)
        if minute < 20:
            with clock.fixed(moment):
                orders.append(make_order(email=f"buyer-{minute}@example.org"))
        work(moment)
    assert Message.objects.filter(state="due").count() == 2 * len(orders)
    assert not provider.requests
    assert not mail.outbox

    plug_in(settings, provider)
    for hours in range(1, 12):
        work(began + timedelta(hours=hours))

    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert [provider.accepted[str(order.phone)] for order in orders] == [1] * len(orders)
    assert sorted(email.to[0] for email in mail.outbox) == sorted(order.email for order in orders)


def test_orders_are_taken_as_ever(provider: FakeAfricasTalking, settings: Any) -> None:
    unplug(settings)
    order = make_order()
    work(clock.now())
    reasons = set(order.messages.values_list("state", "attempts"))
    assert reasons == {("due", 1)}
    assert order.status == "placed"
