"""The page of an order says how its payment stands, and takes the money by M-Pesa."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shop.cart.models import Cart
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.pay_order import pay_order
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.tests.factories import make_product
from shop.tests.mpesa import set_up
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

PHONE = "+254712345678"


@pytest.fixture(autouse=True)
def mpesa(settings):
    set_up(settings, "http://127.0.0.1:9")


@pytest.fixture
def order(shop_site):
    return make_order(payment_method="mpesa", phone=PHONE)


def pay(client, order, **fields):
    form = {"method": "mpesa", "phone": "0712 345 678", **fields}
    return client.post(f"/orders/{order.token}/pay/", form)


def page(client, order):
    return client.get(f"/orders/{order.token}/").text


def news(client, order):
    return client.get(f"/orders/{order.token}/payment/").json()


def asked(order, seconds=5, **fields):
    """Let the phone be asked, so many seconds ago."""
    payment, _made = pay_order(order_id=order.pk, method="mpesa")
    at = timezone.now() - timedelta(seconds=seconds)
    fields = {"asked_at": at, "provider_id": f"ws_CO_{payment.pk}", "next_try_at": None, **fields}
    Payment.objects.filter(pk=payment.pk).update(**fields)
    return payment


def check_out(client, **changes):
    make_product("Mangoes", price=116, stock=10, sku="MANGO")
    client.post("/cart/lines/", {"variant": "MANGO", "quantity": 1})
    form = {
        "checkout_key": Cart.objects.get().checkout_key,
        "name": "Wanjiku Kamau",
        "phone": "0712 345 678",
        "county": "Nairobi",
        "delivery_method": "delivery",
        "payment_method": "mpesa",
        "action": "place",
    }
    return client.post("/checkout/", {**form, **changes}, follow=True)


@pytest.mark.parametrize(
    ("typed", "asked"), [("", PHONE), ("0722 000 111", "+254722000111")], ids=["own", "another"]
)
def test_an_order_placed_with_m_pesa_goes_on_to_pay(client, shop_site, typed, asked):
    placed = check_out(client, payment_phone=typed)
    assert "Asante, Wanjiku Kamau!" in placed.text
    assert 'data-state="queued"' in placed.text
    assert Payment.objects.get().phone == asked


def test_a_number_that_cannot_be_asked_is_named_at_the_checkout(client, shop_site):
    refused = check_out(client, payment_phone="+44 20 7946 0958")
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["payment_phone"]
    assert 'value="+44 20 7946 0958"' in refused.text
    assert not Order.objects.exists()


def test_a_tap_asks_the_phone_that_is_named(client, order):
    assert 'value="0712 345678"' in page(client, order)
    answer = pay(client, order, phone="0722 000 111")
    assert (answer.status_code, answer.url) == (302, f"/orders/{order.token}/#payment")
    payment = Payment.objects.get()
    assert (payment.method, payment.phone, payment.state) == ("mpesa", "+254722000111", "pending")
    assert news(client, order)["state"] == "queued"
    assert pay(client, order, phone="0722 000 111").status_code == 302
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "state", "words"),
    [
        ({}, "prompt_sent", "enter your M-Pesa PIN to pay KSh"),
        ({"seconds": 100}, "waiting", "waiting for M-Pesa's answer"),
        ({"state": "cancelled", "reason_code": "1032"}, "cancelled", "Cancelled on the phone"),
        ({"state": "failed", "reason_code": "2001"}, "wrong_pin", "The PIN was wrong"),
        ({"state": "failed", "reason_code": "1037"}, "no_answer", "could not be reached"),
        ({"state": "failed", "reason_code": "1"}, "failed", "too little money"),
        ({"state": "review", "reason_code": "amount"}, "review", "Nothing is lost"),
    ],
)
def test_the_page_tells_the_truth(client, order, fields, state, words):
    asked(order, **fields)
    assert news(client, order)["state"] == state
    text = page(client, order)
    assert f'data-state="{state}"' in text
    assert words in text.replace("&#x27;", "'")
    assert ("174379" in text) is (state != "review")
    # Without scripts a page that waits comes again by itself; no other does.
    waits = state in {"prompt_sent", "waiting"}
    assert ("http-equiv" in text) is waits
    assert news(client, order)["open"] is waits


def test_money_that_is_there_is_said_with_its_receipt(client, order):
    asked(order)
    confirm_payment(order_id=order.pk, reference="SKL7H2X9QA")
    text = page(client, order)
    assert news(client, order)["state"] == "paid"
    assert "SKL7H2X9QA" in text
    assert "Pay KSh" not in text
    assert "Paybill" not in text


def test_the_same_phone_waits_two_minutes_and_another_does_not(client, order):
    asked(order, seconds=20, state="failed", reason_code="2001")
    text = page(client, order)
    (left,) = re.findall(r'data-countdown="(\d+)"', text)
    assert 95 <= int(left) <= 100
    refused = pay(client, order)
    assert refused.status_code == 409
    assert "asked for the same amount a moment ago" in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert 'value="0712 345 678"' in refused.text
    assert pay(client, order, phone="0722 000 111").status_code == 302
    assert news(client, order)["state"] == "queued"


def test_after_two_minutes_the_same_phone_is_asked_again(client, order):
    asked(order, seconds=121, state="failed", reason_code="2001")
    assert "data-countdown" not in page(client, order)
    assert pay(client, order).status_code == 302


@pytest.mark.parametrize("phone", ["12", "+4420 7946 0958"])
def test_a_number_that_m_pesa_cannot_ask_is_named(client, order, phone):
    refused = pay(client, order, phone=phone)
    assert refused.status_code == 422
    assert "M-Pesa needs a Kenyan mobile number" in refused.text
    assert not Payment.objects.exists()


def test_an_order_to_be_paid_at_the_door_may_be_paid_before(client, shop_site):
    order = make_order(payment_method="cash_on_delivery")
    text = page(client, order)
    assert "<summary" in text.split('id="payment"')[1]
    assert pay(client, order).status_code == 302
    order.refresh_from_db()
    assert order.payment_method == "mpesa"


def test_one_changes_ones_mind_and_pays_at_the_door(client, order):
    assert "Pay on delivery instead" in page(client, order)
    assert pay(client, order, method="cash_on_delivery", phone="").status_code == 302
    order.refresh_from_db()
    assert order.payment_method == "cash_on_delivery"


def test_a_till_is_named_where_the_shop_has_one(client, order, settings):
    settings.MPESA_TRANSACTION_TYPE, settings.MPESA_TILL = "CustomerBuyGoodsOnline", "512345"
    text = page(client, order)
    assert "512345" in text
    assert "Paybill" not in text


def test_a_cancelled_order_asks_for_nothing(client, order):
    cancel_order(order_id=order.pk)
    assert 'id="payment"' not in page(client, order)
    refused = pay(client, order)
    assert refused.status_code == 409


def test_who_paid_a_cancelled_order_reads_that_the_money_comes_back(client, order):
    asked(order)
    confirm_payment(order_id=order.pk, reference="SKL7H2X9QA")
    cancel_order(order_id=order.pk)
    text = page(client, order)
    assert "Your money comes back" in text
    assert "We send your money back" in text
    assert "Paid. Thank you!" not in text
    assert news(client, order)["message"].startswith("You had paid")


def test_a_shop_without_m_pesa_says_nothing_of_it(client, settings, shop_site):
    settings.MPESA_CONSUMER_KEY = ""
    order = make_order(payment_method="cash_on_delivery")
    assert "M-Pesa" not in page(client, order)
    assert pay(client, order).status_code == 422


def test_looking_again_costs_few_statements(client, order, django_assert_max_num_queries):
    asked(order)
    with django_assert_max_num_queries(3):
        assert client.get(f"/orders/{order.token}/payment/").headers["Cache-Control"]
    assert client.get("/orders/guess/payment/").status_code == 404


def test_nobody_pays_from_another_site(order):
    assert pay(Client(enforce_csrf_checks=True), order).status_code == 403
