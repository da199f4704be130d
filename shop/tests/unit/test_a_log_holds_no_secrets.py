"""Whoever reads a log or a report of a fault finds no person and no key in it."""

import json
import logging
import re
from pathlib import Path

import pytest

from settings import masking
from settings.logs import JsonFormatter, TextFormatter

ROOT = Path(__file__).resolve().parents[3]
NAMES = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)
SECRETS = [
    name for name in NAMES if re.search(r"KEY$|SECRET$|TOKEN$|PASSKEY$|CREDENTIAL$|DSN$", name)
]


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "_own", [])


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        ("Key (email)=(amina@example.co.ke) already exists", "***@example.co.ke"),
        ("postgres://duka:s3cr3t-pw@db:5432/duka refused", "postgres://duka:***@db:5432/duka"),
        ('{"Password": "MTc0Mzc5YmZi", "Amount": 10}', '{"Password": "***", "Amount": 10}'),
        ("GET /x/?access_token=abcdef&page=2", "access_token=***&page=2"),
        ("apiKey: atsk_0123456789", "apiKey: ***"),
        ("GET /account/invitation/c2VjcmV0LWludml0YXRpb24/ 200", "/account/invitation/***/ 200"),
    ],
)
def test_what_looks_like_a_secret_is_masked(own: None, line: str, reads: str) -> None:
    assert reads in masking.masked(line)


@pytest.mark.parametrize(
    "line",
    [
        "Forbidden (CSRF token missing.): /cart/",
        "Payment 12: asked, outcome unknown: no answer in 20 s",
        "static/css/components/card.css took 3 ms @ 10:00",
        "task shop.notifications.tasks.sweep took 0.2 s",
    ],
)
def test_other_words_stay(own: None, line: str) -> None:
    assert masking.masked(line) == line


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_of_the_settings_is_never_written(own: None, name: str) -> None:
    masking.hide({name: "Zr4-mk_value/of+it"})
    record = logging.makeLogRecord(
        {"msg": "asked with %s", "args": ("Zr4-mk_value/of+it",), "body": ["Zr4-mk_value/of+it"]}
    )
    assert "Zr4-mk" not in JsonFormatter().format(record)
    assert "Zr4-mk" not in TextFormatter().format(record)


def test_the_password_in_an_address_is_one(own: None) -> None:
    masking.hide({"DATABASE_URL": "postgres://duka:p%40ss-of-the-db@db/duka"})
    masking.hide(
        {"CDN_PURGE_URL": "cloudflare://a-token-0123@zone", "BASE_URL": "https://shop.example"}
    )
    assert masking.masked("wrong: p@ss-of-the-db") == "wrong: ***"
    assert masking.masked("asked with a-token-0123") == "asked with ***"


def test_short_values_and_other_settings_mask_nothing(own: None) -> None:
    masking.hide({"METRICS_TOKEN": "", "SECRET_KEY": "duka", "OIDC_NAME": "Single sign-on"})
    line = "duka: Single sign-on"
    assert masking.masked(line) == line


def test_a_line_of_json_stays_json() -> None:
    record = logging.makeLogRecord(
        {"msg": "paid", "phone": 254712345678, "token": 42, "left": {"secret": "x", "units": 3}}
    )
    line = json.loads(JsonFormatter().format(record))
    assert line["phone"] == "254******678"
    assert line["token"] == "***"
    assert line["left"] == {"secret": "***", "units": 3}
    assert line["process"] == record.process


def test_a_heap_that_holds_itself_has_an_end() -> None:
    heap: list[object] = []
    heap.append(heap)
    assert masking.HIDDEN in json.dumps(masking.masked_tree(heap))
