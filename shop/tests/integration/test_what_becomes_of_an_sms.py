"""Whatever Africa's Talking answers, or fails to answer, the shop knows what to do next."""

import socket
import threading

import pytest

from shop.notifications import rules
from shop.notifications.gateways import africastalking, gateway_for
from shop.notifications.gateways.africastalking import AfricasTalkingGateway
from shop.tests.fakes import africastalking as provider
from shop.tests.fakes.provider_server import page

NUMBER = "+254712345678"


@pytest.fixture
def fake():
    with provider.fake_africastalking() as running:
        yield running


def send(url, recipient=NUMBER, sender_id=""):
    gateway = AfricasTalkingGateway(
        username="duka", api_key="secret", sender_id=sender_id, base_url=url
    )
    return gateway.send(recipient=recipient, subject="", body="Hello & thanks", reference="m-1")


def test_the_request_is_the_one_that_the_provider_documents(fake):
    outcome = send(fake.url, sender_id="DUKA")
    (request,) = fake.requests
    assert request.path == "/version1/messaging"
    assert request.headers["apiKey"] == "secret"
    assert request.headers["Accept"] == "application/json"
    assert request.form == {
        "username": "duka",
        "to": NUMBER,
        "message": "Hello & thanks",
        "from": "DUKA",
        "bulkSMSMode": "1",
    }
    assert (outcome.kind, outcome.provider_id, outcome.cost) == ("sent", "ATXid_1", "KES 0.8000")


def test_without_a_sender_id_the_provider_chooses(fake):
    send(fake.url)
    assert "from" not in fake.requests[0].form


@pytest.mark.parametrize("code", [100, 101, 102])
def test_accepted(fake, code):
    fake.script(NUMBER, provider.verdict(code))
    outcome = send(fake.url)
    assert outcome.kind == rules.SENT
    assert outcome.provider_id == ""  # the string "None" is no id


@pytest.mark.parametrize("code", [401, 402, 403, 404, 406, 407, 409, 499])
def test_refused_for_good(fake, code):
    fake.script(NUMBER, provider.verdict(code))
    outcome = send(fake.url)
    assert (outcome.kind, outcome.code) == (rules.REFUSED, str(code))


@pytest.mark.parametrize("code", [500, 501, 502])
def test_tried_again_later(fake, code):
    fake.script(NUMBER, provider.verdict(code))
    outcome = send(fake.url)
    assert (outcome.kind, outcome.slow) == (rules.RETRY, False)


def test_an_empty_account_is_given_time(fake):
    fake.script(NUMBER, provider.verdict(405), provider.nobody("InsufficientBalance"))
    for outcome in (send(fake.url), send(fake.url)):
        assert (outcome.kind, outcome.slow, outcome.code) == (rules.RETRY, True, "405")


@pytest.mark.parametrize(
    ("message", "code"), [("InvalidSenderId", "402"), ("UserInBlacklist", "406")]
)
def test_a_verdict_in_words_with_nobody_among_the_recipients(fake, message, code):
    fake.script(NUMBER, provider.nobody(message))
    outcome = send(fake.url)
    assert (outcome.kind, outcome.code) == (rules.REFUSED, code)


def test_sent_to_nobody_is_not_sent(fake):
    fake.script(NUMBER, provider.nobody("Sent to 0/1 Total Cost: 0"))
    outcome = send(fake.url)
    assert outcome.kind == rules.REFUSED
    assert "Sent to 0/1" in outcome.reason


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "text/plain", "APPLICATION/JSON"]
)
def test_the_label_of_an_answer_does_not_matter(fake, content_type):
    fake.script(NUMBER, provider.success(content_type=content_type, statusCode="101"))
    assert send(fake.url).kind == rules.SENT


def test_a_web_page_with_status_200_is_somebody_in_between(fake):
    fake.script(NUMBER, page())
    assert send(fake.url).kind == rules.RETRY


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, rules.REFUSED),
        (400, rules.REFUSED),
        (401, rules.REFUSED),
        (404, rules.REFUSED),
        (408, rules.RETRY),
        (429, rules.RETRY),
        (500, rules.RETRY),
        (502, rules.RETRY),
        (503, rules.RETRY),
        (504, rules.UNKNOWN),
    ],
)
def test_http_failures(fake, status, kind):
    fake.script(NUMBER, provider.http(status, "Request is missing required form field 'to'"))
    outcome = send(fake.url)
    assert outcome.kind == kind
    assert str(status) in outcome.reason
    assert len(fake.requests) == 1


def test_a_wrong_key_is_named_as_such(fake):
    fake.script(NUMBER, provider.http(401, "The supplied authentication is invalid"))
    assert "API key" in send(fake.url).reason


@pytest.mark.parametrize(
    "reply",
    [
        provider.cut_json(),
        provider.cut_body(),
        provider.reset(),
        provider.http(200, ""),
        provider.http(200, "Success"),
        provider.http(201, "[]", provider.JSON),
        provider.http(201, '{"other": 1}', provider.JSON),
        provider.success(statusCode=999, status="New"),
        provider.success(statusCode="?", status=None),
    ],
    ids=["cut json", "cut body", "reset", "empty", "text", "list", "other", "code", "no code"],
)
def test_what_nobody_can_tell_is_unknown_and_asked_once(fake, reply):
    fake.script(NUMBER, reply)
    outcome = send(fake.url)
    assert outcome.kind == rules.UNKNOWN
    assert outcome.reason
    assert len(fake.requests) == 1


def test_no_answer_in_time_is_unknown(fake, monkeypatch):
    monkeypatch.setattr(africastalking, "TIMEOUT", (1, 0.2))
    release = threading.Event()
    fake.script(NUMBER, provider.hold(release))
    outcome = send(fake.url)
    release.set()
    assert outcome.kind == rules.UNKNOWN
    assert "in time" in outcome.reason


def test_nobody_listening_is_tried_again():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        outcome = send(f"http://127.0.0.1:{unused.getsockname()[1]}")
    assert outcome.kind == rules.RETRY


def test_an_unknown_host_is_tried_again():
    assert send("http://no-such-host.invalid").kind == rules.RETRY


def test_a_server_that_does_not_speak_tls_is_tried_again(fake):
    assert send(fake.url.replace("http:", "https:")).kind == rules.RETRY


@pytest.mark.parametrize("recipient", ["0712345678", "", "+254abc"])
def test_a_number_in_no_international_form_never_leaves(fake, recipient):
    assert send(fake.url, recipient).kind == rules.REFUSED
    assert fake.requests == []


def test_without_an_own_address_the_package_knows_the_way():
    def address(username):
        return africastalking._Messaging(username, "key", "")._make_url("/messaging")

    assert address("duka") == "https://api.africastalking.com/version1/messaging"
    assert address("sandbox") == "https://api.sandbox.africastalking.com/version1/messaging"


def test_without_credentials_an_sms_is_printed_on_an_own_machine(settings, capsys):
    settings.SMS_CONSOLE = True
    outcome = gateway_for("sms").send(recipient=NUMBER, subject="", body="Hi\nyou", reference="m")
    assert outcome.kind == rules.SENT
    printed = capsys.readouterr().out
    assert f"SMS to {NUMBER}" in printed
    assert "| Hi" in printed
    assert "| you" in printed


def test_without_credentials_a_public_shop_says_what_is_missing(settings):
    settings.SMS_CONSOLE = False
    outcome = gateway_for("sms").send(recipient=NUMBER, subject="", body="Hi", reference="m")
    assert outcome.kind == rules.REFUSED
    assert "AFRICASTALKING_API_KEY" in outcome.reason
