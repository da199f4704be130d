"""What M-Pesa tells, late, doubled, forged or never: the order ends where the money is."""

import json
from decimal import Decimal

import pytest
from django.test import Client

from shop.flows import tasks as flow_tasks
from shop.notifications.models import Message
from shop.payments import rules
from shop.payments.models import Payment, ProviderEvent
from shop.payments.queries import payment_status
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", price="116.50", stock=3))


@pytest.fixture
def order(pot, safaricom):
    """An order of two pots whose prompt is on the phone."""
    made = mpesa.place("0712 345 678", variant=pot, units=2)
    mpesa.work()
    return made


@pytest.fixture
def payment(order):
    return order.payments.get()


def shown(order):
    order.refresh_from_db()
    return payment_status(order)


def outcomes():
    return list(ProviderEvent.objects.order_by("pk").values_list("state", flat=True))


def test_a_paid_prompt_pays_the_order(order, payment, safaricom):
    mpesa.tell(payment, mpesa.paid(payment))

    status = shown(order)
    assert (status.state, status.receipt, status.can_retry) == ("paid", "SGH7X2K9QP", False)
    assert (order.payment_status, order.status) == ("paid", "placed")
    payment.refresh_from_db()
    assert (payment.state, payment.received) == ("paid", Decimal(533))
    assert "SGH7X2K9QP" in order.events.get(kind="paid").text
    sms, email = Message.objects.filter(event="order_paid").order_by("pk")
    assert (sms.channel, email.channel) == ("sms", "email")
    assert "SGH7X2K9QP" in sms.body
    assert "{" not in sms.body + email.body


def test_a_doubled_callback_changes_nothing(order, payment):
    body = mpesa.paid(payment)
    for _ in range(3):
        mpesa.tell(payment, body)
    assert outcomes() == ["applied", "ignored", "ignored"]
    assert order.events.filter(kind="paid").count() == 1
    assert Message.objects.filter(event="order_paid", channel="sms").count() == 1
    for event in ProviderEvent.objects.all():
        flow_tasks.apply_provider_event(event.pk)
    assert outcomes() == ["applied", "ignored", "ignored"]


def test_a_callback_whose_prompt_was_never_acknowledged(pot, safaricom):
    safaricom.script(daraja.PROMPT, daraja.reset())
    order = mpesa.place("0722000111", variant=pot, units=1)
    mpesa.work()
    payment = order.payments.get()
    assert payment.provider_id is None
    mpesa.tell(payment, mpesa.paid(payment))
    assert shown(order).state == "paid"
    payment.refresh_from_db()
    assert payment.provider_id == "ws_CO_early"


@pytest.mark.parametrize(
    ("code", "word", "says"),
    [
        (1, "failed", "Top up"),
        (17, "failed", "two minutes"),
        (1001, "failed", "busy"),
        (1019, "no_answer", "ran out"),
        (1025, "no_answer", "did not reach"),
        ("9999", "no_answer", "did not reach"),
        (1032, "cancelled", "cancelled"),
        (1031, "cancelled", "cancelled"),
        ("1037", "no_answer", "could not be reached"),
        (2001, "wrong_pin", "PIN was wrong"),
        ("SFC_IC0003", "failed", "our fault"),
        (8006, "failed", "locked"),
        (4711, "failed", "try again"),
    ],
)
def test_every_result_is_said_in_plain_words(order, payment, code, word, says):
    mpesa.tell(payment, mpesa.ended(payment, code))
    status = shown(order)
    assert status.state == word
    assert says in status.message
    assert order.payment_status == "unpaid"
    assert f"[{code}]" in order.events.get(kind="payment_failed").text
    with mpesa.later(minutes=3):
        assert shown(order).can_retry


def test_money_after_cancelled_on_the_phone_wins(order, payment):
    mpesa.tell(payment, mpesa.ended(payment))
    assert shown(order).state == "cancelled"
    mpesa.tell(payment, mpesa.paid(payment))
    assert shown(order).state == "paid"
    mpesa.tell(payment, mpesa.ended(payment))
    assert shown(order).state == "paid"
    assert outcomes() == ["applied", "applied", "ignored"]


@pytest.mark.parametrize("amount", ["NaN", -533, "1e999", None, True, "533.001", {}])
def test_a_nonsensical_amount_is_not_believed(order, payment, amount, safaricom):
    body = mpesa.paid(payment)
    body["Body"]["stkCallback"]["CallbackMetadata"]["Item"][-1]["Value"] = amount
    mpesa.tell(payment, json.dumps(body).encode())
    assert shown(order).state == "prompt_sent"
    safaricom.script(daraja.QUERY, daraja.result(0))
    mpesa.sweep()  # Daraja is asked at once
    assert shown(order).state == "paid"


def test_a_forged_address_is_none(order, payment):
    answer = Client(enforce_csrf_checks=True).post(
        f"/payments/notify/{'0' * 32}/", json.dumps(mpesa.paid(payment)), "application/json"
    )
    assert answer.status_code == 404
    assert not ProviderEvent.objects.exists()
    assert Client().get(f"/payments/notify/{payment.notify_token}/").status_code == 405
    assert shown(order).state == "prompt_sent"


def test_a_result_of_another_request_is_not_believed(order, payment):
    body = mpesa.paid(payment)
    body["Body"]["stkCallback"]["CheckoutRequestID"] = "ws_CO_forged"
    mpesa.tell(payment, body)
    assert shown(order).state == "prompt_sent"
    assert outcomes() == ["refused"]
    assert "ws_CO_forged" in ProviderEvent.objects.get().body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"<html>",
        b"[]",
        b'"text"',
        b"null",
        b'{"Body": 7}',
        b'{"Body": {"stkCallback": []}}',
        b'{"Body": {"stkCallback": {"ResultCode": {}, "CheckoutRequestID": 5}}}',
        b"\x00\xff\xfe",
        b"[" * 5000,
    ],
)
def test_what_cannot_be_read_is_kept_and_changes_nothing(order, payment, body):
    mpesa.tell(payment, body)
    assert outcomes() == ["refused"]
    assert shown(order).state == "prompt_sent"


def test_a_huge_body_is_not_kept(order, payment):
    mpesa.tell(payment, b"x" * 70_000, status=413)
    assert not ProviderEvent.objects.exists()


def test_a_lost_callback_is_asked_for(order, payment, safaricom):
    mpesa.sweep()
    assert safaricom.of(daraja.QUERY) == []
    safaricom.script(daraja.QUERY, daraja.still_open(), daraja.result("4999"), daraja.result(0))
    with mpesa.later(seconds=21):
        mpesa.sweep()
        mpesa.sweep()
        assert len(safaricom.of(daraja.QUERY)) == 1
        assert safaricom.of(daraja.QUERY)[0].body["CheckoutRequestID"] == payment.provider_id
    with mpesa.later(seconds=60):
        mpesa.sweep()
        assert shown(order).state == "waiting"
    with mpesa.later(minutes=4):
        mpesa.sweep()
        assert shown(order).state == "paid"
    assert len(safaricom.of(daraja.QUERY)) == 3
    assert Message.objects.filter(event="order_paid", channel="sms").count() == 1
    # The callback comes after all, and brings the receipt.
    mpesa.tell(payment, mpesa.paid(payment))
    assert shown(order).receipt == "SGH7X2K9QP"
    assert order.events.filter(kind="paid").count() == 1
    mpesa.tell(payment, mpesa.paid(payment, receipt="SGH7X2K9QQ"))
    assert list(order.payments.order_by("pk").values_list("state", flat=True)) == ["paid", "review"]


@pytest.mark.parametrize("code", ["1032", 1037, "2001"])
def test_a_question_can_end_a_prompt(order, payment, safaricom, code):
    safaricom.script(daraja.QUERY, daraja.result(code))
    with mpesa.later(seconds=21):
        mpesa.sweep()
    assert shown(order).state == rules.verdict(str(code)).word
    assert ProviderEvent.objects.get(kind="answer").payment == payment
    mpesa.tell(payment, mpesa.paid(payment))  # the sandbox said so of a prompt that was paid
    assert shown(order).state == "paid"


def test_a_question_never_undoes_money(order, payment, safaricom):
    safaricom.script(daraja.QUERY, daraja.result(1032))
    mpesa.tell(payment, mpesa.paid(payment))
    Payment.objects.update(next_query_at=payment.created_at)
    mpesa.sweep()
    flow_tasks.ask_about_prompt(payment.pk)
    assert shown(order).state == "paid"


def test_a_result_that_nobody_knows_is_kept_and_asked_about_again(order, safaricom):
    safaricom.script(daraja.QUERY, daraja.result(4712), daraja.result(0))
    mpesa.sweep_later(seconds=21)
    assert shown(order).state == "prompt_sent"
    assert "4712" in ProviderEvent.objects.get(state="ignored").outcome
    mpesa.sweep_later(seconds=60)
    assert shown(order).state == "paid"


def test_questions_without_an_answer_have_an_end(order, payment, safaricom):
    for minutes in (1, 2, 4, 8, 15, 30, 60, 120, 240, 480, 500, 600):
        with mpesa.later(minutes=minutes):
            mpesa.sweep()
    assert len(safaricom.of(daraja.QUERY)) == len(rules.QUERIES)
    assert shown(order).state == "no_answer"
    mpesa.tell(payment, mpesa.paid(payment))
    assert shown(order).state == "paid"


def test_a_page_that_waits_lets_daraja_be_asked(order, safaricom, client):
    safaricom.script(daraja.QUERY, daraja.result(1032))
    news = f"/orders/{order.token}/payment/"
    assert client.get(news).json()["state"] == "prompt_sent"
    mpesa.work()
    assert safaricom.of(daraja.QUERY) == []
    with mpesa.later(seconds=21):
        client.get(news)
        mpesa.work()
        assert client.get(news).json()["state"] == "cancelled"


def test_an_event_that_the_queue_lost_is_found(order, payment):
    mpesa.tell_only(payment, mpesa.paid(payment))
    mpesa.forget_queue()
    mpesa.sweep()
    assert shown(order).state == "prompt_sent"
    with mpesa.later(minutes=2):
        mpesa.sweep()
    assert shown(order).state == "paid"
