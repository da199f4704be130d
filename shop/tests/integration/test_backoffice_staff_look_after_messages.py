"""Staff see what was sent, send again what failed, and write the texts."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from shop.notifications.models import Message, MessageTemplate
from shop.orders.models import Order
from shop.tests.factories import make_product
from shop.tests.integration.backoffice_forms import form_fields
from shop.tests.integration.test_backoffice_staff_work_through_orders import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(shop_site: Any) -> Order:
    return make_order(make_product("Pot", price=500), email="wanjiku@example.org")


def test_messages_are_listed_and_found(admin_client: Client, order: Order) -> None:
    address = reverse("notifications_message_modeladmin_index")
    make_order(make_product("Mug"), "Otieno", "0733 999 111")

    everything = admin_client.get(address)
    found = admin_client.get(address, {"q": order.readable_number})
    by_phone = admin_client.get(address, {"q": "0712345678"})

    assert len(everything.context["object_list"]) == Message.objects.count()
    wanted = set(order.messages.values_list("pk", flat=True))
    assert {message.pk for message in found.context["object_list"]} == wanted
    assert {message.pk for message in by_phone.context["object_list"]} == wanted


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_what_failed_is_sent_again(admin_client: Client, order: Order, state: str) -> None:
    message = order.messages.get(channel="sms")
    Message.objects.filter(pk=message.pk).update(state=state, reason="Not a mobile number")
    page = reverse("notifications_message_modeladmin_inspect", args=[message.pk])
    again = reverse("message_send_again", args=[message.pk])

    shown = admin_client.get(page).content.decode()
    assert "Not a mobile number" in shown
    assert again in shown
    assert admin_client.get(again).status_code == 200
    message.refresh_from_db()
    assert message.state == state

    admin_client.post(again)

    message.refresh_from_db()
    assert (message.state, message.attempts) == ("due", 0)


def test_what_was_sent_is_not_sent_twice(admin_client: Client, order: Order) -> None:
    message = order.messages.get(channel="sms")
    Message.objects.filter(pk=message.pk).update(state="sent")

    answer = admin_client.post(reverse("message_send_again", args=[message.pk]))

    message.refresh_from_db()
    assert message.state == "sent"
    assert "cannot be sent again" in str(next(iter(get_messages(answer.wsgi_request))))


def test_payments_and_movements_are_listed(admin_client: Client, order: Order) -> None:
    payments = admin_client.get(reverse("payments_payment_modeladmin_index"), {"q": order.number})
    movements = admin_client.get(
        reverse("inventory_movement_modeladmin_index"), {"q": order.readable_number}
    )

    assert [payment.order_id for payment in payments.context["object_list"]] == [order.pk]
    assert [m.reference for m in movements.context["object_list"]] == [order.number]


def test_a_text_is_shown_as_an_example_order_makes_it(admin_client: Client) -> None:
    address = reverse("message_text_preview")

    short = admin_client.post(
        address, {"channel": "sms", "event": "order_placed", "body": "Hi {first_name}: {total}"}
    ).content.decode()
    long = admin_client.post(address, {"channel": "sms", "body": "a" * 161}).content.decode()
    odd = admin_client.post(address, {"channel": "sms", "body": "Karibu 🎉"}).content.decode()
    wrong = admin_client.post(address, {"channel": "sms", "body": "{nonsense}"}).content.decode()

    assert "Hi Wanjiku: KSh 12,450" in short
    assert "GSM-7" in short
    assert "1 SMS" in short
    assert "161 characters" in long
    assert "2 SMS" in long
    assert "UCS-2" in odd
    assert "{nonsense} is not known here." in wrong


def test_a_text_with_an_unknown_placeholder_is_refused(admin_client: Client) -> None:
    template = MessageTemplate.objects.get(event="order_placed", channel="sms")
    address = reverse("message_texts:edit", args=[template.pk])
    fields = form_fields(admin_client, address)

    refused = admin_client.post(address, {**fields, "body": "Hello {nam}"})
    saved = admin_client.post(address, {**fields, "body": "Hello {first_name}, {number}"})

    assert refused.status_code == 200
    assert "{nam} is not known here." in refused.content.decode()
    assert saved.status_code == 302
    template.refresh_from_db()
    assert template.body == "Hello {first_name}, {number}"


def test_a_second_text_for_the_same_is_refused(admin_client: Client) -> None:
    address = reverse("message_texts:add")
    fields = form_fields(admin_client, address)

    answer = admin_client.post(
        address, {**fields, "event": "order_placed", "channel": "sms", "body": "Hi"}
    )

    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()
    assert admin_client.get(reverse("message_texts:index")).status_code == 200
