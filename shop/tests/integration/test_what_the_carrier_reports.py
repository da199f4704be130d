"""Delivery reports: reordered, doubled, forged, strange and early ones all end right."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.management import call_command

from shop.core.clock import fixed, now
from shop.notifications.actions import (
    apply_report,
    deliver,
    report_token,
    report_urls,
    resend,
    sweep,
)
from shop.notifications.models import CarrierReport, Message
from shop.notifications.tasks import apply_report as apply_task
from shop.tests.fakes import africastalking as provider
from shop.tests.news_readers import make_reader
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

PHONE = "+254712345678"


def make_sms(state="sent", provider_id="ATXid_1", **fields):
    return Message.objects.create(
        event="alert",
        channel="sms",
        recipient=PHONE,
        body="Hi",
        state=state,
        provider_id=provider_id,
        handed_over_at=now(),
        **fields,
    )


def tell(client, kind="delivery", *, token="", answers=200, apply=True, **fields):
    """Post a report as the provider does, and let the worker apply it."""
    answer = client.post(
        f"/messages/notify/{token or report_token()}/{kind}/",
        urlencode(fields),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == answers
    if answers != 200:
        return None
    report = CarrierReport.objects.latest("pk")
    assert report.state == "new", "it is kept first and applied by the worker"
    if apply:
        apply_task(report.pk)
    report.refresh_from_db()
    return report


def delivery(client, status="Success", message_id="ATXid_1", **fields):
    return tell(client, id=message_id, status=status, phoneNumber=PHONE, **fields)


def state_of(message):
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (["Success"], "delivered"),
        (["Submitted", "Buffered", "Success"], "delivered"),
        (["Success", "Submitted"], "delivered"),
        (["Success", "Success"], "delivered"),
        (["Success", "Failed"], "delivered"),
        (["Failed", "Success"], "delivered"),
        (["Failed", "Failed", "Submitted"], "failed"),
        (["Submitted"], "sent"),
        (["Nonsense"], "sent"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
def test_whatever_the_order_of_reports_the_end_is_right(client, told, state):
    message = make_sms(cost="KES 0.8000", parts=1)
    for status in told:
        delivery(client, status)
    assert state_of(message) == state
    assert (message.delivered_at is not None) == (state == "delivered")
    assert (message.cost, message.parts) == ("KES 0.8000", 1)
    assert CarrierReport.objects.count() == len(told), "each is kept as it came"
    assert not CarrierReport.objects.filter(state="new").exists()


def test_why_it_failed_stands_with_the_message(client):
    message = make_sms()
    report = delivery(client, "Failed", failureReason="UserIsInactive", networkCode="63902")
    assert state_of(message) == "failed"
    assert "no longer in use [UserIsInactive]" in message.reason
    assert report.message == message
    assert "networkCode=63902" in report.body


@pytest.mark.parametrize("state", ["due", "expired", "cancelled"])
def test_a_message_that_never_left_is_moved_by_no_report(client, state):
    message = make_sms(state)
    assert delivery(client, "Success").state == "ignored"
    assert state_of(message) == state


def test_strangers_are_not_heard(client):
    message = make_sms()
    tell(client, token="guessed", answers=404, id="ATXid_1", status="Success")
    tell(client, kind="nothing", answers=404)
    assert not CarrierReport.objects.exists()
    assert state_of(message) == "sent"
    address = f"/messages/notify/{report_token()}/delivery/"
    assert client.get(address).status_code == 405
    assert client.post(address, "x" * 20_000, content_type="text/plain").status_code == 413


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"status=Success", b"id=ATXid_1", b"{", b"[]"])
def test_what_nobody_can_read_is_kept_and_changes_nothing(client, body):
    message = make_sms()
    client.post(f"/messages/notify/{report_token()}/delivery/", body, content_type="text/plain")
    report = CarrierReport.objects.get()
    apply_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.state == "refused"
    assert state_of(message) == "sent"


def test_a_report_that_is_faster_than_the_answer_waits_for_it(client, settings):
    with provider.fake_africastalking() as fake:
        settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "key"
        settings.AFRICASTALKING_BASE_URL = fake.url
        message = make_sms("due", provider_id="", next_attempt_at=now())
        report = delivery(client, "Success")
        assert (report.state, state_of(message)) == ("new", "due")
        deliver(message_id=message.pk)
    report.refresh_from_db()
    assert (report.state, state_of(message)) == ("applied", "delivered")
    assert message.parts == 1


def test_a_report_for_nobodys_message_is_given_up_and_forgotten(client):
    report = delivery(client, "Success", "ATXid_other")
    assert report.state == "new"
    with fixed(now() + timedelta(minutes=6)):
        apply_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.state == "ignored"
    with fixed(now() + timedelta(days=91)):
        sweep()
    assert not CarrierReport.objects.exists()


@pytest.mark.parametrize(
    ("status", "state"), [("Success", "delivered"), ("Failed", "failed"), ("Submitted", "sent")]
)
def test_a_report_tells_what_became_of_a_message_whose_answer_was_lost(
    client, settings, status, state
):
    with provider.fake_africastalking() as fake:
        settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "key"
        settings.AFRICASTALKING_BASE_URL = fake.url
        fake.script(PHONE, provider.reset())
        message = make_sms("due", provider_id="", next_attempt_at=now())
        deliver(message_id=message.pk)
    assert state_of(message) == "unknown"
    delivery(client, status, "ATXid_lost")
    assert state_of(message) == state
    assert message.provider_id == "ATXid_lost"


@pytest.mark.parametrize("why", ["two", "being sent", "old", "another phone"])
def test_where_two_can_be_meant_nothing_is_guessed(client, why):
    message = make_sms("unknown", provider_id="")
    if why in ("two", "being sent"):
        make_sms("unknown" if why == "two" else "sending", provider_id="")
    if why == "old":
        Message.objects.update(handed_over_at=now() - timedelta(hours=25))
    if why == "another phone":
        Message.objects.update(recipient="+254712345679")
    delivery(client, "Success", "ATXid_lost")
    assert state_of(message) == "unknown"


def test_a_late_word_about_the_first_try_says_nothing_of_the_second(client):
    message = make_sms("failed")
    resend(message_id=message.pk, actor="Asha")
    delivery(client, "Success")
    assert state_of(message) == "due"


def test_the_worker_picks_up_reports_that_the_queue_lost(
    client, django_capture_on_commit_callbacks
):
    message = make_sms()
    tell(client, id="ATXid_1", status="Success", phoneNumber=PHONE, apply=False)
    CarrierReport.objects.update(received_at=now() - timedelta(minutes=1))
    sweep()
    apply_report(report_id=CarrierReport.objects.get().pk)
    assert state_of(message) == "delivered"


def test_a_report_that_kills_its_worker_is_not_tried_for_ever(client):
    make_sms()
    tell(client, id="ATXid_1", status="Success", phoneNumber=PHONE, apply=False)
    CarrierReport.objects.update(attempts=12)
    report = CarrierReport.objects.get()
    apply_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.state == "refused"


def test_who_writes_stop_gets_no_more_offers(client):
    reader = make_reader(1)
    phone = str(reader.phone)
    kept = tell(client, "incoming", **{"from": phone, "text": "Hello?", "id": "1"})
    assert (kept.state, kept.outcome) == ("ignored", "For people to read.")
    for _twice in range(2):
        tell(client, "incoming", **{"from": phone, "text": "Stop please", "id": "2"})
    answers = reader.consents.filter(purpose="marketing_sms").order_by("pk")
    assert list(answers.values_list("given", "source")) == [(True, "account"), (False, "sms")]
    assert reader.consents.filter(purpose="marketing_email", given=False).count() == 0


def test_who_opts_out_at_the_network_gets_no_more_offers(client):
    reader = make_reader(1)
    report = tell(client, "optout", senderId="DUKA", phoneNumber=str(reader.phone).lstrip("+"))
    assert report.state == "applied"
    assert not reader.consents.filter(purpose="marketing_sms").latest("pk").given
    assert tell(client, "optout", senderId="DUKA", phoneNumber="+254799999999").state == "ignored"


def test_a_buyer_sees_in_the_api_what_was_delivered(client, shop_site):
    order = make_order()
    sms = order.messages.get(channel="sms")
    Message.objects.filter(pk=sms.pk).update(state="sent", provider_id="ATXid_1")
    delivery(client, "Success")
    address = f"/api/v2/orders/{order.pk}/notifications/?token={order.token}"
    told = next(row for row in client.get(address).json()["items"] if row["channel"] == "sms")
    assert told["status"] == "delivered"
    assert told["delivered_at"]
    assert "cost" not in told


def test_the_addresses_are_secret_and_shown_to_who_runs_the_shop(settings, capsys):
    call_command("sms_addresses")
    assert f"Delivery reports: {report_urls()['delivery']}" in capsys.readouterr().out
    made = report_token()
    assert len(made) == 40
    settings.AFRICASTALKING_REPORT_TOKEN = "abcdefghij0123456789"
    assert report_token() == "abcdefghij0123456789"
