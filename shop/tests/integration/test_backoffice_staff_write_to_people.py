"""Staff see what SMS cost, alert each other, write to customers and send again what failed."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.timezone import localdate

from shop.core.clock import now
from shop.customers.models import User
from shop.notifications.actions import carry_on, keep_report
from shop.notifications.models import Broadcast, DaySpend, Message, ReportWish, SmsAccount
from shop.tests.news_readers import make_broadcast, make_reader
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

NEWS = {"channel": "sms", "audience": "all", "subject": "", "body": "Karibu {first_name}!"}


def failed(reason, channel="sms", **fields):
    return Message.objects.create(
        event="alert",
        channel=channel,
        recipient="+254712345678",
        body="Hi",
        state=fields.pop("state", "failed"),
        reason=reason,
        **fields,
    )


def test_the_overview_tells_what_waits_fails_and_costs(admin_client, settings):
    settings.SMS_DAILY_CAP = 100
    DaySpend.objects.create(day=localdate(), spent="42.4000", messages=50, parts=53)
    SmsAccount.objects.create(balance="57.6", currency="KES", low_since=now())
    failed("No such number")
    page = admin_client.get(reverse("messages_overview")).text
    for told in ("42.40", "of 100.00", "KES 57.60", "/messages/notify/", "message-low"):
        assert told in page


def test_an_alert_goes_to_everybody_who_works_here(admin_client, mailoutbox):
    address = reverse("messages_alert")
    assert "How bad is it" in admin_client.get(address).text
    admin_client.post(address, {"text": "The cold room is warm", "level": "info"})
    alert = Message.objects.filter(event="alert").order_by("pk").first()
    assert (alert.channel, "cold room" in alert.body) == ("staff_email", True)
    assert "required" in admin_client.post(address, {"text": "", "level": "info"}).text


def test_failed_messages_go_out_again_by_reason_and_once(admin_client):
    order = make_order(user=None)
    empty, wrong = failed("The account is empty"), failed("Not a number")
    of_order = order.messages.get(channel="sms")
    Message.objects.filter(pk=of_order.pk).update(state="failed", reason="The account is empty")
    unknown = failed("No answer", state="unknown")
    address = reverse("messages_failed")
    page = admin_client.get(address)
    reasons = {failure.reason: signed for failure, _channel, signed in page.context["failures"]}
    assert set(reasons) == {"The account is empty", "Not a number"}
    sent = {"until": page.context["until"], "reason": reasons["The account is empty"]}
    admin_client.post(address, sent)
    states = dict(Message.objects.values_list("pk", "state"))
    assert (states[empty.pk], states[of_order.pk]) == ("due", "due")
    assert (states[wrong.pk], states[unknown.pk]) == ("failed", "unknown")
    assert order.events.filter(kind="message_resent").count() == 1
    # It fails once more before the second click of the same form comes.
    Message.objects.filter(pk=empty.pk).update(state="failed", reason="The account is empty",
                                               updated_at=now())  # fmt: skip
    admin_client.post(address, sent)
    empty.refresh_from_db()
    assert empty.state == "failed"
    admin_client.post(address, {**sent, "reason": "forged"})
    assert Message.objects.get(pk=wrong.pk).state == "failed"


def test_a_broadcast_is_written_looked_at_sent_and_stopped(admin_client):
    make_reader(1), make_reader(2), make_reader(3, yes=False)
    shown = admin_client.post(reverse("broadcast_preview"), NEWS).text
    assert "<strong>2</strong> people" in shown
    assert "Karibu Wanjiku! Stop: https://shop.test/stop/" in shown
    wrong = admin_client.post(reverse("broadcast_new"), {**NEWS, "body": "{nam}"})
    assert "{nam} is not known here." in wrong.text
    answer = admin_client.post(reverse("broadcast_new"), NEWS)
    broadcast = Broadcast.objects.get()
    page = answer.headers["Location"]
    assert "Send to 2 people" in admin_client.get(page).text
    for _click in range(2):
        admin_client.post(reverse("broadcast_send", args=[broadcast.pk]))
    broadcast.refresh_from_db()
    assert broadcast.state == "sending"
    assert admin_client.get(reverse("broadcast_edit", args=[broadcast.pk])).status_code == 404
    admin_client.post(reverse("broadcast_stop", args=[broadcast.pk]))
    carry_on(broadcast_id=broadcast.pk, turn=0)
    assert not Message.objects.exists()
    assert "Stopped" in admin_client.get(page).text
    assert admin_client.get(reverse("notifications_broadcast_modeladmin_index")).status_code == 200


def test_a_text_is_tried_on_ones_own_phone_without_scripts(admin_client, admin_user):
    User.objects.filter(pk=admin_user.pk).update(phone="+254712000111")
    address = reverse("message_text_try")
    text = {"event": "order_placed", "channel": "sms", "body": "Hi {first_name}"}
    shown = admin_client.post(address, text).text
    assert "Hi Wanjiku" in shown
    assert 'value="+254712000111"' in shown
    assert not Message.objects.exists()
    admin_client.post(address, {**text, "send": "yes", "recipient": "0712 000 222"})
    trial = Message.objects.get()
    assert (trial.event, trial.recipient, trial.body) == ("trial", "+254712000222", "Hi Wanjiku")
    refused = admin_client.post(address, {**text, "send": "yes", "recipient": "nobody"}).text
    assert "That is no phone number." in refused


def test_a_message_shows_what_the_carrier_told(admin_client):
    news = make_broadcast()
    message = failed("", state="sent", provider_id="ATXid_9", cost="KES 0.8000", broadcast=news)
    failed("")
    messages = reverse("notifications_message_modeladmin_index")
    of_news = admin_client.get(messages, {"broadcast__id__exact": news.pk})
    assert list(of_news.context["object_list"]) == [message]
    body = b"id=ATXid_9&status=Failed&phoneNumber=%2B254712345678&failureReason=UserIsInactive"
    report = keep_report(kind="delivery", body=body)
    report.message = message
    report.save()
    page = reverse("notifications_message_modeladmin_inspect", args=[message.pk])
    assert "failureReason=UserIsInactive" in admin_client.get(page).text
    log = reverse("notifications_carrierreport_modeladmin_index")
    assert "ATXid_9" not in admin_client.get(log, {"q": "ATXid_8"}).text
    found = admin_client.get(log, {"q": "0712345678"})
    assert list(found.context["object_list"]) == [report]
    inspect = reverse("notifications_carrierreport_modeladmin_inspect", args=[report.pk])
    assert "UserIsInactive" in admin_client.get(inspect).text


@pytest.mark.parametrize("name", ["message", "carrierreport", "broadcast"])
def test_a_long_list_asks_no_more_than_a_short_one(
    admin_client, name, django_assert_max_num_queries
):
    for number in range(30):
        message = failed("Why", provider_id=f"ATXid_{number}")
        report = keep_report(kind="delivery", body=f"id=ATXid_{number}".encode())
        report.message = message
        report.save()
        make_broadcast()
    address = reverse(f"notifications_{name}_modeladmin_index")
    admin_client.get(address)
    with django_assert_max_num_queries(16):
        assert len(admin_client.get(address).context["object_list"]) == 30


SCREENS = {
    # address: who opens it
    "messages_overview": {"Support", "Order desk", "Managers"},
    "messages_failed": {"Order desk", "Managers"},
    "messages_alert": {"Managers"},
    "broadcast_new": {"Managers"},
    "notifications_broadcast_modeladmin_index": {"Managers"},
    "notifications_message_modeladmin_index": {"Support", "Order desk", "Managers"},
    "notifications_carrierreport_modeladmin_index": {"Support", "Order desk", "Managers"},
}


@pytest.mark.parametrize(
    "role", ["Support", "Editors", "Catalogue managers", "Order desk", "Managers"]
)
def test_what_each_role_opens(client, shop_site, role):
    person = User.objects.create_user("worker", "worker@example.org")
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)
    opened = {name for name in SCREENS if client.get(reverse(name)).status_code == 200}
    assert opened == {name for name, roles in SCREENS.items() if role in roles}


def test_who_wants_the_daily_report_says_so(admin_client, admin_user):
    address = reverse("messages_report_wish")
    page = admin_client.get(reverse("messages_overview")).text
    assert re.search(r'name="wanted"\s+value="yes"', page)
    admin_client.post(address, {"wanted": "yes"})
    assert ReportWish.objects.filter(user=admin_user).exists()
    admin_client.post(address, {"wanted": "no"})
    assert not ReportWish.objects.exists()
