"""A headless developer pays: ways there are, a payment begun once, seen by whom it concerns."""

import pytest

from shop.core.clock import now
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_payment import confirm_payment
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.tests.factories import make_product
from shop.tests.integration.api_orders import ORDERS, body, customer, errors, post
from shop.tests.mpesa import set_up

pytestmark = pytest.mark.django_db

PAYMENTS = "/api/v2/payments/"


@pytest.fixture
def order(client, shop_site):
    """An order of a guest."""
    make_product("Mango", sku="MG", price=116, stock=900)
    return post(client, body({"sku": "MG"}))


def pay(client, sent, status=200):
    return post(client, sent, status, PAYMENTS)


def test_the_ways_to_pay_are_listed(client, shop_site):
    methods = client.get(f"{PAYMENTS}methods/").json()
    assert [row["code"] for row in methods["items"]] == ["cash_on_delivery"]


def test_an_open_payment_is_found_again(client, order):
    first = pay(client, {"order": order["token"], "method": "cash_on_delivery"})
    assert first["order"]["id"] == order["id"]
    assert (first["status"], first["amount"], first["currency"]) == ("pending", "416.00", "KES")
    for named in (
        {"order": order["token"]},
        {"order": order["id"], "token": order["token"]},
        {"order": order["number"], "token": order["token"], "phone": "0712 345 678"},
    ):
        assert pay(client, named)["id"] == first["id"]
    by_address = post(client, {"order": order["id"]}, 200, f"{PAYMENTS}?token={order['token']}")
    assert by_address["id"] == first["id"]
    assert Payment.objects.count() == 1


def test_a_payment_that_failed_is_begun_again(client, order):
    Payment.objects.update(state=Payment.State.FAILED)
    again = pay(client, {"order": order["token"]}, 201)
    assert pay(client, {"order": order["token"]})["id"] == again["id"]
    assert Payment.objects.count() == 2
    shown = client.get(f"{ORDERS}{order['id']}/", {"token": order["token"]}).json()
    assert shown["payment"]["status"] == "pending"


def test_another_way_closes_the_one_before(client, order):
    Order.objects.update(payment_method="mpesa")
    Payment.objects.update(method="mpesa")
    changed = pay(client, {"order": order["token"], "method": "cash_on_delivery"}, 201)
    stored = Order.objects.get()
    assert stored.payment_method == "cash_on_delivery"
    assert stored.events.get().text == "mpesa -> cash_on_delivery"
    states = dict(Payment.objects.values_list("method", "state"))
    assert states == {"mpesa": "cancelled", "cash_on_delivery": "pending"}
    assert changed["method"] == "cash_on_delivery"


def test_what_cannot_be_paid_says_why(client, order):
    unknown = pay(client, {"order": order["token"], "method": "shells"}, 400)
    assert errors(unknown) == {("method", "unknown_payment_method")}
    assert "cash_on_delivery" in unknown["errors"][0]["detail"]
    bad_phone = pay(client, {"order": order["token"], "phone": "12"}, 400)
    assert errors(bad_phone) == {("phone", "invalid_phone")}
    assert errors(pay(client, {}, 400)) == {("order", "required")}
    confirm_payment(order_id=order["id"])
    assert pay(client, {"order": order["token"]}, 409)["errors"][0]["code"] == "already_paid"


def test_a_cancelled_order_is_not_paid(client, order):
    cancel_order(order_id=order["id"])
    refused = pay(client, {"order": order["token"]}, 409)
    assert refused["errors"][0]["code"] == "order_cancelled"


def test_a_strangers_order_looks_like_none(client, order):
    missing = pay(client, {"order": 999_999}, 404)
    for name in (order["id"], order["number"], f"{order['id']}"):
        assert pay(client, {"order": name}, 404) == missing
        assert pay(client, {"order": name, "token": "guess"}, 404) == missing
    number = Payment.objects.get().pk
    unknown = client.get(f"{PAYMENTS}999999/")
    assert unknown.status_code == 404
    for words in ({}, {"token": "guess"}):
        assert client.get(f"{PAYMENTS}{number}/", words).json() == unknown.json()
    client.force_login(customer("other"))
    assert pay(client, {"order": order["id"]}, 404) == missing
    assert client.get(f"{PAYMENTS}{number}/").status_code == 404


def test_who_sees_which_payments(client, order, django_assert_max_num_queries):
    token = {"token": order["token"]}
    assert client.get(PAYMENTS).status_code == 401
    assert client.get(PAYMENTS, token).json()["meta"] == {"total_count": 1}
    number = client.get(PAYMENTS, token).json()["items"][0]["id"]
    assert client.get(f"{PAYMENTS}{number}/", token).json()["id"] == number
    owner = customer("owner")
    client.force_login(owner)
    assert client.get(PAYMENTS).json()["meta"] == {"total_count": 0}
    for _ in range(6):
        post(client, body({"sku": "MG"}))
    with django_assert_max_num_queries(6):
        page = client.get(PAYMENTS, {"page": 2, "page_size": 4}).json()
    assert (page["meta"], len(page["items"])) == ({"total_count": 6}, 2)
    assert client.get(PAYMENTS, {"order": order["id"]}).json()["items"] == []
    client.force_login(customer("support", "view_payment"))
    assert client.get(PAYMENTS, {"status": "pending"}).json()["meta"] == {"total_count": 7}
    assert client.get(PAYMENTS, {"status": "paid"}).json()["items"] == []
    for words in ({"status": "eaten"}, {"order": "x"}, {"colour": "red"}):
        assert client.get(PAYMENTS, words).status_code == 400


@pytest.fixture
def mpesa(settings):
    set_up(settings, "http://127.0.0.1:9")


def test_m_pesa_is_offered_once_it_is_set_up(client, shop_site, mpesa):
    methods = client.get(f"{PAYMENTS}methods/").json()
    assert [row["code"] for row in methods["items"]] == ["cash_on_delivery", "mpesa"]


def test_a_phone_is_asked_for_the_money(client, order, mpesa):
    wish = {"order": order["token"], "method": "mpesa", "phone": "0722 000 111"}
    payment = pay(client, wish, 201)
    assert (payment["method"], payment["status"]) == ("mpesa", "pending")
    assert payment["phone"] == "+2547*****111"  # a guest's token may have gone from hand to hand
    assert (payment["receipt"], payment["reason"], payment["reason_code"]) == ("", "", "")
    assert Payment.objects.get(pk=payment["id"]).phone == "+254722000111"
    assert pay(client, wish)["id"] == payment["id"]
    client.force_login(customer("support", "view_payment"))
    seen = client.get(f"{PAYMENTS}{payment['id']}/").json()
    assert seen["phone"] == "+254722000111"


def test_an_owner_sees_the_own_phone_and_why_it_failed(client, order, mpesa):
    owner = customer("owner")
    Order.objects.update(user=owner)
    client.force_login(owner)
    number = pay(client, {"order": order["id"], "method": "mpesa"}, 201)["id"]
    Payment.objects.filter(pk=number).update(
        state="failed", reason_code="2001", reason="The PIN was wrong."
    )
    seen = client.get(f"{PAYMENTS}{number}/").json()
    assert seen["phone"] == "+254712345678"
    assert (seen["reason_code"], seen["reason"]) == ("2001", "The PIN was wrong.")


def test_the_same_phone_waits_and_is_told_how_long(client, order, mpesa):
    wish = {"order": order["token"], "method": "mpesa", "phone": "0722 000 111"}
    first = pay(client, wish, 201)
    Payment.objects.filter(pk=first["id"]).update(state="failed", asked_at=now())
    answer = client.post(PAYMENTS, wish, content_type="application/json")
    assert answer.status_code == 409
    assert errors(answer.json()) == {("phone", "prompt_sent_recently")}
    assert 110 <= int(answer.headers["Retry-After"]) <= 120
    assert pay(client, {**wish, "phone": "0722 000 112"}, 201)["id"] != first["id"]


def test_a_phone_outside_m_pesas_country_is_refused(client, order, mpesa):
    wish = {"order": order["token"], "method": "mpesa", "phone": "+442079460958"}
    assert errors(pay(client, wish, 400)) == {("phone", "invalid_phone")}
