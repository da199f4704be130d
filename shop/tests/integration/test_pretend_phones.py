"""A newcomer has no M-Pesa and no phone network: pretend ones speak the same HTTP."""

import base64
import json
from datetime import timedelta

import pytest
from django.test import Client

from shop.core.clock import fixed, now
from shop.simulators.models import Prompt
from shop.tests.fakes.webhook_receiver import Answer, webhook_receiver

DARAJA = "/simulators/daraja"
STAMP = "20261121134500"

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop_hears():
    with webhook_receiver() as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def credentials(settings, shop_hears):
    settings.MPESA_CONSUMER_KEY, settings.MPESA_CONSUMER_SECRET = "key", "secret"
    settings.MPESA_SHORTCODE, settings.MPESA_PASSKEY = "174379", "passkey"
    settings.CALLBACK_BASE_URL = f"http://127.0.0.1:{shop_hears.port}"


def token(client, pair="key:secret"):
    basic = base64.b64encode(pair.encode()).decode()
    return client.get(
        f"{DARAJA}/oauth/v1/generate?grant_type=client_credentials",
        headers={"Authorization": f"Basic {basic}"},
    )


def signed(**fields):
    password = base64.b64encode(f"174379passkey{STAMP}".encode()).decode()
    return {"BusinessShortCode": "174379", "Password": password, "Timestamp": STAMP, **fields}


def call(client, path, body, bearer=None):
    bearer = bearer or token(client).json()["access_token"]
    return client.post(
        f"{DARAJA}/mpesa/{path}",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {bearer}"},
    )


def push(client, shop_hears, phone="254712345678", **fields):
    body = signed(
        TransactionType="CustomerPayBillOnline",
        Amount=1234,
        PartyA=phone,
        PartyB="174379",
        PhoneNumber=phone,
        CallBackURL=f"http://127.0.0.1:{shop_hears.port}/payments/notify/abc/",
        AccountReference="482190375",
        TransactionDesc="Duka",
    )
    return call(client, "stkpush/v1/processrequest", {**body, **fields})


def query(client, checkout_id):
    return call(client, "stkpushquery/v1/query", signed(CheckoutRequestID=checkout_id))


def heard(shop_hears, number=1):
    for _ in range(number):
        assert shop_hears.arrived.acquire(timeout=60), "no callback came"
    return [event["Body"]["stkCallback"] for event in shop_hears.events]


def items(callback):
    return {item["Name"]: item.get("Value") for item in callback["CallbackMetadata"]["Item"]}


def test_a_pin_typed_on_the_phone_pays(client, shop_hears):
    acknowledged = push(client, shop_hears).json()
    assert acknowledged["ResponseCode"] == "0"
    checkout = acknowledged["CheckoutRequestID"]
    page = client.get("/simulators/phone/254712345678/")
    assert "pay KSh 1,234 to 174379, account 482190375" in page.text
    assert query(client, checkout).json()["errorMessage"] == "The transaction is being processed"

    typed = client.post(f"/simulators/phone/254712345678/{checkout}/", {"pin": "1234"}, follow=True)
    assert "Enter M-PESA PIN" not in typed.text
    (callback,) = heard(shop_hears)
    assert callback["CheckoutRequestID"] == checkout
    assert callback["MerchantRequestID"] == acknowledged["MerchantRequestID"]
    assert callback["ResultCode"] == 0
    told = items(callback)
    assert (told["Amount"], told["PhoneNumber"], told["Balance"]) == (1234.0, 254712345678, None)
    assert told["MpesaReceiptNumber"] == Prompt.objects.get().receipt
    answer = query(client, checkout).json()
    assert (answer["ResponseCode"], answer["ResultCode"]) == ("0", "0")
    assert "MpesaReceiptNumber" not in json.dumps(answer)


@pytest.mark.parametrize(
    ("choice", "code"),
    [({"wish": "cancel"}, 1032), ({"wish": "ignore"}, 1037), ({"pin": "0000"}, 2001)],
)
def test_other_choices_at_the_phone(client, shop_hears, choice, code):
    checkout = push(client, shop_hears).json()["CheckoutRequestID"]
    client.post(f"/simulators/phone/254712345678/{checkout}/", choice)
    (callback,) = heard(shop_hears)
    assert callback["ResultCode"] == code
    assert "CallbackMetadata" not in callback
    assert query(client, checkout).json()["ResultCode"] == str(code)
    # It is answered once.
    client.post(f"/simulators/phone/254712345678/{checkout}/", {"pin": "1234"})
    assert query(client, checkout).json()["ResultCode"] == str(code)


def test_a_prompt_that_nobody_answers_is_over_after_a_while(client, shop_hears):
    checkout = push(client, shop_hears).json()["CheckoutRequestID"]
    bearer = token(client).json()["access_token"]
    with fixed(now() + timedelta(seconds=91)):
        client.post(f"/simulators/phone/254712345678/{checkout}/", {"pin": "1234"})
        body = signed(CheckoutRequestID=checkout)
        answer = call(client, "stkpushquery/v1/query", body, bearer).json()
    assert answer["ResultCode"] == "1037"
    assert shop_hears.received == []


@pytest.mark.parametrize(
    ("digits", "codes"),
    [
        ("001", [0]),
        ("002", [1032]),
        ("003", [2001]),
        ("004", [1]),
        ("005", [1037]),
        ("006", [0]),
        ("007", [0, 0]),
        ("009", [0]),
        ("010", [1032, 0]),
        ("011", [0]),
    ],
)
def test_a_number_of_the_table_acts_by_itself(client, shop_hears, digits, codes):
    checkout = push(client, shop_hears, f"254712345{digits}").json()["CheckoutRequestID"]
    callbacks = heard(shop_hears, len(codes))
    assert [callback["ResultCode"] for callback in callbacks] == codes
    with fixed(now() + timedelta(seconds=10)):
        assert Prompt.objects.get(checkout_id=checkout).result_by(now()) == str(codes[-1])
    if codes[-1] == 0:
        assert items(callbacks[-1])["Amount"] == 1234 - (digits == "011")


def test_lost_news_is_known_to_whoever_asks(client, shop_hears):
    checkout = push(client, shop_hears, "254712345008").json()["CheckoutRequestID"]
    with fixed(now() + timedelta(seconds=10)):
        assert Prompt.objects.get(checkout_id=checkout).result_by(now()) == "0"
    assert not shop_hears.arrived.acquire(timeout=0.3)


def test_news_faster_than_the_answer(client, shop_hears):
    push(client, shop_hears, "254712345009")
    assert shop_hears.arrived.acquire(blocking=False)


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"Amount": "12.50"}, 400, "400.002.02"),
        ({"Amount": 0}, 400, "400.002.02"),
        ({"PhoneNumber": "+254712345678"}, 400, "400.002.02"),
        ({"AccountReference": "longer than twelve"}, 400, "400.002.02"),
        ({"CallBackURL": "http://elsewhere.test/payments/"}, 400, "400.002.02"),
        ({"Timestamp": "20261121134501"}, 500, "500.001.1001"),
        ({"PhoneNumber": "254712345012"}, 500, "500.001.1001"),
        ({"PhoneNumber": "254712345013"}, 500, "500.003.02"),
    ],
)
def test_a_push_is_refused_as_daraja_refuses(client, shop_hears, wrong, status, code):
    answer = push(client, shop_hears, **wrong)
    assert (answer.status_code, answer.json()["errorCode"]) == (status, code)
    assert not Prompt.objects.exists()


def test_addresses_with_forbidden_words_are_refused(client, shop_hears, settings):
    address = f"{settings.CALLBACK_BASE_URL}/mpesa/callback/"
    assert push(client, shop_hears, CallBackURL=address).status_code == 400


def test_a_phone_shows_one_prompt_at_a_time(client, shop_hears):
    push(client, shop_hears)
    second = push(client, shop_hears)
    assert "Unable to lock subscriber" in second.json()["errorMessage"]


def test_strangers_get_no_token_and_make_no_prompt(client, shop_hears):
    assert token(client, "key:wrong").status_code == 400
    refused = call(client, "stkpush/v1/processrequest", signed(), bearer="made-up")
    assert (refused.status_code, refused.json()["errorCode"]) == (404, "404.001.03")


def paybill(client, account, amount, **more):
    path = "/simulators/phone/254712345678/paybill/"
    sent = {"account": account, "amount": amount, **more}
    return client.post(path, sent, follow=True).text


def test_money_sent_by_paybill_is_asked_about_and_told(client, shop_hears):
    shop_hears.always = Answer(body=b'{"ResultCode": "0", "ResultDesc": "Accepted"}')
    text = paybill(client, "482 190 375", "1234")
    asked, told = shop_hears.events
    assert asked == told
    assert (told["BillRefNumber"], told["TransAmount"]) == ("482 190 375", "1234.00")
    assert (told["BusinessShortCode"], told["MSISDN"]) == ("174379", "25471****678")
    paths = [request.path for request in shop_hears.received]
    assert [path.split("/")[-2] for path in paths] == ["validation", "confirmation"]
    assert f"{told['TransID']} Confirmed. Ksh1,234.00 sent" in text


def test_money_that_the_shop_refuses_is_not_sent(client, shop_hears):
    shop_hears.always = Answer(body=b'{"ResultCode": "C2B00012", "ResultDesc": "Rejected"}')
    assert "was refused, code C2B00012" in paybill(client, "1", "1234")
    assert len(shop_hears.received) == 1
    assert "whole shillings" in paybill(client, "1", "12.50")


def test_money_is_sent_whatever_the_shop_says_where_it_is_not_asked(client, shop_hears):
    shop_hears.always = Answer(body=b'{"ResultCode": "C2B00012", "ResultDesc": "Rejected"}')
    assert "sent for account Mama Mboga" in paybill(client, "Mama Mboga", "90", unasked="on")
    paths = [request.path for request in shop_hears.received]
    assert [path.split("/")[-2] for path in paths] == ["confirmation"]


def test_a_phone_is_found_by_the_number_as_people_write_it(client):
    page = client.get("/simulators/phone/0722000222/", follow=True)
    assert page.redirect_chain == [("/simulators/phone/254722000222/", 302)]
    assert "+254722000222" in page.text
    assert client.get("/simulators/phone/256772123456/").status_code == 200
    for number in ("07", "phone", "12345678901234567"):
        assert client.get(f"/simulators/phone/{number}/").status_code == 404


def test_addresses_for_paybill_are_registered(client, shop_hears, settings):
    base = f"{settings.CALLBACK_BASE_URL}/elsewhere"
    fields = {
        "ShortCode": "174379",
        "ResponseType": "Completed",
        "ConfirmationURL": f"{base}/told/",
        "ValidationURL": f"{base}/asked/",
    }
    for _ in range(2):
        assert call(client, "c2b/v1/registerurl", fields).json()["ResponseCode"] == "0"
    paybill(client, "482190375", "10")
    assert [r.path for r in shop_hears.received] == ["/elsewhere/asked/", "/elsewhere/told/"]
    wrong = {**fields, "ResponseType": "completed"}
    assert call(client, "c2b/v1/registerurl", wrong).status_code == 400


def test_answering_needs_the_page_itself(shop_hears):
    client = Client(enforce_csrf_checks=True)
    checkout = push(client, shop_hears).json()["CheckoutRequestID"]
    typed = client.post(f"/simulators/phone/254712345678/{checkout}/", {"pin": "1234"})
    assert typed.status_code == 403
