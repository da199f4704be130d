"""A program of the shop's gives money back, asks phones for money, and pays orders by GraphQL."""

import pytest

from shop.flows.confirm_payment import confirm_payment
from shop.flows.match_payment import match_payment
from shop.orders.models import Order
from shop.payments.models import Payment, Refund
from shop.tests import mpesa
from shop.tests.factories import make_product
from shop.tests.fakes import daraja
from shop.tests.integration.api_orders import body, customer, errors, post
from shop.tests.integration.graphql_door import data, refusals

pytestmark = pytest.mark.django_db

PAYMENTS = "/api/v2/payments/"


@pytest.fixture
def order(client, shop_site):
    """An order of three mangoes at 116 and delivery for 300, paid at the door."""
    make_product("Mango", sku="MG", price=116, stock=900)
    made = post(client, body({"sku": "MG", "quantity": 3}))
    confirm_payment(order_id=made["id"])
    return made


@pytest.fixture
def payment(order):
    return Payment.objects.get()


@pytest.fixture
def refund_url(payment):
    return f"{PAYMENTS}{payment.pk}/refund/"


@pytest.fixture
def manager(client):
    person = customer("manager", "add_refund", "view_payment", "add_payment")
    client.force_login(person)
    return client


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


def test_lines_an_amount_and_the_rest_go_back(manager, order, refund_url, payment):
    wish = {"lines": [{"sku": "MG", "quantity": 2, "restock": True}], "reason": "Soft"}
    first = post(manager, wish, 201, refund_url)
    assert (first["status"], first["amount"], first["reason"]) == ("by_hand", "232.00", "Soft")
    [line] = first["lines"]
    assert (line["sku"], line["quantity"], line["restocked"]) == ("MG", 2, True)
    second = post(manager, {"amount": "16.50", "reference": "Till 2"}, 201, refund_url)
    assert (second["status"], second["reference"]) == ("done", "Till 2")
    rest = post(manager, {}, 201, refund_url)
    assert rest["amount"] == "399.50"
    listed = manager.get(refund_url).json()
    assert [item["id"] for item in listed["items"]] == [first["id"], second["id"], rest["id"]]
    assert manager.get(f"{PAYMENTS}{payment.pk}/").json()["refunded"] == "648.00"
    assert Order.objects.get().payment_status == "partly_refunded"


@pytest.mark.parametrize(
    ("wish", "status", "error"),
    [
        ({"amount": "648.01"}, 409, ("amount", "refund_too_large")),
        ({"amount": "0"}, 400, ("amount", "min_value")),
        ({"amount": "1", "lines": [{"sku": "MG"}]}, 400, ("amount", "amount_or_lines")),
        ({"lines": [{"sku": "NO"}]}, 400, ("lines.0", "unknown_line")),
        ({"lines": [{"sku": "MG", "quantity": 4}]}, 409, ("lines", "too_many_units")),
    ],
)
def test_what_can_not_go_back_says_why(manager, refund_url, wish, status, error):
    assert errors(post(manager, wish, status, refund_url)) == {error}
    assert not Refund.objects.exists()


def test_the_same_key_gives_one_refund(manager, refund_url):
    sent = [
        manager.post(
            refund_url,
            {"amount": "100.00"},
            content_type="application/json",
            headers={"Idempotency-Key": "6f0c8f9a-8a4e-4c7e-9f5a-1a2b3c4d5e6f"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [201, 201]
    assert sent[0].json()["id"] == sent[1].json()["id"]
    assert Refund.objects.count() == 1


def test_money_without_an_order_is_asked_for_and_matched_later(manager, order, safaricom):
    wish = {"amount": "648.00", "phone": "0712 345 678"}
    asked = post(manager, wish, 201, PAYMENTS)
    assert (asked["order"], asked["method"], asked["status"]) == (None, "mpesa", "pending")
    mpesa.work()
    [prompt] = safaricom.of(daraja.PROMPT)
    assert prompt.body["AccountReference"] == f"P{asked['id']}"
    payment = Payment.objects.get(pk=asked["id"])
    mpesa.tell(payment, mpesa.paid(payment))
    payment.refresh_from_db()
    assert (payment.state, payment.order_id) == ("paid", None)
    other = mpesa.place("0722000111", price="348.00")
    assert match_payment(payment_id=payment.pk, order_id=other.pk, actor="amina")
    other.refresh_from_db()
    assert (other.payment_status, other.payments.filter(state="paid").get()) == ("paid", payment)
    assert match_payment(payment_id=payment.pk, order_id=other.pk)  # again


def test_its_confirmation_at_the_paybill_may_come_first(manager, order, safaricom):
    asked = post(manager, {"amount": "200.00", "phone": "0712 345 678"}, 201, PAYMENTS)
    mpesa.work()
    payment = Payment.objects.get(pk=asked["id"])
    mpesa.transfer(f"p{payment.pk}", "200.00", "SGH7X2K9QP")
    mpesa.tell(payment, mpesa.paid(payment))
    payment.refresh_from_db()
    assert (payment.state, payment.receipt) == ("paid", "SGH7X2K9QP")
    assert Payment.objects.filter(order=None).count() == 1


def test_only_staff_ask_without_an_order(client, order, safaricom):
    wish = {"amount": "648.00", "phone": "0712 345 678"}
    assert errors(post(client, wish, 400, PAYMENTS)) == {("order", "required")}
    client.force_login(customer("manager", "add_payment"))
    refused = post(client, {**wish, "order": order["token"]}, 400, PAYMENTS)
    assert errors(refused) == {("amount", "amount_of_order")}
    cents = post(client, {**wish, "amount": "10.50"}, 400, PAYMENTS)
    assert errors(cents) == {("amount", "whole_units_only")}


def test_another_phone_pays_from_the_first(client, shop_site, safaricom):
    make_product("Mango", sku="MG", price=116, stock=9)
    post(client, body({"sku": "MG"}, payment_method="mpesa", payment_phone="0733 000 111"))
    assert Payment.objects.get().phone == "+254733000111"


def test_an_order_is_paid_by_graphql(client, shop_site, safaricom):
    make_product("Mango", sku="MG", price=116, stock=9)
    made = post(client, body({"sku": "MG"}))
    pay = """mutation ($input: PaymentInput!) { payOrder(input: $input) {
      id method status amount phone redirectUrl } }"""
    wish = {"order": made["token"], "method": "mpesa", "phone": "0733000111"}
    paid = data(client, pay, input=wish)["payOrder"]
    assert (paid["method"], paid["status"], paid["amount"]) == ("mpesa", "pending", "416.00")
    mpesa.work()
    Payment.objects.update(state="failed")
    assert refusals(client, pay, input=wish) == [("phone", "prompt_sent_recently")]
