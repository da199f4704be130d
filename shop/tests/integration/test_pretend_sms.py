"""What the shop writes to phones is read in the browser; a public shop has no such page."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shop.simulators.models import Text

ROOT = Path(__file__).resolve().parents[3]
SMS = "/simulators/africastalking/version1/messaging"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def credentials(settings):
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "at-key"


def sms(client, to="+254712345678", **fields):
    form = {"username": "duka", "to": to, "message": "Asante! Order 482 190 375", **fields}
    return client.post(SMS, form, headers={"apiKey": "at-key"})


def test_an_sms_is_read_on_the_phone_and_printed(client, capsys):
    answer = sms(client)
    assert (answer.status_code, answer.headers["Content-Type"]) == (201, "application/json")
    data = answer.json()["SMSMessageData"]
    assert data["Message"] == "Sent to 1/1 Total Cost: KES 0.8000"
    (entry,) = data["Recipients"]
    assert entry["messageId"] == Text.objects.get().message_id
    assert (entry["statusCode"], entry["status"]) == (101, "Success")
    assert "Asante! Order 482 190 375" in client.get("/simulators/phone/254712345678/").text
    assert "+254712345678" in client.get("/simulators/").text
    assert "Asante! Order 482 190 375" in capsys.readouterr().out


def test_a_number_that_ends_on_a_code_gets_no_sms(client):
    (entry,) = sms(client, "+254712345406").json()["SMSMessageData"]["Recipients"]
    assert (entry["statusCode"], entry["status"]) == (406, "UserInBlacklist")
    assert entry["messageId"] == "None"
    assert "Asante" not in client.get("/simulators/phone/254712345406/").text


def test_an_sms_with_a_wrong_key_is_refused(client):
    assert client.post(SMS, {"username": "duka"}, headers={"apiKey": "no"}).status_code == 401
    assert sms(client, to="0712").status_code == 400


LOOK = """
import django; django.setup()
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
match = resolve("/simulators/phone/254712345678/")
print(apps.is_installed("shop.simulators"), match.func.__module__, "127.0.0.1" in "".join(
    str(getattr(settings, name)) for name in ("MPESA_BASE_URL", "AFRICASTALKING_BASE_URL")))
"""


@pytest.mark.parametrize(
    ("module", "answer"),
    [
        ("settings.production", "False home.views False"),
        ("settings.dev", "True shop.simulators.views.phone True"),
    ],
)
def test_a_public_shop_has_no_pretend_phones(tmp_path, module, answer):
    started = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": module,
            "SECRET_KEY": "long and random",
            "ALLOWED_HOSTS": "shop.example",
            "VAR_DIR": str(tmp_path),
            "SIMULATORS_URL": "http://127.0.0.1:8000/simulators",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert started.stdout.strip() == answer, started.stderr
