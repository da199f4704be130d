"""A shopper pays with M-Pesa: the phone is asked once, whatever becomes of the asking."""

import base64
from decimal import Decimal

import pytest
from django.core.cache import cache

from shop.core.errors import Conflict, ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.pay_order import pay_order
from shop.payments import rules, tasks
from shop.payments.models import Payment
from shop.payments.queries import payment_status
from shop.tests import mpesa
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


@pytest.fixture
def order(shop_site, safaricom):
    """An order that is to be paid with M-Pesa, not asked for yet."""
    return mpesa.place("0712 345 678")


def payment_of(order):
    return order.payments.order_by("pk").last()


def state(order):
    order.refresh_from_db()
    return payment_status(order).state


def test_the_phone_is_asked_as_daraja_wants_it(order, safaricom):
    assert state(order) == "queued"
    assert safaricom.requests == []

    mpesa.work()

    (request,) = safaricom.of(daraja.PROMPT)
    sent = request.body
    payment = payment_of(order)
    assert sent["Amount"] == int(payment.amount) == 417
    assert type(sent["Amount"]) is int
    assert sent["PartyA"] == sent["PhoneNumber"] == "254712345678"
    assert sent["PartyB"] == sent["BusinessShortCode"] == daraja.SHORTCODE
    assert sent["TransactionType"] == "CustomerPayBillOnline"
    assert sent["AccountReference"] == order.number
    assert len(sent["AccountReference"]) <= 12
    assert len(sent["TransactionDesc"]) <= 13
    word = base64.b64decode(sent["Password"]).decode()
    assert word == f"{daraja.SHORTCODE}{daraja.PASSKEY}{sent['Timestamp']}"
    assert sent["CallBackURL"] == f"https://shop.test/payments/notify/{payment.notify_token}/"
    assert not {"mpesa", "safaricom", "exe", "cmd", "sql", "query"} & set(
        sent["CallBackURL"].lower().split("/")
    )
    assert set(payment.notify_token) <= set("0123456789abcdef")
    assert payment.provider_id.startswith("ws_CO_")
    assert state(order) == "prompt_sent"
    assert order.events.get(kind="payment_asked").text == "M-Pesa *****678: 417.00 KES"


def test_a_till_is_paid_through_its_head_office(order, safaricom, settings):
    settings.MPESA_TRANSACTION_TYPE, settings.MPESA_TILL = "CustomerBuyGoodsOnline", "5551234"
    mpesa.work()
    sent = safaricom.of(daraja.PROMPT)[0].body
    assert (sent["BusinessShortCode"], sent["PartyB"]) == (daraja.SHORTCODE, "5551234")
    assert payment_status(order).transfer.till


def test_a_task_that_runs_twice_asks_once(order, safaricom):
    mpesa.work()
    for _ in range(3):
        tasks.send_prompt(payment_of(order).pk)
    mpesa.sweep()
    assert safaricom.rung == {"254712345678": 1}


def test_a_token_is_used_again_and_renewed_before_its_end(shop_site, safaricom):
    for number in range(3):
        mpesa.place(f"071234567{number}")
    mpesa.work()
    assert len(safaricom.of(daraja.TOKEN)) == 1
    with mpesa.later(minutes=56):
        mpesa.place("0712345679")
        mpesa.work()
    assert len(safaricom.of(daraja.TOKEN)) == 2
    assert len(safaricom.of(daraja.PROMPT)) == 4


def test_a_second_click_finds_the_same_request(order, safaricom):
    first = payment_of(order)
    for _ in range(2):
        payment, made = pay_order(order_id=order.pk, phone="+254 712 345678")
        assert (payment.pk, made) == (first.pk, False)
        mpesa.work()
    assert safaricom.rung == {"254712345678": 1}


def test_the_same_phone_waits_two_minutes_another_does_not(order, safaricom):
    mpesa.work()
    payment = payment_of(order)
    mpesa.tell(payment, mpesa.ended(payment))
    status = payment_status(order)
    assert (status.state, status.can_retry) == ("cancelled", False)
    assert 110 < status.retry_in_seconds <= 120

    with pytest.raises(Conflict) as refusal:
        pay_order(order_id=order.pk)
    assert refusal.value.code == "prompt_sent_recently"
    assert 110 < refusal.value.details[0]["retry_in"] <= 120

    _other, made = pay_order(order_id=order.pk, phone="0110 000 111")
    mpesa.work()
    assert made
    assert safaricom.rung == {"254712345678": 1, "254110000111": 1}
    with mpesa.later(seconds=121):
        assert pay_order(order_id=order.pk)[1]
        mpesa.work()
    assert safaricom.rung["254712345678"] == 2


def test_two_orders_of_one_amount_ask_one_phone_one_after_the_other(order, safaricom):
    second = mpesa.place("0712345678")
    mpesa.work()
    assert (state(order), state(second)) == ("prompt_sent", "queued")
    assert "a moment ago" in payment_status(second).message
    with mpesa.later(seconds=125):
        mpesa.sweep()
        assert state(second) == "prompt_sent"
    assert safaricom.rung == {"254712345678": 2}


def test_nobody_rings_phones_without_end(order, safaricom):
    for number in range(rules.MOST_PROMPTS - 1):
        mpesa.work()
        pay_order(order_id=order.pk, phone=f"07123450{number:02}")
    mpesa.work()
    with pytest.raises(Conflict) as refusal:
        pay_order(order_id=order.pk, phone="0722000111")
    assert refusal.value.code == "too_many_prompts"


def test_an_order_that_was_cancelled_or_paid_meanwhile_asks_nobody(order, safaricom):
    cancel_order(order_id=order.pk)
    mpesa.work()
    assert safaricom.of(daraja.PROMPT) == []
    assert payment_of(order).state == "cancelled"


@pytest.mark.parametrize("phone", ["+256 772 123456", "12", "0202 000 000"])
def test_a_phone_without_mpesa_is_refused_by_name(order, phone):
    with pytest.raises(ShopError) as refusal:
        pay_order(order_id=order.pk, phone=phone)
    assert (refusal.value.code, refusal.value.field) == ("invalid_phone", "phone")


def test_an_amount_beyond_mpesa_is_refused_at_the_order(shop_site, safaricom):
    with pytest.raises(ShopError) as refusal:
        mpesa.place("0712345678", price="250001")
    assert refusal.value.code == "amount_too_large"
    assert not Payment.objects.exists()


def test_without_credentials_it_is_not_offered(shop_site, client, settings):
    with pytest.raises(ShopError) as refusal:
        mpesa.place("0712345678")
    assert refusal.value.code == "unknown_payment_method"
    assert mpesa.place("0712345678", method="").payment_method == "cash_on_delivery"


def test_half_a_shilling_counts_as_one(shop_site, safaricom):
    assert payment_of(mpesa.place("0712345678", price="100.49")).amount == Decimal(400)
    assert payment_of(mpesa.place("0712345677", price="100.50")).amount == Decimal(401)


def test_a_lost_cache_costs_a_token_only(order, safaricom):
    mpesa.work()
    cache.clear()
    pay_order(order_id=order.pk, phone="0733000111")
    mpesa.work()
    assert len(safaricom.of(daraja.TOKEN)) == 2
    assert len(safaricom.rung) == 2
