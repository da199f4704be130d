"""Money sent by Paybill with the order's number: matched and settled, or kept for people."""

import json
from decimal import Decimal

import pytest
from django.test import Client

from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_payment import confirm_payment
from shop.payments.actions import transfer_token
from shop.payments.models import Payment, ProviderEvent
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
    """An order of KSh 417 to be paid at the door."""
    return mpesa.place("0712 345 678", "cash_on_delivery")


def notice(account, amount="417.00", receipt="SGJ1X2K9QP", shortcode=daraja.SHORTCODE):
    """Return what Daraja says of money that came; the payer's number is masked."""
    return {
        "TransactionType": "Pay Bill",
        "TransID": receipt,
        "TransTime": "20261121134500",
        "TransAmount": amount,
        "BusinessShortCode": shortcode,
        "BillRefNumber": account,
        "InvoiceNumber": "",
        "OrgAccountBalance": "49197.00",
        "ThirdPartyTransID": "",
        "MSISDN": "25471****678",
        "FirstName": "WANJIKU",
        "MiddleName": "",
        "LastName": "",
    }


def send(body, what="confirmation", token="", status=200):
    answer = Client(enforce_csrf_checks=True).post(
        f"/payments/notify/{token or transfer_token()}/{what}/",
        json.dumps(body),
        content_type="application/json",
    )
    assert answer.status_code == status
    mpesa.work()
    return answer.json() if status == 200 else None


def shown(order):
    order.refresh_from_db()
    return payment_status(order)


@pytest.mark.parametrize("written", ["{}", " {} ", "#{}", "order {}", "grouped"])
def test_money_with_the_orders_number_pays_it(order, written):
    account = order.readable_number if written == "grouped" else written.format(order.number)
    assert send(notice(account)) == {"ResultCode": 0, "ResultDesc": "Accepted"}
    assert (shown(order).state, shown(order).receipt) == ("paid", "SGJ1X2K9QP")
    states = dict(order.payments.values_list("method", "state"))
    assert states == {"cash_on_delivery": "cancelled", "mpesa": "paid"}


def test_word_of_the_same_money_counts_once(order):
    for _ in range(3):
        send(notice(order.number))
    assert order.payments.filter(state="paid").count() == 1
    assert Payment.objects.count() == 2


@pytest.mark.parametrize("amount", ["416", "500.00"])
def test_an_amount_that_does_not_fit_is_for_people(order, amount):
    send(notice(order.number, amount))
    assert order.payment_status == "unpaid"
    payment = order.payments.get(state="review")
    assert (payment.amount, payment.received) == (Decimal(417), Decimal(amount))
    assert payment.receipt == "SGJ1X2K9QP"


@pytest.mark.parametrize("account", ["", "Mama Mboga", "123456789", "9" * 80])
def test_money_for_nobody_is_kept_for_people(order, account):
    for _ in range(2):
        send(notice(account))
    payment = Payment.objects.get(order=None)
    assert (payment.state, payment.received, payment.reason_code) == (
        "review",
        Decimal(417),
        "unmatched",
    )
    told = ProviderEvent.objects.filter(payment=payment).order_by("pk")
    assert [event.state for event in told] == ["review", "ignored"]


def test_money_on_top_is_for_people(order):
    send(notice(order.number))
    send(notice(order.number, receipt="SGJ1X2K9QQ"))
    assert sorted(order.payments.values_list("state", flat=True)) == ["cancelled", "paid", "review"]


def test_money_after_the_order_was_cancelled_takes_it_up_again(order):
    cancel_order(order_id=order.pk)
    send(notice(order.number))
    assert (shown(order).state, order.status) == ("paid", "placed")


@pytest.mark.parametrize("first", ["callback", "confirmation"])
def test_a_prompt_is_confirmed_at_both_addresses(shop_site, safaricom, first):
    """Daraja confirms the money of a prompt like any other, before or after its result."""
    order = mpesa.place("0712 345 678")
    mpesa.work()
    payment = order.payments.get()
    told = [
        lambda: mpesa.tell(payment, mpesa.paid(payment)),
        lambda: send(notice(order.number, receipt="SGH7X2K9QP")),
    ]
    for tell in told if first == "callback" else reversed(told):
        tell()
    payment.refresh_from_db()
    assert (payment.state, payment.receipt) == ("paid", "SGH7X2K9QP")
    assert Payment.objects.count() == 1
    assert order.events.filter(kind="paid").count() == 1


def test_a_receipt_that_people_noted_at_the_door_is_known(order):
    confirm_payment(order_id=order.pk, actor="amina", reference="SGJ1X2K9QP")
    send(notice(order.number))
    assert [payment.state for payment in order.payments.all()] == ["paid"]


def test_a_forged_address_or_till_changes_nothing(order):
    send(notice(order.number), token="0" * 40, status=404)
    send(notice(order.number), "validation", token="0" * 40, status=404)
    assert not ProviderEvent.objects.exists()
    send(notice(order.number, shortcode="600000"))
    assert shown(order).state == "none"
    assert ProviderEvent.objects.get().state == "refused"


@pytest.mark.parametrize(
    "body", [{}, [], "x", {"TransID": "SGJ1X2K9QP"}, {"TransID": 5, "TransAmount": "x"}]
)
def test_what_cannot_be_read_is_kept(order, body):
    send(body)
    assert ProviderEvent.objects.get().state == "refused"
    assert shown(order).state == "none"


def test_money_is_let_in_only_where_it_fits(order):
    asked = [
        (notice(order.number), "0"),
        (notice(order.readable_number), "0"),
        (notice("000"), "C2B00012"),
        (notice(order.number, "1"), "C2B00013"),
        ({}, "C2B00016"),
    ]
    for body, code in asked:
        assert send(body, "validation")["ResultCode"] == code
    send(notice(order.number))
    assert send(notice(order.number), "validation")["ResultCode"] == "C2B00016"
    kept = ProviderEvent.objects.filter(kind="transfer_check")
    assert kept.count() == 6
    cancelled = mpesa.place("0722000111", "cash_on_delivery")
    cancel_order(order_id=cancelled.pk)
    assert send(notice(cancelled.number), "validation")["ResultCode"] == "C2B00016"
    assert shown(order).state == "paid"


def test_an_own_secret_makes_the_address(settings):
    made = transfer_token()
    assert len(made) == 40
    settings.MPESA_TRANSFER_TOKEN = "abcdefghij0123456789"
    assert transfer_token() == "abcdefghij0123456789"
