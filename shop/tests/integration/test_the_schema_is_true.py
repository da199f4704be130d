"""A developer trusts the description: the running shop never answers what it does not say."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.test import Client

from shop.customers.models import User
from shop.tests.integration.described_shop import CART, known_values, sharpened
from shop.tests.journeys.conftest import _django_db_helper, _own_media, small_shop  # noqa: F401

EXAMPLES = "3"
# Held against the answers: no fault, and no status, content type, header or body unsaid.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,unsupported_method,ignored_auth"
)
# Would make nobodies of the callers that come after it; nobody tries it.
LEAVING = "delete_customers_me"
TOKEN = "a" * 32

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def session_of(user: User) -> dict[str, str]:
    """Return the headers of a browser in which somebody is logged in."""
    browser = Client()
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    return {"Cookie": cookie, "X-CSRFToken": TOKEN}


@pytest.fixture(scope="module")
def shop(small_shop):  # noqa: F811
    """Find out once what the shop has: the callers change it."""
    return small_shop, known_values(small_shop)


@pytest.mark.parametrize("caller", ["nobody", "customer", "staff"])
def test_the_shop_answers_nothing_that_is_not_described(caller, shop, tmp_path):
    running, known = shop
    address = f"{running.address}/api/v2/"
    person = {"customer": running.customer, "staff": running.editor}.get(caller)
    headers = session_of(person) if person else {CART: known[CART][0]}
    heard = requests.get(f"{address}customers/me/", headers=headers, timeout=60).status_code
    assert heard == (200 if person else 401)
    accept = {"Accept": "application/json"}
    description = requests.get(f"{address}schema/", headers=accept, timeout=60).json()
    file = tmp_path / "description.json"
    file.write_text(json.dumps(sharpened(description, known)))
    run = subprocess.run(
        [
            str(Path(sys.executable).with_name("st")), "run", str(file),
            "--url", running.address, "--phases", "coverage,fuzzing", "--mode", "all",
            "--checks", CHECKS, "--max-examples", EXAMPLES, "--seed", "1",
            "--generation-deterministic", "--no-shrink", "--suppress-health-check", "all",
            "--warnings", "off", "--exclude-operation-id", LEAVING if person else "none",
            "--generation-with-security-parameters", "false",
            *(f"-H{name}:{value}" for name, value in headers.items()),
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
