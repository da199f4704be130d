"""Paying by bank transfer: the shopper reads how, people see the money and say so."""

import pytest

from shop.flows.confirm_payment import confirm_payment
from shop.flows.release_unpaid_orders import release_unpaid_orders
from shop.tests import mpesa
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(settings, shop_site):
    settings.BANK_TRANSFER_DETAILS = "Equity Bank\nDuka Ltd\n0123456789"
    settings.BANK_TRANSFER_DAYS = 5


@pytest.fixture
def order(bank):
    return mpesa.place("0712 345 678", "bank_transfer")


def stands(order):
    order.refresh_from_db()
    return order.status, order.payment_status


def test_the_page_says_where_the_money_goes(order, client):
    page = client.get(order.get_absolute_url()).text
    assert "Equity Bank<br>Duka Ltd<br>0123456789" in page
    assert order.readable_number in page
    confirm_payment(order_id=order.pk, actor="amina", reference="EQ 77")
    page = client.get(order.get_absolute_url()).text
    assert "Equity Bank" not in page
    assert stands(order) == ("placed", "paid")
    [payment] = order.payments.all()
    assert (payment.method, payment.state, payment.reference) == ("bank_transfer", "paid", "EQ 77")


def test_it_is_not_offered_before_the_shop_names_an_account(shop_site, client):
    methods = client.get("/api/v2/payments/methods/").json()["items"]
    assert "bank_transfer" not in [row["code"] for row in methods]


def test_money_by_paybill_pays_it_as_well(order, settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        mpesa.transfer(order.number, "417.00", "SGH7X2K9QP")
    assert stands(order) == ("placed", "paid")
    assert dict(order.payments.values_list("method", "state")) == {
        "bank_transfer": "cancelled",
        "mpesa": "paid",
    }


def test_it_is_waited_for_longer_than_a_prompt(order):
    with mpesa.later(days=4):
        assert release_unpaid_orders() == 0
    with mpesa.later(days=6):
        assert release_unpaid_orders() == 1
    assert stands(order) == ("cancelled", "unpaid")
