"""The worker sends what is due, tries again where that can help, and never sends twice unasked."""

from datetime import timedelta

import pytest
from django.core import mail
from django_q.models import OrmQ

from shop.core import clock
from shop.notifications import actions, rules, tasks
from shop.notifications.actions.deliver import Claim
from shop.notifications.actions.sweep import FULL_QUEUE, LEFT_BEHIND
from shop.notifications.models import Message
from shop.orders.models import OrderEvent
from shop.tests.fakes import africastalking as provider
from shop.tests.order_factories import first_texts, make_order

pytestmark = pytest.mark.django_db

NUMBER = "+254712345678"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def fake(db, settings):
    first_texts()
    with provider.fake_africastalking() as running:
        settings.AFRICASTALKING_BASE_URL = running.url
        settings.AFRICASTALKING_USERNAME = "duka"
        settings.AFRICASTALKING_API_KEY = "secret"
        settings.AFRICASTALKING_SENDER_ID = ""
        settings.ADMIN_EMAIL = "owner@shop.test"
        yield running


@pytest.fixture
def sms(fake):
    return make_order(phone=NUMBER, notify_email=False).messages.get(channel="sms")


def at(moment):
    return clock.fixed(moment)


def queued_orders():
    return [
        task.task["args"][0]
        for task in OrmQ.objects.order_by("pk")
        if task.task["func"] == "shop.notifications.tasks.deliver_for_order"
    ]


def test_one_task_sends_everything_about_an_order(fake):
    order = make_order(phone=NUMBER, email="buyer@example.org")
    tasks.deliver_for_order(order.pk)
    sent = order.messages.get(channel="sms")
    assert (sent.state, sent.attempts, sent.provider_id) == ("sent", 1, "ATXid_1")
    assert (sent.cost, sent.reason) == ("KES 0.8000", "")
    assert sent.sent_at
    assert sent.handed_over_at
    assert fake.requests[0].form["message"] == sent.body
    assert {tuple(message.to) for message in mail.outbox} == {
        ("buyer@example.org",),
        ("owner@shop.test",),
    }
    assert set(order.messages.values_list("state", flat=True)) == {"sent"}


def test_the_phone_comes_first(fake):
    order = make_order(phone=NUMBER)
    in_order = order.messages.order_by("pk").values_list("channel", flat=True)
    assert list(in_order) == ["sms", "email", "staff_email"]


def test_a_task_that_runs_twice_sends_once(fake, sms):
    for _ in range(3):
        tasks.deliver_for_order(sms.order_id)
        tasks.deliver(sms.pk)
    assert fake.accepted[NUMBER] == 1
    assert len(mail.outbox) == 1


def test_a_passing_trouble_is_tried_again_after_its_pause(fake, sms):
    fake.script(NUMBER, provider.verdict(501))
    start = clock.now()
    with at(start):
        actions.deliver(message_id=sms.pk)
    sms.refresh_from_db()
    assert (sms.state, sms.attempts) == ("due", 1)
    assert sms.next_attempt_at == start + rules.PAUSES[0]
    assert "GatewayError" in sms.reason
    with at(start + timedelta(seconds=29)):
        actions.deliver(message_id=sms.pk)
    assert len(fake.requests) == 1
    with at(start + timedelta(seconds=30)):
        actions.deliver(message_id=sms.pk)
    sms.refresh_from_db()
    assert (sms.state, sms.attempts, sms.reason) == ("sent", 2, "")


def test_the_tries_end_and_the_reason_stays(fake, sms):
    fake.script(NUMBER, *[provider.http(503)] * 20)
    moment = clock.now()
    for _ in range(20):
        with at(moment):
            actions.deliver(message_id=sms.pk)
        moment += timedelta(hours=7)
    sms.refresh_from_db()
    assert (sms.state, sms.attempts) == ("failed", rules.MAX_ATTEMPTS)
    assert "503" in sms.reason
    assert len(fake.requests) == rules.MAX_ATTEMPTS


def test_a_refusal_is_final(fake, sms):
    fake.script(NUMBER, provider.verdict(406))
    actions.deliver(message_id=sms.pk)
    sms.refresh_from_db()
    assert sms.state == "failed"
    assert sms.reason.endswith("[406]")
    assert sms.next_attempt_at is None


def test_a_lost_answer_is_never_a_second_sms(fake, sms):
    fake.script(NUMBER, provider.reset())
    actions.deliver(message_id=sms.pk)
    with at(clock.now() + timedelta(days=1)):
        actions.sweep()
        actions.deliver(message_id=sms.pk)
    sms.refresh_from_db()
    assert sms.state == "unknown"
    assert sms.reason
    assert fake.accepted[NUMBER] == 1


def test_one_channel_in_trouble_does_not_hold_up_the_others(fake):
    fake.script(NUMBER, provider.http(503))
    order = make_order(phone=NUMBER)
    tasks.deliver_for_order(order.pk)
    states = dict(order.messages.values_list("channel", "state"))
    assert states == {"sms": "due", "email": "sent", "staff_email": "sent"}


def claimed(sms, *, handed_over):
    Message.objects.filter(pk=sms.pk).update(
        state="sending",
        attempts=1,
        next_attempt_at=clock.now() + rules.LEASE,
        handed_over_at=clock.now() if handed_over else None,
    )


def test_a_worker_that_died_before_handing_over_lost_nothing(fake, sms):
    claimed(sms, handed_over=False)
    actions.sweep()
    sms.refresh_from_db()
    assert sms.state == "sending"  # it may still be alive
    OrmQ.objects.all().delete()
    later = clock.now() + rules.LEASE + MINUTE
    with at(later):
        tasks.sweep()
        assert queued_orders() == [sms.order_id]
        tasks.deliver_for_order(sms.order_id)
    sms.refresh_from_db()
    assert (sms.state, sms.attempts) == ("sent", 2)
    assert fake.accepted[NUMBER] == 1


def test_a_worker_that_died_while_sending_leaves_a_question(fake, sms):
    claimed(sms, handed_over=True)
    with at(clock.now() + rules.LEASE + MINUTE):
        actions.sweep()
        tasks.deliver_for_order(sms.order_id)
    sms.refresh_from_db()
    assert (sms.state, sms.reason) == ("unknown", LEFT_BEHIND)
    assert fake.requests == []


def test_a_message_that_kills_every_worker_ends(fake, sms):
    claimed(sms, handed_over=False)
    Message.objects.filter(pk=sms.pk).update(attempts=rules.MAX_ATTEMPTS)
    with at(clock.now() + rules.LEASE + MINUTE):
        actions.sweep()
    sms.refresh_from_db()
    assert sms.state == "failed"


def test_a_worker_that_was_given_up_hands_nothing_over_any_more(fake, sms):
    late = Claim(sms.pk, clock.now())
    claimed(sms, handed_over=False)
    assert not late.update(handed_over_at=clock.now())
    sms.refresh_from_db()
    assert sms.handed_over_at is None


def test_the_sweep_finds_what_the_queue_lost_but_does_not_push_in(fake, sms):
    OrmQ.objects.all().delete()
    actions.sweep()
    assert queued_orders() == []  # a moment old: its own task may be on its way
    with at(clock.now() + 2 * MINUTE):
        actions.sweep()
    assert queued_orders() == [sms.order_id]


def test_the_sweep_adds_nothing_to_a_queue_that_is_behind(fake, sms):
    row = OrmQ.objects.first()
    OrmQ.objects.bulk_create(
        OrmQ(key=row.key, payload=row.payload, lock=row.lock) for _ in range(FULL_QUEUE)
    )
    before = OrmQ.objects.count()
    with at(clock.now() + 2 * MINUTE):
        actions.sweep()
    assert OrmQ.objects.count() == before


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_staff_can_send_it_again(fake, sms, state):
    Message.objects.filter(pk=sms.pk).update(state=state, attempts=6, reason="Something")
    OrmQ.objects.all().delete()
    actions.resend(message_id=sms.pk, actor="Achieng")
    sms.refresh_from_db()
    assert (sms.state, sms.attempts) == ("due", 0)
    assert "Achieng" in sms.reason
    assert queued_orders() == [sms.order_id]
    event = OrderEvent.objects.get(order_id=sms.order_id, kind="message_resent")
    assert event.actor == "Achieng"
    tasks.deliver_for_order(sms.order_id)
    sms.refresh_from_db()
    assert sms.state == "sent"


@pytest.mark.parametrize("state", ["due", "sending", "sent"])
def test_what_is_on_its_way_cannot_be_sent_again(fake, sms, state):
    Message.objects.filter(pk=sms.pk).update(state=state)
    with pytest.raises(actions.CannotResend):
        actions.resend(message_id=sms.pk, actor="Achieng")
    assert not OrderEvent.objects.filter(kind="message_resent").exists()


def test_a_second_click_on_send_again_is_refused(fake, sms):
    Message.objects.filter(pk=sms.pk).update(state="failed")
    actions.resend(message_id=sms.pk, actor="Achieng")
    with pytest.raises(actions.CannotResend):
        actions.resend(message_id=sms.pk, actor="Achieng")


def test_a_message_whose_order_went_away_is_no_error(fake, sms):
    pk, order_id = sms.pk, sms.order_id
    sms.order.delete()
    tasks.deliver(pk)
    tasks.deliver_for_order(order_id)
    assert fake.requests == []
