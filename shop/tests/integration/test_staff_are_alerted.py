"""Something is wrong in the shop, and everybody who works there hears of it."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from shop.customers.models import User
from shop.notifications.actions import deliver
from shop.notifications.models import Message
from shop.tests.integration.api_orders import customer, errors, post

pytestmark = pytest.mark.django_db

ALERTS = "/api/v2/admin/alerts/"


@pytest.fixture
def staff(client, shop_site, settings):
    """A manager with a phone, an editor without, and the shop's own address."""
    settings.ADMIN_EMAIL = "shop@example.org"
    for name, group, phone in (
        ("manager", "Managers", "+254712345678"),
        ("editor", "Editors", None),
        ("gone", "Managers", "+254712345679"),
    ):
        person = User.objects.create_user(name, f"{name}@example.org", phone=phone)
        person.groups.add(Group.objects.get(name=group))
    User.objects.filter(username="gone").update(is_active=False)
    customer("amina")
    client.force_login(User.objects.get(username="manager"))
    return client


def test_email_and_phone_of_everybody_who_works_here(staff):
    told = post(staff, {"message": "The cold room is warm"}, 202, ALERTS)
    assert told == {
        "message": "The cold room is warm",
        "level": "warning",
        "recipients": {"email": 3, "sms": 1},
    }
    written = dict(Message.objects.values_list("recipient", "body"))
    assert written.keys() == {
        "manager@example.org", "editor@example.org", "shop@example.org", "+254712345678",
    }  # fmt: skip
    assert written["+254712345678"] == "Duka warning: The cold room is warm"
    assert "sent by manager" in written["editor@example.org"]


def test_an_alert_is_delivered(staff):
    post(staff, {"message": "The cold room is warm", "level": "critical"}, 202, ALERTS)
    for message in Message.objects.order_by("pk"):
        deliver(message_id=message.pk)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert {letter.subject for letter in mail.outbox} == {"[Duka] Alert: The cold room is warm"}
    assert len(mail.outbox) == 3


def test_a_note_wakes_no_phone(staff):
    told = post(staff, {"message": "Prices change tonight", "level": "info"}, 202, ALERTS)
    assert told["recipients"] == {"email": 3, "sms": 0}


def test_an_alert_with_one_key_goes_out_once(staff):
    for _ in range(2):
        post(staff, {"message": "Fire"}, 202, ALERTS, **{"Idempotency-Key": "k"})
    assert Message.objects.count() == 4


def test_what_is_no_alert(staff):
    assert errors(post(staff, {}, 400, ALERTS)) == {("message", "required")}
    assert errors(post(staff, {"message": " "}, 400, ALERTS)) == {("message", "blank")}
    loud = post(staff, {"message": "x", "level": "loud"}, 400, ALERTS)
    assert errors(loud) == {("level", "invalid_choice")}
    assert not Message.objects.exists()


def test_nobody_to_tell(client, shop_site, settings):
    settings.ADMIN_EMAIL = ""
    client.force_login(User.objects.create_superuser("root"))
    refused = post(client, {"message": "Fire"}, 409, ALERTS)
    assert refused["errors"][0]["code"] == "nobody_to_tell"
