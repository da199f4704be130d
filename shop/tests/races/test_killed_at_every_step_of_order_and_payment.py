"""Web or worker dies by -9 at each named point: afterwards the order is where its money is."""

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.test import Client
from django_q.models import OrmQ, Schedule

from shop.core.clock import fixed, now
from shop.core.queue import enqueue_after_commit
from shop.customers.models import User
from shop.flows.confirm_order import confirm_order
from shop.flows.refund_outcome import give_up
from shop.flows.release_unpaid_orders import release_unpaid_orders
from shop.notifications import tasks as message_tasks
from shop.notifications.models import Message
from shop.orders.models import Order
from shop.payments.models import Payment, ProviderEvent, Refund
from shop.tests import mpesa
from shop.tests.api_tokens import bearer, program_token
from shop.tests.factories import first_variant, make_product, make_site
from shop.tests.fakes import africastalking, daraja
from shop.tests.histories import checks
from shop.tests.order_factories import first_texts
from shop.tests.races.kill_points import PATIENCE, POINTS, Point, end, start_web, start_worker

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

NUMBER = "+254712345678"
RECEIPT = "SGH7X2K9QP"
SIGKILL = -9


@dataclass
class Story:
    """One order from the cart to its end, with a process that dies on the way."""

    point: Point
    install: dict[str, Any]
    safaricom: daraja.FakeDaraja
    sku: str
    moment: datetime

    def dies_at(self, *steps: str) -> bool:
        return self.point.step in steps

    def post(self, step: str, path: str, body: dict[str, Any], **headers: str) -> Any:
        """Post as a program does that sends again what got no answer; returns what it is told."""
        return self.send("POST", step, path, body, **headers)

    def send(
        self,
        method: str,
        step: str,
        path: str,
        body: dict[str, Any],
        *,
        again: bool = True,
        known: int = 200,
        **headers: str,
    ) -> Any:
        """Send to a web that dies if this is its step; then `again`, or nobody asks any more.

        `known` is the answer to what was done before the web died.
        """
        if self.dies_at(step):
            web, address = start_web(self.point, self.install)
            self.lose(method, f"{address}{path}", body, headers)
            assert end(web) == SIGKILL, "the point was never reached"
            if not again:
                return None
            self.wait()  # the key is let go
        with fixed(self.moment):
            answer = Client().generic(
                method, path, json.dumps(body), content_type="application/json", headers=headers
            )
        expected = (200, 201, known) if self.dies_at(step) else (200, 201)
        assert answer.status_code in expected, answer.content
        return answer.json()

    @staticmethod
    def lose(method: str, url: str, body: dict[str, Any], headers: dict[str, str]) -> None:
        request = urllib.request.Request(
            url,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", **headers},
            method=method,
        )
        with pytest.raises((http.client.HTTPException, urllib.error.URLError, OSError)):
            urllib.request.urlopen(request, timeout=PATIENCE)

    def wait(self) -> None:
        """Let time pass in which leases end, counted from when the process really died."""
        self.moment = max(self.moment, now()) + timedelta(minutes=10)

    def work(self, step: str) -> None:
        """Work on the queue: in a process that dies if this is its step, then once more."""
        if self.dies_at(step):
            worker = start_worker(self.point, self.install)
            assert end(worker) == SIGKILL, "the point was never reached"
            self.wait()
        with fixed(self.moment):
            mpesa.work()
            self.sweep()

    def sweep(self) -> None:
        """Run what the schedules run, and what they queued."""
        message_tasks.sweep()
        mpesa.sweep()
        for order in Order.objects.all():
            message_tasks.deliver_for_order(order.pk)

    def later(self, minutes: float) -> None:
        self.moment += timedelta(minutes=minutes)
        with fixed(self.moment):
            self.sweep()


@pytest.fixture
def story(request, settings):
    """A shop with one product, and the point at which a process will die."""
    point = POINTS[request.param]
    make_site()
    first_texts()
    Schedule.objects.all().delete()  # here the sweeps run when the test says so
    OrmQ.objects.all().delete()
    sku = first_variant(make_product(price=100, stock=5)).sku
    OrmQ.objects.all().delete()
    with daraja.fake_daraja() as safaricom, africastalking.fake_africastalking() as sms:
        mpesa.set_up(settings, safaricom.url)
        mpesa.let_reverse(settings)
        settings.MPESA_TIMEOUT = (20, 20)
        settings.ADMIN_EMAIL = ""
        settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "secret"
        settings.AFRICASTALKING_BASE_URL = sms.url
        names = [name for name in dir(project) if name.startswith(("MPESA_", "AFRICASTALKING_"))]
        install = {name: getattr(project, name) for name in names} | {"ADMIN_EMAIL": ""}
        yield Story(point, install, safaricom, sku, now())
        states = list(Message.objects.values_list("state", flat=True))
        assert set(states) <= {"sent", "unknown"}
        assert states.count("sent") <= sms.accepted[NUMBER] <= len(states)
        checks.messages_leave_once(sms, 0)


@pytest.mark.parametrize("story", POINTS, indirect=True)
def test_the_order_ends_where_its_money_is(story):
    made = story.post(
        "order",
        "/api/v2/orders/",
        {
            "items": [{"sku": story.sku, "quantity": 2}],
            "contact": {"name": "Wanjiku Kamau", "phone": NUMBER},
            "address": {"county": "Nairobi", "area": "Kilimani"},
            "payment_method": "mpesa",
        },
        **{"Idempotency-Key": str(uuid4())},
    )
    order = Order.objects.get()
    story.work("ask")
    payment = order.payments.get()
    if story.dies_at("release"):
        money = give_up_and_release(story, order, payment)
    else:
        money = pay(story, payment)
    if story.dies_at("plan", "pack", "send", "arrive"):
        deliver(story, order)
    if story.dies_at("cancel"):
        path = f"/api/v2/orders/{order.pk}/cancel/?token={made['token']}"
        story.send("POST", "cancel", path, {}, known=409)
    if story.dies_at("stop"):
        confirm_order(order_id=order.pk)
        story.send("POST", "stop", f"/api/v2/orders/{order.pk}/cancel/", {}, known=409, **staff())
    if story.dies_at("wish", "refund", "refunded"):
        money -= send_back(story, payment)
    story.later(minutes=20)
    what_is_true(story, order, money)


def staff():
    """Return the headers of a program that may do what the shop's people may."""
    owner = User.objects.create_superuser("amina")
    return bearer(program_token("orders:write", owner=owner))


def pay(story, payment):
    """Let the owner of the phone pay; returns what came."""
    if not story.safaricom.rung[NUMBER.lstrip("+")]:
        return 0  # died before the phone was asked, and nobody can tell: it is not asked again
    payment.refresh_from_db()
    if story.dies_at("question"):
        story.safaricom.script(daraja.QUERY, *[daraja.result(0)] * 9)
        Payment.objects.update(next_query_at=now())
        enqueue_after_commit("shop.flows.tasks.ask_about_prompt", payment.pk)
        story.work("question")
    else:
        body = mpesa.paid(payment, receipt=RECEIPT)
        # Daraja does not call again.
        path = f"/payments/notify/{payment.notify_token}/"
        story.send("POST", "hear", path, body, again=False)
        story.safaricom.script(daraja.QUERY, *[daraja.result(0)] * 9)
        story.work("settle")
    story.later(minutes=20)
    return payment.amount


def give_up_and_release(story, order, payment):
    with fixed(story.moment):
        mpesa.tell(payment, mpesa.ended(payment))
    Order.objects.update(placed_at=now() - timedelta(hours=3))
    Payment.objects.update(updated_at=now() - timedelta(hours=3))
    enqueue_after_commit("shop.flows.tasks.release_unpaid_orders")
    story.work("release")
    release_unpaid_orders()
    return 0


def deliver(story, order):
    """Plan, pack and send its only parcel, and note that it arrived."""
    headers = staff()
    story.post("plan", "/api/v2/shipments/", {"order": order.pk}, **headers)
    path = f"/api/v2/shipments/{order.shipments.get().pk}/"
    for step, status in (("pack", "packed"), ("send", "shipped"), ("arrive", "delivered")):
        story.send("PATCH", step, path, {"status": status}, **headers)
    order.refresh_from_db()
    assert order.status == "delivered"


def send_back(story, payment):
    """Let people give the money back; returns what really went."""
    headers = staff() | {"Idempotency-Key": str(uuid4())}
    story.post("wish", f"/api/v2/payments/{payment.pk}/refund/", {"reason": "Broken"}, **headers)
    refund = Refund.objects.get()
    if story.dies_at("refund"):
        Refund.objects.update(next_try_at=now())  # it is due by the worker's own clock
    story.work("refund")
    story.safaricom.forget_script()
    asked = story.safaricom.of(daraja.REVERSAL)
    for request in asked:
        name = json.loads(request.reply.body)["ConversationID"]
        body = daraja.reversal(name, amount=str(refund.amount), receipt="SGR1", original=RECEIPT)
        story.post("tell", f"/payments/notify/{refund.notify_token}/", body)
    story.work("refunded")
    if not asked:  # died between the note and the request: people look, and it did not go
        story.later(minutes=60)
        give_up(refund_id=refund.pk)
    return refund.amount if asked else 0


def what_is_true(story, order, money):
    order.refresh_from_db()
    checks.stock_adds_up()
    checks.goods_are_in_one_place(order)
    checks.paid_is_what_came(order)
    checks.nothing_is_left_open()
    assert max(story.safaricom.rung.values(), default=0) <= 1
    assert len(story.safaricom.of(daraja.REVERSAL)) <= 1
    noted = [p.received for p in Payment.objects.filter(state__in=checks.CAME)]
    back = sum(r.amount for r in Refund.objects.filter(state=Refund.State.DONE))
    assert sum(noted) - back == money
    assert len(noted) <= 1
    words = {0: {"unpaid", "refunded"}}
    assert order.payment_status in words.get(money, {"paid"})
    checks.the_timeline_tells(order)
    checks.the_desk_shows_all()
    assert (order.status == "cancelled") == story.dies_at("release", "cancel", "stop")
    assert order.events.filter(kind="paid").count() == len(noted)
    applied = ProviderEvent.objects.filter(state="applied", kind="result")
    assert applied.count() <= 1 or story.dies_at("release")
