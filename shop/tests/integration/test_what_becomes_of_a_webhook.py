"""A delivery meets a real receiver: kind, slow, broken, redirecting, talkative or gone."""

import threading
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from django.conf import settings
from django_q.models import OrmQ

from shop.core import clock
from shop.core.errors import Conflict
from shop.tests.fakes.webhook_receiver import Answer, webhook_receiver
from shop.tests.webhook_factories import make_delivery, make_endpoint
from shop.webhooks import rules
from shop.webhooks.actions import change, deliver_to, ping, replay, rotate_secret, sweep
from shop.webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with webhook_receiver() as running:
        yield running


@pytest.fixture
def endpoint(receiver):
    return make_endpoint(receiver.url)


def attempt(delivery):
    """Let the worker look at the delivery's endpoint once, and return what stands now."""
    deliver_to(endpoint_id=delivery.endpoint_id)
    return Delivery.objects.select_related("endpoint").get(pk=delivery.pk)


def test_a_delivery_arrives_signed(receiver, endpoint):
    delivery = attempt(make_delivery(endpoint, payload='{"name":"Müsli"}'))

    assert (delivery.state, delivery.attempts, delivery.response_status) == ("delivered", 1, 200)
    assert (delivery.response_body, delivery.reason) == ("thank you", "")
    [request] = receiver.received
    assert request.path == "/hooks?shop=1"
    assert request.event == {"name": "Müsli"}
    assert request.headers["Host"] == f"127.0.0.1:{receiver.port}"
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Duka-Event"] == "order.paid"
    assert request.headers["Duka-Event-Id"] == str(delivery.event_id)
    assert request.headers["Duka-Delivery"] == str(delivery.pk)
    assert genuine(request, endpoint.secret)
    assert not genuine(request, "whsec_of_somebody_else")


def genuine(request, secret):
    """Judge a request with the code that docs/webhooks.md gives to receivers."""
    paper = (settings.BASE_DIR / "docs" / "webhooks.md").read_text()
    code = paper.partition("```python\n")[2].partition("```")[0]
    found: dict[str, Any] = {}
    exec(code, found)
    return found["genuine"](secret, request.headers["Duka-Signature"], request.body)


def test_old_and_new_secret_sign_for_a_day(receiver, endpoint):
    old = endpoint.secret
    new = rotate_secret(endpoint_id=endpoint.pk).secret
    attempt(make_delivery(endpoint, "a"))
    assert genuine(receiver.received[0], old)
    assert genuine(receiver.received[0], new)
    day = Endpoint.objects.get().old_secret_until - clock.now()
    assert timedelta(hours=23) < day <= timedelta(hours=24)

    Endpoint.objects.update(old_secret_until=clock.now() - timedelta(seconds=1))
    attempt(make_delivery(endpoint, "b"))
    assert not genuine(receiver.received[1], old)
    assert genuine(receiver.received[1], new)


def test_an_old_signature_is_no_proof(receiver, endpoint):
    with clock.fixed(clock.now() - timedelta(minutes=6)):
        attempt(make_delivery(endpoint))
    assert not genuine(receiver.received[0], endpoint.secret)


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
def test_what_is_refused_is_tried_again(receiver, endpoint, status):
    receiver.answers = [Answer(status, b"not now")]
    delivery = attempt(make_delivery(endpoint))
    assert (delivery.state, delivery.attempts) == ("due", 1)
    assert (delivery.response_status, delivery.response_body) == (status, "not now")
    assert delivery.reason == f"Answered with HTTP {status}"
    assert delivery.endpoint.failing_since
    assert attempt(delivery).attempts == 1  # not before its time

    with clock.fixed(delivery.next_attempt_at):
        again = attempt(delivery)
    assert (again.state, again.attempts, again.reason) == ("delivered", 2, "")
    assert again.endpoint.failing_since is None
    first, second = receiver.received
    assert first.body == second.body
    assert first.headers["Duka-Event-Id"] == second.headers["Duka-Event-Id"]


def test_tries_come_to_an_end(receiver, endpoint):
    receiver.always = Answer(500)
    delivery = make_delivery(endpoint)
    began = clock.now()
    moment = began
    while delivery.state == "due":
        moment = delivery.next_attempt_at
        with clock.fixed(moment):
            delivery = attempt(delivery)
    assert (delivery.state, delivery.attempts) == ("failed", rules.MAX_ATTEMPTS)
    assert len(receiver.received) == rules.MAX_ATTEMPTS
    assert timedelta(hours=20) < moment - began < timedelta(hours=26)


def test_a_redirect_is_not_followed(receiver, endpoint):
    with webhook_receiver() as inside:
        receiver.answers = [Answer(302, headers={"Location": inside.url})]
        delivery = attempt(make_delivery(endpoint))
    assert inside.received == []
    assert (delivery.state, delivery.response_status) == ("due", 302)
    assert "redirect" in delivery.reason


def test_a_huge_answer_is_read_at_its_beginning(receiver, endpoint):
    receiver.answers = [Answer(200, b"x" * 5_000_000)]
    delivery = attempt(make_delivery(endpoint))
    assert delivery.state == "delivered"
    assert delivery.response_body == "x" * 1024


def test_an_answer_that_breaks_off_counts_by_its_status(receiver, endpoint):
    receiver.answers = [Answer(200, b"half", announced=5000), Answer(hang_up=True)]
    told = attempt(make_delivery(endpoint, "a"))
    assert told.state == "delivered"
    untold = attempt(make_delivery(endpoint, "b"))
    assert (untold.state, untold.response_status) == ("due", None)
    assert untold.reason.startswith("No answer")


def test_what_is_no_text_can_be_kept(receiver, endpoint):
    receiver.answers = [Answer(500, b"\x00\xff\xfe" * 10)]
    assert attempt(make_delivery(endpoint)).response_status == 500


@pytest.mark.parametrize("slow", ["silent", "dripping"])
def test_a_slow_receiver_ends_the_run_and_rests(receiver, endpoint, slow):
    wait = threading.Event()
    answer = Answer(hold=wait) if slow == "silent" else Answer(drip=0.3)
    receiver.answers = [answer]
    first, second = make_delivery(endpoint, "a"), make_delivery(endpoint, "b")
    began = monotonic()
    deliver_to(endpoint_id=endpoint.pk)
    took = monotonic() - began
    wait.set()

    assert took < 10
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts, first.reason) == ("due", 1, "No answer in time")
    assert (second.state, second.attempts) == ("due", 0)
    endpoint.refresh_from_db()
    assert endpoint.held_until is None
    assert endpoint.rests_until > clock.now()
    deliver_to(endpoint_id=endpoint.pk)
    assert len(receiver.received) == 1

    with clock.fixed(endpoint.rests_until + timedelta(minutes=1)):
        deliver_to(endpoint_id=endpoint.pk)
    assert list(Delivery.objects.values_list("state", flat=True)) == ["delivered", "delivered"]


def test_nobody_listening_is_no_error_of_ours(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with webhook_receiver() as gone:
        endpoint = make_endpoint(gone.url)
    delivery = attempt(make_delivery(endpoint))
    assert (delivery.state, delivery.response_status) == ("due", None)
    assert delivery.reason == "No answer: Connection refused"


def test_a_quick_failure_holds_nobody_else_up(receiver, endpoint):
    receiver.answers = [Answer(500)]
    first, second = make_delivery(endpoint, "a"), make_delivery(endpoint, "b")
    deliver_to(endpoint_id=endpoint.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("due", "delivered")


def test_long_failure_switches_an_endpoint_off(receiver, endpoint):
    receiver.always = Answer(500)
    attempt(make_delivery(endpoint, "a"))
    with clock.fixed(clock.now() + rules.GIVE_UP_AFTER + timedelta(minutes=1)):
        delivery = attempt(make_delivery(endpoint, "b"))
    off = delivery.endpoint
    assert (off.active, off.state) == (False, "switched_off")
    assert "HTTP 500" in off.switched_off_because
    seen = len(receiver.received)
    with clock.fixed(clock.now() + timedelta(days=4)):
        attempt(delivery)
    assert len(receiver.received) == seen
    with pytest.raises(Conflict):
        ping(endpoint=off)

    receiver.always = Answer()
    change(endpoint=off, active=True)
    ping(endpoint=off)
    with clock.fixed(clock.now() + timedelta(days=4)):
        deliver_to(endpoint_id=off.pk)
    off.refresh_from_db()
    assert (off.state, off.switched_off_because) == ("active", "")
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_a_run_ends_though_there_is_more_and_queues_the_rest(receiver, endpoint, monkeypatch):
    monkeypatch.setattr("shop.webhooks.actions.deliver.RUN_SECONDS", 0)
    make_delivery(endpoint)
    OrmQ.objects.all().delete()
    deliver_to(endpoint_id=endpoint.pk)
    assert receiver.received == []
    assert OrmQ.objects.count() == 1


def test_the_sweep_queues_each_endpoint_with_something_due_once(receiver, endpoint):
    make_delivery(endpoint, "a")
    make_delivery(endpoint, "b")
    make_delivery(make_endpoint(active=False), "a")
    make_delivery(make_endpoint(), "later", next_attempt_at=clock.now() + timedelta(minutes=1))
    resting = make_endpoint(rests_until=clock.now() + timedelta(minutes=1))
    make_delivery(resting, "a")
    OrmQ.objects.all().delete()
    sweep()
    assert [task.task["args"] for task in OrmQ.objects.all()] == [(endpoint.pk,)]


def test_what_a_dead_worker_held_is_sent_again(receiver, endpoint):
    delivery = make_delivery(endpoint, state="sending", attempts=1)
    worn_out = make_delivery(endpoint, "b", state="sending", attempts=rules.MAX_ATTEMPTS)
    sweep()
    worn_out.refresh_from_db()
    assert worn_out.state == "failed"
    assert attempt(delivery).state == "delivered"


@pytest.mark.parametrize("state", ["delivered", "failed"])
def test_a_delivery_is_sent_again_on_request(receiver, endpoint, state):
    delivery = make_delivery(endpoint, state=state, attempts=8, next_attempt_at=None)
    replay(delivery_id=delivery.pk)
    with pytest.raises(Conflict):
        replay(delivery_id=delivery.pk)
    again = attempt(delivery)
    assert (again.state, again.attempts) == ("delivered", 1)
    assert receiver.received[0].headers["Duka-Event-Id"] == str(delivery.event_id)


def test_a_test_is_sent_at_once_to_an_endpoint_that_rests(receiver, endpoint):
    endpoint.rests_until = clock.now() + timedelta(minutes=5)
    endpoint.save()
    delivery = attempt(ping(endpoint=endpoint))
    assert delivery.state == "delivered"
    assert receiver.events[0]["type"] == "ping"
    assert receiver.events[0]["id"] == str(delivery.event_id)
