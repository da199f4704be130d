"""Broadcasts: who hears, once each, behind orders' messages, and how one gets out of them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django_q.models import OrmQ

from shop.core.clock import fixed, now
from shop.core.errors import ShopError
from shop.customers.actions import set_consent
from shop.notifications.actions import broadcast as slices
from shop.notifications.actions import (
    carry_on,
    deliver,
    save_broadcast,
    start_broadcast,
    sweep,
)
from shop.notifications.actions.opt_out import way_out_url
from shop.notifications.models import Broadcast, Message
from shop.notifications.queries import audience_of, reach_of
from shop.tests.fakes import africastalking as provider
from shop.tests.news_readers import make_broadcast, make_reader
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(settings):
    with provider.fake_africastalking() as running:
        settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "key"
        settings.AFRICASTALKING_BASE_URL = running.url
        yield running


def run_to_the_end(broadcast):
    """Do what the worker does, turn after turn."""
    for _turn in range(20):
        broadcast.refresh_from_db()
        if broadcast.state != "sending":
            return
        carry_on(broadcast_id=broadcast.pk, turn=broadcast.turn)


def test_only_who_said_yes_at_a_proved_address_hears(shop_site):
    yes = make_reader(1)
    make_reader(2, yes=False)
    make_reader(3, yes=None)
    make_reader(4, proved=False)
    make_reader(5, is_active=False)
    changed = make_reader(6)
    set_consent(changed, purpose="marketing_sms", given=False, source="account")
    assert list(audience_of(Broadcast(channel="sms"))) == [yes]
    assert set(audience_of(Broadcast(channel="email"))) == {yes, changed}


def test_an_audience_is_chosen_by_what_was_bought(shop_site):
    recent, quiet, never, cancelled = (make_reader(number) for number in range(1, 5))
    make_order(user=recent)
    make_order(user=quiet, placed_at=now() - timedelta(days=100))
    make_order(user=cancelled, status="cancelled")
    assert {
        kind: set(audience_of(Broadcast(channel="sms", audience=kind)))
        for kind in ("recent", "quiet", "never")
    } == {"recent": {recent}, "quiet": {quiet}, "never": {never, cancelled}}


def test_its_reach_and_cost_are_known_before(shop_site):
    make_reader(1), make_reader(2)
    reach = reach_of(make_broadcast(body="a" * 150))
    assert (reach.people, reach.preview.parts, str(reach.cost)) == (2, 2, "3.20")


def test_everybody_gets_it_once_with_a_way_out(fake, monkeypatch, shop_site):
    monkeypatch.setattr(slices, "BATCH", 3)
    monkeypatch.setattr(slices, "SLICE", 2)
    readers = [make_reader(number) for number in range(7)]
    broadcast = make_broadcast()
    start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    run_to_the_end(broadcast)
    assert broadcast.state == "done"
    assert fake.accepted == {str(reader.phone): 1 for reader in readers}
    said = {request.form["to"]: request.form["message"] for request in fake.requests}
    assert said[str(readers[2].phone)] == (
        f"Hi Readerc, mangoes are in! Stop: {way_out_url(readers[2].pk, 'sms')}"
    )


@pytest.mark.parametrize("where", ["a slice twice", "an old turn", "started twice"])
def test_repeated_work_writes_to_nobody_twice(fake, shop_site, where):
    make_reader(1), make_reader(2)
    broadcast = make_broadcast()
    start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    if where == "started twice":
        with pytest.raises(ShopError):
            start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    carry_on(broadcast_id=broadcast.pk, turn=0)
    if where == "a slice twice":
        carry_on(broadcast_id=broadcast.pk, turn=0)
    if where == "an old turn":
        # As if its worker had died after sending, before it could say so.
        Broadcast.objects.update(cursor=0, all_written=False, state="sending")
        carry_on(broadcast_id=broadcast.pk, turn=1)
    assert set(fake.accepted.values()) == {1}
    assert len(fake.accepted) == 2


def test_who_says_no_in_the_meantime_is_left_out(fake, shop_site):
    reader = make_reader(1)
    broadcast = make_broadcast()
    start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    slices._write_next(broadcast.pk)
    set_consent(reader, purpose="marketing_sms", given=False, source="account")
    run_to_the_end(broadcast)
    assert fake.requests == []
    message = Message.objects.get()
    assert (message.state, "said no" in message.reason) == ("cancelled", True)
    assert broadcast.state == "done"


def test_messages_of_orders_go_first(fake, shop_site):
    make_reader(1)
    broadcast = make_broadcast()
    start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    slices._write_next(broadcast.pk)
    order = make_order()
    with fixed(now() + timedelta(minutes=2)):
        sweep()
    queued = [task.task["func"] for task in OrmQ.objects.order_by("pk")]
    assert queued.count("shop.notifications.tasks.deliver") == 0, "news have no place of their own"
    assert "shop.notifications.tasks.deliver_for_order" in queued
    assert order.messages.filter(state="due").exists()


def test_without_money_it_waits_instead_of_turning_in_circles(
    fake, monkeypatch, settings, shop_site
):
    monkeypatch.setattr(slices, "BATCH", 3)
    monkeypatch.setattr(slices, "SLICE", 2)
    settings.SMS_DAILY_CAP = Decimal("0.10")
    for number in range(5):
        make_reader(number)
    broadcast = make_broadcast()
    start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    for turn in (0, 1):
        carry_on(broadcast_id=broadcast.pk, turn=turn)
    OrmQ.objects.all().delete()
    carry_on(broadcast_id=broadcast.pk, turn=2)
    assert not OrmQ.objects.exists(), "nothing is due, so nothing is queued"
    settings.SMS_DAILY_CAP = Decimal(0)
    with fixed(now() + timedelta(minutes=11)):
        sweep()
        assert OrmQ.objects.exists(), "the sweep brings it back"
        run_to_the_end(broadcast)
    assert broadcast.state == "done"
    assert len(fake.accepted) == 5


def test_a_failed_number_is_tried_later_and_the_end_waits_for_it(fake, shop_site):
    reader = make_reader(1)
    fake.script(str(reader.phone), provider.verdict(500))
    broadcast = make_broadcast()
    start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    carry_on(broadcast_id=broadcast.pk, turn=0)
    broadcast.refresh_from_db()
    assert broadcast.state == "sending"
    with fixed(now() + timedelta(minutes=4)):
        run_to_the_end(broadcast)
    assert broadcast.state == "done"
    assert Message.objects.get().state == "sent"


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": "Hi {nam}"},
        {"body": "Hi {number}"},
        {"channel": "email", "subject": ""},
    ],
)
def test_a_text_that_can_not_be_sent_is_no_draft(wrong):
    fields = {"channel": "sms", "audience": "all", "subject": "", "body": "Hi", **wrong}
    with pytest.raises(ShopError) as refused:
        save_broadcast(broadcast=Broadcast(), **fields, actor="Asha")
    assert refused.value.code == "bad_text"
    assert not Broadcast.objects.exists()


def test_nobody_to_tell_is_said_at_once(shop_site):
    with pytest.raises(ShopError) as refused:
        start_broadcast(broadcast_id=make_broadcast().pk, actor="Asha")
    assert refused.value.code == "nobody_to_tell"


def test_the_link_stops_offers_and_only_when_pressed(client, shop_site):
    reader = make_reader(1)
    link = way_out_url(reader.pk, "sms").removeprefix("https://shop.test")
    assert "No more offers?" in client.get(link).text
    assert reader.consents.filter(given=False).count() == 0
    # As a mail program presses it: no cookie, no token of a form.
    outside = Client(enforce_csrf_checks=True)
    assert "You get no more offers" in outside.post(link, {"List-Unsubscribe": "One-Click"}).text
    latest = reader.consents.filter(purpose="marketing_sms").latest("pk")
    assert (latest.given, latest.source) == (False, "link in an offer")
    assert reader.consents.filter(purpose="marketing_email").latest("pk").given
    forged = link.replace("/stop/", "/stop/1")
    assert client.post(forged).status_code == 404
    assert client.get("/stop/abc/").status_code == 404


def test_an_email_names_its_way_out_to_mail_programs(mailoutbox, shop_site):
    reader = make_reader(1)
    broadcast = make_broadcast(channel="email", subject="Mangoes, {first_name}")
    start_broadcast(broadcast_id=broadcast.pk, actor="Asha")
    run_to_the_end(broadcast)
    (mail,) = mailoutbox
    assert mail.subject == "Mangoes, Readerb"
    assert mail.extra_headers["List-Unsubscribe"] == f"<{way_out_url(reader.pk, 'email')}>"
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert way_out_url(reader.pk, "email") in mail.body


def test_other_emails_have_no_such_way_out(mailoutbox, shop_site):
    order = make_order(email="buyer@example.org")
    message = order.messages.filter(channel="email").first()
    deliver(message_id=message.pk)
    assert "List-Unsubscribe" not in mailoutbox[0].extra_headers
