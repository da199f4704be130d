"""What goes wrong reaches the Sentry server of the settings, and nothing about people does."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import brotli

from shop.tests.fakes.provider_server import Incoming, Reply, serve

ROOT = Path(__file__).resolve().parents[3]
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}

# A whole site of two views: whatever Sentry hooks into stays in this process of its own.
SITE = """
import logging, os, sys
import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from settings import masking, sentry
from shop.core.tracing import request_id

def broken(request, token):
    phone, password = "+254712345678", "hunter2-hunter2"
    request_id.set("abcd1234abcd1234")
    logging.getLogger("shop").warning("asked %s for money", phone)
    raise ValueError(f"no account of {phone}, amina@example.com, password={password}")

urlpatterns = [path("orders/<str:token>/", broken)]
settings.configure(
    SECRET_KEY="k", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], DEBUG=False,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
masking.hide({"MPESA_PASSKEY": "bfb279f9aa9bdbcf158e97dd71a467cd"})
started = sentry.start(os.environ["SENTRY_DSN"], "trial")
django.setup()
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
asked = RequestFactory(headers={"authorization": "Bearer abc.def-123456789"})
asked.cookies["sessionid"] = "a-session-of-amina"
wsgi, statuses = get_wsgi_application(), []
request = asked.post("/orders/q7Yb2nXk9TzLw4RmPs6Vd1Hc/?phone=0712345678", {"card": "4111111111"})
b"".join(wsgi(request.environ, lambda status, headers, *rest: statuses.append(status[:3])))
logging.getLogger("django-q").error("Failed: bfb279f9aa9bdbcf158e97dd71a467cd to %s", 254712345678)
if started:
    import sentry_sdk
    sentry_sdk.flush(10)
print(*statuses, started, "sentry_sdk" in sys.modules)
"""


def run_site(dsn: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", SITE],
        cwd=ROOT,
        env={**os.environ, "SENTRY_DSN": dsn, "no_proxy": "*"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def events(arrived: list[Incoming]) -> list[dict]:
    found = []
    for request in arrived:
        unpack = UNPACK[request.headers.get("Content-Encoding", "")]
        body = unpack(request.body)
        lines = [json.loads(line) for line in body.split(b"\n") if line]
        kinds = [line.get("type") for line in lines]
        found += [lines[place + 1] for place, kind in enumerate(kinds) if kind == "event"]
    return found


def test_without_an_address_nothing_is_loaded() -> None:
    assert run_site("") == "500 False False"


def test_a_report_says_what_happened_and_to_nobody() -> None:
    arrived: list[Incoming] = []

    def take(request: Incoming) -> Reply:
        arrived.append(request)
        return Reply(200, b"{}")

    with serve(take) as address:
        said = run_site(address.replace("//", "//0123456789abcdef@") + "/42")
    assert said == "500 True True"
    by_view, by_worker = events(arrived)

    (fault,) = by_view["exception"]["values"]
    assert fault["type"] == "ValueError"
    assert fault["value"] == "no account of +254******678, ***@example.com, password=***"
    assert any(frame["function"] == "broken" for frame in fault["stacktrace"]["frames"])
    assert not any("vars" in frame for frame in fault["stacktrace"]["frames"])
    assert by_view["request"] == {"method": "POST", "url": "http://testserver/orders/***/"}
    assert by_view["tags"]["request_id"] == "abcd1234abcd1234"
    assert by_view["environment"] == "trial"
    assert "user" not in by_view
    assert by_worker["logentry"]["message"] == "Failed: *** to %s"

    told = json.dumps([by_view, by_worker])
    for private in ("712345678", "amina@", "hunter2-hunter2.", "a-session-of", "4111", "abc.def"):
        assert private not in told, private
    assert "q7Yb2nXk9" not in told
    assert "bfb279f9" not in told
