"""A pretend phone decides what becomes of an SMS, tells the shop, and can write back."""

import queue
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from shop.core.clock import now
from shop.notifications.actions import apply_report
from shop.notifications.models import CarrierReport, Message
from shop.simulators.models import Text
from shop.simulators.network import FATES
from shop.tests.fakes.provider_server import Reply, serve

pytestmark = pytest.mark.django_db

SMS = "/simulators/africastalking/version1/messaging"
ACCOUNT = "/simulators/africastalking/version1/user"
LONGEST = 30  # seconds; a busy machine is no failure


@pytest.fixture(autouse=True)
def credentials(settings):
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "at-key"


@pytest.fixture
def told(settings):
    """What arrives where the shop would be."""
    arrived = queue.Queue()

    def take(incoming):
        fields = {name: values[0] for name, values in parse_qs(incoming.body.decode()).items()}
        arrived.put((urlsplit(incoming.path).path, fields))
        return Reply()

    with serve(take) as settings.CALLBACK_BASE_URL:
        yield arrived


def sms(client, phone):
    form = {"username": "duka", "to": phone, "message": "Asante!"}
    return client.post(SMS, form, headers={"apiKey": "at-key"})


@pytest.mark.parametrize(
    ("digits", "statuses", "arrives"),
    [
        ("678", ["Submitted", "Success"], True),
        ("021", ["Submitted", "Failed"], False),
        ("022", ["Rejected"], False),
        ("024", ["Success", "Success"], True),
        ("025", ["Success", "Submitted", "Buffered"], True),
        ("027", ["Failed", "Success"], True),
        ("028", ["Success"], True),
        ("029", ["Success"], True),
    ],
)
def test_the_last_digits_choose_what_is_told(client, told, digits, statuses, arrives):
    answer = sms(client, f"+254712345{digits}")
    assert answer.status_code == (504 if digits == "029" else 201)
    reports = [told.get(timeout=LONGEST) for _ in statuses]
    assert [fields["status"] for _path, fields in reports] == statuses
    text = Text.objects.get()
    assert {fields["id"] for _path, fields in reports} == {text.message_id}
    assert all(path.endswith("/delivery/") for path, _fields in reports)
    shown = client.get(f"/simulators/phone/254712345{digits}/").text
    assert ("Asante!" in shown) is arrives


def test_every_fate_is_explained_to_newcomers(client):
    page = client.get("/simulators/").text
    for digits, fate in FATES.items():
        assert digits in page
        assert fate.title.split(",")[0] in page


def test_a_phone_writes_back_to_the_shop(client, told):
    client.post("/simulators/phone/254712345678/reply/", {"text": "STOP"})
    path, fields = told.get(timeout=LONGEST)
    assert path.endswith("/incoming/")
    assert (fields["from"], fields["text"]) == ("+254712345678", "STOP")
    assert "STOP" in client.get("/simulators/phone/254712345678/").text
    client.post("/simulators/phone/254712345678/reply/", {"text": " "})
    client.post("/simulators/phone/x/reply/", {"text": "STOP"})
    assert Text.objects.count() == 1


def test_the_account_gets_poorer_by_the_part(client):
    asked = {"username": "duka"}
    before = client.get(ACCOUNT, asked, headers={"apiKey": "at-key"}).json()
    assert before == {"UserData": {"balance": "KES 1000.0000"}}
    form = {"username": "duka", "to": "+254712345026", "message": "a" * 161}
    (entry,) = client.post(SMS, form, headers={"apiKey": "at-key"}).json()["SMSMessageData"][
        "Recipients"
    ]
    assert (entry["cost"], entry["messageParts"]) == ("KES 1.6000", 2)
    after = client.get(ACCOUNT, asked, headers={"apiKey": "at-key"}).json()
    assert after["UserData"]["balance"] == "KES 998.4000"
    assert client.get(ACCOUNT, asked, headers={"apiKey": "no"}).status_code == 401


def test_the_shop_understands_what_the_pretend_network_tells(client, told):
    """Down to an answer that is lost: the report says what became of the message."""
    phone = "+254712345029"
    assert sms(client, phone).status_code == 504
    message = Message.objects.create(
        event="alert", channel="sms", recipient=phone, state="unknown", handed_over_at=now()
    )
    path, fields = told.get(timeout=LONGEST)
    form = "application/x-www-form-urlencoded"
    assert client.post(path, urlencode(fields), content_type=form).status_code == 200
    apply_report(report_id=CarrierReport.objects.get().pk)
    message.refresh_from_db()
    assert (message.state, message.provider_id) == ("delivered", Text.objects.get().message_id)
