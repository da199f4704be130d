"""On an own machine money comes back to a pretend phone; its last digits say how."""

import pytest

from shop.payments.gateways import notices
from shop.simulators.models import Prompt, Reversal, Text, Transfer
from shop.tests.fakes.webhook_receiver import webhook_receiver
from shop.tests.integration.test_pretend_phones import call

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop_hears():
    with webhook_receiver() as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def credentials(settings, shop_hears):
    settings.MPESA_CONSUMER_KEY, settings.MPESA_CONSUMER_SECRET = "key", "secret"
    settings.MPESA_SHORTCODE, settings.MPESA_PASSKEY = "174379", "passkey"
    settings.MPESA_INITIATOR = settings.MPESA_SECURITY_CREDENTIAL = "simulated"
    settings.CALLBACK_BASE_URL = f"http://127.0.0.1:{shop_hears.port}"


def paid_by(digits):
    """Return the receipt of money from a phone that ends on these digits."""
    prompt = Prompt.objects.create(
        phone=f"254712345{digits}",
        amount=500,
        shortcode="174379",
        reference="482190375",
        description="Duka",
        callback_url="http://127.0.0.1/x/",
        result="0",
    )
    return prompt.receipt


def reverse(client, settings, receipt, **changes):
    fields = {
        "Initiator": "simulated",
        "SecurityCredential": "simulated",
        "CommandID": "TransactionReversal",
        "TransactionID": receipt,
        "Amount": 300,
        "ReceiverParty": "174379",
        "RecieverIdentifierType": "11",
        "ResultURL": f"{settings.CALLBACK_BASE_URL}/payments/notify/abc/",
        "QueueTimeOutURL": f"{settings.CALLBACK_BASE_URL}/payments/notify/abc/late/",
        "Remarks": "Refund 7",
    }
    return call(client, "reversal/v1/request", {**fields, **changes})


def heard(shop_hears, number):
    for _ in range(number):
        assert shop_hears.arrived.acquire(timeout=60), "no result came"
    assert len(shop_hears.received) == number
    return [notices.read_reversal(request.body.decode()) for request in shop_hears.received]


@pytest.mark.parametrize(
    ("digits", "codes", "texts"),
    [
        ("678", ["0"], 1),
        ("021", ["1"], 0),
        ("022", [], 1),
        ("023", ["0"], 1),
        ("024", ["0", "0"], 1),
        ("025", ["0"], 1),
        ("027", ["R000001"], 0),
    ],
)
def test_the_phone_and_the_shop_hear_of_it(client, settings, shop_hears, digits, codes, texts):
    receipt = paid_by(digits)
    taken = reverse(client, settings, receipt).json()
    assert taken["ResponseCode"] == "0"
    results = heard(shop_hears, len(codes))
    assert [result.code for result in results] == codes
    made = Reversal.objects.get()
    for result in results:
        assert result.request_id == taken["ConversationID"]
        if result.code == "0":
            assert (result.amount, result.receipt, result.original) == (300, made.receipt, receipt)
    assert Text.objects.filter(body__contains="Ksh300.00 of").count() == texts


def test_a_time_out_is_told_at_its_own_address(client, settings, shop_hears):
    reverse(client, settings, paid_by("026"))
    heard(shop_hears, 1)
    assert shop_hears.received[0].path == "/payments/notify/abc/late/"


def test_money_by_paybill_goes_back_as_well(client, settings, shop_hears):
    Transfer.objects.create(receipt="SGH7X2K9QP", phone="254712345678", amount=500)
    reverse(client, settings, "SGH7X2K9QP")
    assert [result.code for result in heard(shop_hears, 1)] == ["0"]


def test_a_receipt_that_nobody_gave_and_an_initiator_that_nobody_knows(
    client, settings, shop_hears
):
    reverse(client, settings, "SGH7X2K9QP")
    assert [result.code for result in heard(shop_hears, 1)] == ["R000002"]
    refused = reverse(client, settings, paid_by("678"), Initiator="stranger").json()
    assert refused["errorMessage"] == "Wrong credentials"
    elsewhere = reverse(client, settings, paid_by("678"), ResultURL="http://10.0.0.1/x/")
    assert elsewhere.status_code == 400


def test_the_table_says_what_the_numbers_do(client):
    page = client.get("/simulators/").text
    assert "When its money is refunded, it" in page
    assert "gets nothing back: the shop" in page
