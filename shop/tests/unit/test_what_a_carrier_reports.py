"""What a report of the phone network makes of a message: the whole table."""

import pytest

from shop.notifications.rules import budget, reports, with_way_out

STATES = "due sending sent delivered failed unknown expired cancelled".split()
WORDS = {
    "Sent": "on_its_way",
    "Submitted": "on_its_way",
    "Buffered": "on_its_way",
    "Success": "arrived",
    "Rejected": "lost",
    "Failed": "lost",
    "Expired": "lost",
    "AbsentSubscriber": "lost",
    "SUCCESS ": "arrived",
    "": "",
    "Nonsense": "",
}
# Read as: a message in this state has, after this verdict, that state.
TABLE = {
    ("sent", "on_its_way"): "sent",
    ("sent", "arrived"): "delivered",
    ("sent", "lost"): "failed",
    ("unknown", "on_its_way"): "sent",
    ("unknown", "arrived"): "delivered",
    ("unknown", "lost"): "failed",
    ("failed", "arrived"): "delivered",
}


@pytest.mark.parametrize(("word", "verdict"), WORDS.items())
def test_the_carriers_words(word, verdict):
    assert reports.verdict(word) == verdict


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verdict", ["on_its_way", "arrived", "lost", ""])
def test_every_state_and_every_verdict(state, verdict):
    assert reports.state_after(state, verdict) == TABLE.get((state, verdict), "")


def test_why_something_failed_is_said_in_words():
    assert reports.failure_words("Failed", "UserIsInactive").startswith("The phone is off")
    assert reports.failure_words("Rejected", "") == "The network refused the message [Rejected]"
    assert reports.failure_words("Failed", "NewReason").endswith("[NewReason]")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("id=A&status=Success", {"id": "A", "status": "Success"}),
        ('{"id": "A", "retryCount": 0}', {"id": "A", "retryCount": "0"}),
        ("", {}),
        ("{cut", {}),
        ("\x00\x00", {}),
        ("phoneNumber=%2B254712345678", {"phoneNumber": "+254712345678"}),
    ],
)
def test_a_report_is_read_as_a_form_or_as_json(body, fields):
    assert reports.read_fields(body) == fields


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("STOP", True),
        (" stop. ", True),
        ("Acha kabisa", True),
        ("Unsubscribe me", True),
        ("Please do not stop", False),
        ("", False),
        ("Where is my order?", False),
    ],
)
def test_who_wants_no_more(text, stops):
    assert reports.wants_no_more(text) is stops


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("KES 0.8000", ("KES", "0.8000")),
        ("KES 1785.50", ("KES", "1785.50")),
        ("0", ("", "0")),
        ("free", None),
        ("", None),
        ("KES 1e9", None),
    ],
)
def test_amounts_of_the_provider(text, amount):
    found = budget.read_amount(text)
    assert (found and (found[0], str(found[1]))) == amount


@pytest.mark.parametrize(
    ("cap", "event", "limit"),
    [
        (0, "news", None),
        (100, "order_placed", 100),
        (100, "news", 80),
        (100, "sign_in_code", None),
        (100, "alert", None),
    ],
)
def test_how_much_of_a_day_each_kind_may_spend(cap, event, limit):
    assert budget.allowance(cap, event) == limit


def test_the_way_out_is_added_where_it_is_missing():
    assert with_way_out("Mangoes!", "sms") == "Mangoes! Stop: {stop}"
    assert with_way_out("No more? {stop} Mangoes!", "sms").count("{stop}") == 1
    assert "{stop}" in with_way_out("Mangoes!", "email")
