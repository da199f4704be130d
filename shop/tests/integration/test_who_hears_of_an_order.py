"""A new order and each step of it make messages due, in the order's own transaction."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from shop.flows.confirm_order import confirm_order
from shop.flows.deliver_order import deliver_order
from shop.flows.pack_order import pack_order
from shop.flows.ship_order import ship_order
from shop.notifications.models import Event, Message, MessageTemplate
from shop.notifications.queries import EXAMPLE, preview
from shop.notifications.rules import GSM_7, PLACEHOLDERS, sms_length
from shop.orders import actions as orders
from shop.tests.order_factories import first_texts, make_line, make_order

pytestmark = pytest.mark.django_db

OWNER = "owner@shop.test"


@pytest.fixture(autouse=True)
def _a_shop_with_an_owner_and_texts(settings):
    settings.ADMIN_EMAIL = OWNER
    first_texts()


def messages(order, event=Event.PLACED):
    return {message.channel: message for message in order.messages.filter(event=event)}


def queued(order):
    return [
        task.task["args"]
        for task in OrmQ.objects.all()
        if task.task["func"] == "shop.notifications.tasks.deliver_for_order"
        and task.task["args"] == (order.pk,)
    ]


def test_buyer_and_shop_hear_of_a_new_order():
    order = make_order(phone="0712 345 678", email="buyer@example.org")
    due = messages(order)
    assert {channel: message.recipient for channel, message in due.items()} == {
        "sms": "+254712345678",
        "email": "buyer@example.org",
        "staff_email": OWNER,
    }
    assert {message.state for message in due.values()} == {"due"}
    assert all(message.next_attempt_at for message in due.values())
    assert len(queued(order)) == 1


@pytest.mark.parametrize(
    ("wishes", "channels"),
    [
        ({"notify_sms": False}, {"email", "staff_email"}),
        ({"notify_email": False}, {"sms", "staff_email"}),
        ({"email": ""}, {"sms", "staff_email"}),
        ({"notify_sms": False, "email": ""}, {"staff_email"}),
    ],
)
def test_the_buyer_decides_how(wishes, channels):
    assert messages(make_order(**wishes)).keys() == channels


def test_a_shop_without_an_owner_address_writes_to_nobody_there(settings):
    settings.ADMIN_EMAIL = ""
    assert messages(make_order()).keys() == {"sms", "email"}


def test_the_shop_reads_everything_it_needs():
    order = make_order(
        lines=[
            make_line("Mangoes", 2, 150, sku="MAN-1"),
            make_line("Kitenge dress", 1, 2500, sku="KIT-L", options="Size: L"),
        ],
        notes="Please call first.",
    )
    text = messages(order)["staff_email"].body
    for expected in (
        "2 x Mangoes (MAN-1): KSh 300",
        "1 x Kitenge dress, Size: L (KIT-L): KSh 2,500",
        "Total: KSh 3,100",
        order.place,
        str(order.phone),
        order.readable_number,
        "Please call first.",
        f"/{order.pk}/",
        "/admin/",
    ):
        assert expected in text
    assert text.count("Discount") == 0
    assert "KSh 3,100" in messages(order)["staff_email"].subject


def test_the_sms_of_an_ordinary_order_is_one_part():
    order = make_order(name="Wanjikũ Kamaũ")
    text = messages(order)["sms"].body
    assert text.startswith("Thank you Wanjiku!")
    assert order.readable_number in text
    assert f"/orders/{order.token}/" in text
    assert (sms_length(text).encoding, sms_length(text).parts) == (GSM_7, 1)


def test_a_strangers_advertisement_does_not_reach_a_phone():
    text = messages(make_order(name="http://win.example/free-money now"))["sms"].body
    assert "win.example" not in text


def test_each_step_that_somebody_waits_for_is_told_once():
    order = make_order()
    for step in (confirm_order, pack_order, ship_order, deliver_order):
        step(order_id=order.pk)
    told = order.messages.filter(channel="sms").order_by("pk").values_list("event", flat=True)
    assert list(told) == [
        "order_placed",
        "order_confirmed",
        "order_shipped",
        "order_delivered",
    ]


def test_the_email_of_a_step_reads_its_lines_from_the_order():
    order = make_order(lines=[make_line("Mangoes", 3, 100, sku="MAN-1")])
    orders.move(order_id=order.pk, target="cancelled")
    assert "3 x Mangoes (MAN-1): KSh 300" in messages(order, Event.CANCELLED)["email"].body
    assert messages(order, Event.CANCELLED)["staff_email"].recipient == OWNER


def test_saving_an_order_again_tells_nobody():
    order = make_order()
    order.notes = "Ring twice"
    order.save()
    order.save(update_fields=["notes"])
    assert order.messages.count() == 3
    assert len(queued(order)) == 1


def test_an_order_that_is_rolled_back_leaves_neither_message_nor_work():
    with pytest.raises(RuntimeError), transaction.atomic():
        make_order()
        raise RuntimeError
    assert not Message.objects.exists()
    assert not OrmQ.objects.exists()


def test_an_event_without_a_text_or_with_a_resting_one_is_not_told():
    MessageTemplate.objects.filter(channel="sms").delete()
    MessageTemplate.objects.filter(channel="email").update(active=False)
    assert messages(make_order()).keys() == {"staff_email"}


def test_a_message_keeps_its_words_when_the_text_is_edited_later():
    order = make_order()
    before = messages(order)["sms"].body
    MessageTemplate.objects.filter(channel="sms").update(body="New words")
    assert messages(order)["sms"].body == before


def test_a_broken_text_never_stops_an_order():
    MessageTemplate.objects.update(body="Hi {nobody} {x.__class__} {", subject="{name}" * 20)
    order = make_order()
    assert messages(order)["sms"].body == "Hi {nobody} {x.__class__} {"
    assert len(messages(order)["email"].subject) == 150


def test_telling_costs_two_statements_however_long_the_order():
    make_order()  # reads the texts, which are remembered for a second
    for size in (1, 40):
        lines = [make_line(f"Thing {number}") for number in range(size)]
        with CaptureQueriesContext(connection) as captured:
            make_order(lines=lines)
        about = [query["sql"] for query in captured if "notifications_" in (query["sql"] or "")]
        work = [query["sql"] for query in captured if "django_q_ormq" in (query["sql"] or "")]
        assert (len(about), len(work), len(captured)) == (1, 1, 4)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"channel": "sms", "body": "Hi {first_name}"}, None),
        ({"channel": "sms", "body": "Hi {lines}"}, "body"),
        ({"channel": "sms", "body": "Hi {"}, "body"),
        ({"channel": "email", "subject": "Order {number}", "body": "{lines}"}, None),
        ({"channel": "email", "subject": " ", "body": "{lines}"}, "subject"),
        ({"channel": "email", "subject": "{x.y}", "body": "{lines}"}, "subject"),
        ({"channel": "email", "subject": "A", "body": "{admin_link}"}, "body"),
        ({"channel": "pigeon", "body": "Coo"}, "channel"),
    ],
)
def test_a_text_is_checked_before_it_is_kept(fields, wrong):
    MessageTemplate.objects.all().delete()
    template = MessageTemplate(event="order_placed", **fields)
    if wrong is None:
        template.full_clean()
        return
    with pytest.raises(ValidationError) as caught:
        template.full_clean()
    assert set(caught.value.message_dict) == {wrong}


def test_the_first_texts_pass_their_own_check_and_fit_one_sms():
    assert MessageTemplate.objects.count() >= 10
    for template in MessageTemplate.objects.all():
        template.full_clean()
        seen = preview(template)
        assert "{" not in seen.text + seen.subject
        if template.channel == "sms":
            assert (seen.encoding, seen.parts) == (GSM_7, 1), seen.text
        else:
            assert (seen.encoding, seen.parts) == ("", 0)


def test_the_preview_counts_what_the_editor_typed():
    seen = preview(MessageTemplate(event="order_placed", channel="sms", body="Karibu 😀 {number}"))
    assert seen.text == f"Karibu 😀 {EXAMPLE['number']}"
    assert (seen.characters, seen.encoding, seen.parts) == (21, "UCS-2", 1)


def test_every_documented_placeholder_has_words_and_an_example():
    for channel, names in PLACEHOLDERS.items():
        text = " ".join(f"{{{name}}}" for name in names)
        MessageTemplate.objects.filter(channel=channel).update(body=text)
    order = make_order()
    for channel, message in messages(order).items():
        assert "{" not in message.body
        template = MessageTemplate.objects.get(event="order_placed", channel=channel)
        assert "{" not in preview(template).text
