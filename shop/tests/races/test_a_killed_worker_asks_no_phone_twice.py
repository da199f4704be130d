"""A worker killed with -9 while it asks a phone for money: asked once, and no money is lost."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django_q.models import OrmQ, Schedule

from shop.core import clock
from shop.core.queue import enqueue_after_commit
from shop.flows.tasks import apply_provider_event
from shop.orders.models import Order
from shop.payments import tasks
from shop.payments.models import Payment, ProviderEvent
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product, make_site
from shop.tests.fakes import daraja
from shop.tests.races.processes import SECONDS, kill, wait_until, with_daraja, worker

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def how_they_stand() -> list[tuple[object, ...]]:
    """Return how all payments stand."""
    return list(Payment.objects.values_list("pk", "state", "attempts", "reason"))


def let_time_pass() -> None:
    """Bring the database to where it is ten minutes later: leases and queue locks are over."""
    past = clock.now() - timedelta(minutes=10)
    Payment.objects.exclude(asked_at=None).update(asked_at=past)
    Payment.objects.exclude(next_try_at=None).update(next_try_at=past)
    OrmQ.objects.update(lock=past)


@pytest.fixture
def orders(settings):
    """Three orders to be paid with M-Pesa, each by its own phone."""
    make_site()
    settings.ADMIN_EMAIL = ""
    Schedule.objects.all().delete()  # here the sweep runs when the test says so
    OrmQ.objects.all().delete()
    variant = first_variant(make_product(price=100, stock=50))
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        made = [mpesa.place(f"071234567{number}", variant=variant) for number in range(3)]
        OrmQ.objects.exclude(
            pk__in=[row.pk for row in OrmQ.objects.all() if row.task["func"] in mpesa.TASKS]
        ).delete()
        yield fake, made


def tell(payment: Payment, body: object) -> None:
    Client().post(
        f"/payments/notify/{payment.notify_token}/",
        json.dumps(body),
        content_type="application/json",
    )


def test_killed_while_asking(orders, tmp_path):
    fake, (asked, also_asked, claimed) = orders
    log = tmp_path / "worker.log"
    release = threading.Event()
    fake.script(daraja.PROMPT, daraja.hold(release), daraja.hold(release))
    # One worker dies a moment earlier: it has claimed a payment, but no request has left.
    Payment.objects.filter(order=claimed).update(
        attempts=1, next_try_at=clock.now() + timedelta(minutes=2)
    )
    with worker(log, **with_daraja(fake.url)) as first:
        fake.wait_for_prompt(SECONDS)
        fake.wait_for_prompt(SECONDS)
        kill(first)
    release.set()
    states = dict(Payment.objects.values_list("order_id", "asked_at"))
    assert states[asked.pk] is not None
    assert states[also_asked.pk] is not None
    assert states[claimed.pk] is None

    # One shopper has entered the PIN all the same; nobody ever hears of the other.
    payment = asked.payments.get()
    tell(payment, mpesa.paid(payment, amount=400))
    let_time_pass()
    enqueue_after_commit("shop.payments.tasks.sweep")
    with worker(log, **with_daraja(fake.url)):
        wait_until(lambda: fake.rung["254712345672"] == 1, log, how_they_stand)
        wait_until(lambda: not OrmQ.objects.exists(), log)

    assert fake.rung == {"254712345670": 1, "254712345671": 1, "254712345672": 1}
    assert asked.payments.get().state == "paid"
    assert Order.objects.get(pk=asked.pk).payment_status == "paid"
    ended = also_asked.payments.get()
    assert (ended.state, ended.reason_code) == ("failed", "unknown")
    assert claimed.payments.get().provider_id


def test_many_workers_ask_once_and_note_once(orders):
    fake, (order, *_others) = orders
    payment = order.payments.get()
    at_once([lambda: tasks.send_prompt(payment.pk) for _ in range(6)])
    assert fake.rung == {"254712345670": 1}
    body = mpesa.paid(payment, amount=400)
    for _ in range(4):
        tell(payment, body)
    events = list(ProviderEvent.objects.values_list("pk", flat=True))
    at_once([lambda pk=pk: apply_provider_event(pk) for pk in events * 2])
    assert sorted(ProviderEvent.objects.values_list("state", flat=True)) == [
        "applied",
        *["ignored"] * 3,
    ]
    assert order.events.filter(kind="paid").count() == 1


def test_the_phone_is_quicker_than_the_acknowledgement(orders):
    fake, (order, *_others) = orders
    payment = order.payments.get()

    def pay_at_once(answer: dict[str, str]) -> None:
        body = daraja.callback(
            answer["CheckoutRequestID"],
            answer["MerchantRequestID"],
            amount=400,
            receipt="SGH7X2K9QP",
        )
        tell(payment, body)
        apply_provider_event(ProviderEvent.objects.get().pk)
        connection.close()

    reply = daraja.accepted()
    reply.before = pay_at_once
    fake.script(daraja.PROMPT, reply)
    tasks.send_prompt(payment.pk)
    payment.refresh_from_db()
    assert (payment.state, payment.receipt) == ("paid", "SGH7X2K9QP")
    assert payment.provider_id == json.loads(reply.body)["CheckoutRequestID"]


def at_once(jobs: list[Callable[[], object]]) -> None:
    """Run jobs in threads that begin together, each with a connection of its own."""
    together = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        together.wait(SECONDS)
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(run, jobs))
