"""A start names every wrong variable at once, and a blank one takes its default."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from settings.env import own_url
from settings.logs import JsonFormatter

ROOT = Path(__file__).resolve().parents[3]


def start(module: str, names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import a settings module in a process of its own and print some of its names."""
    return subprocess.run(
        [sys.executable, "-c", f"from {module} import {names}; print({names})"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "BASE_URL": "", "DATABASE_URL": ""} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_all_wrong_variables_are_named_together():
    started = start(
        "settings.env",
        "PORT",
        DEBUG="perhaps",
        PORT="many",
        DATABASE_URL="mongodb://127.0.0.1/shop",
        QUEUE_BROKER="redis",
        REDIS_URL="",
        LOG_FORMAT="xml",
        AFRICASTALKING_USERNAME="shop",
    )
    assert started.returncode == 1
    for said in (
        "DEBUG must be true or false, not 'perhaps'",
        "PORT must be a whole number, not 'many'",
        "DATABASE_URL must begin with one of sqlite, postgres, postgresql",
        "QUEUE_BROKER=redis needs REDIS_URL",
        "LOG_FORMAT must be one of text, json, not 'xml'",
        "AFRICASTALKING_USERNAME and AFRICASTALKING_API_KEY belong together",
    ):
        assert said in started.stderr


def test_the_address_is_made_from_host_and_port_unless_it_is_set():
    assert start("settings.env", "BASE_URL", PORT="8123").stdout == "http://127.0.0.1:8123\n"
    public = start("settings.env", "BASE_URL", PORT="8123", BASE_URL="https://shop.example/")
    assert public.stdout == "https://shop.example\n"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("shop.test", "http://shop.test:8000"),
    ],
)
def test_the_address_is_one_that_a_browser_can_open(host, address):
    assert own_url(host, 8000) == address


def test_a_public_shop_does_not_start_without_key_and_hosts(tmp_path):
    started = start(
        "settings.production", "DEBUG", SECRET_KEY="", ALLOWED_HOSTS="", VAR_DIR=str(tmp_path)
    )
    assert started.returncode == 1
    assert "SECRET_KEY is missing" in started.stderr
    assert "ALLOWED_HOSTS is missing" in started.stderr


def test_a_line_of_the_log_is_one_json_object_with_its_extra_fields():
    try:
        raise ValueError("no such number")
    except ValueError:
        record = logging.getLogger("shop.orders").makeRecord(
            "shop.orders",
            logging.ERROR,
            __file__,
            1,
            "Order %s\nfailed",
            ("482 190 375",),
            sys.exc_info(),
            extra={"order": 7, "amount": object},
        )
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert line["message"] == "Order 482 190 375\nfailed"
    assert (line["level"], line["logger"], line["order"]) == ("ERROR", "shop.orders", 7)
    assert line["time"].endswith("+00:00")
    assert "ValueError: no such number" in line["exception"]


@pytest.mark.parametrize(
    ("module", "said", "required"),
    [
        ("settings.production", "", "True"),
        ("settings.production", "false", "False"),
        ("settings.dev", "", "False"),
        ("settings.dev", "true", "True"),
    ],
)
def test_staff_need_a_second_factor_in_production_unless_told_otherwise(module, said, required):
    started = start(
        module,
        "STAFF_MFA_REQUIRED",
        STAFF_MFA_REQUIRED=said,
        SECRET_KEY="long and random",
        ALLOWED_HOSTS="shop.example",
    )
    assert started.stdout == f"{required}\n"
