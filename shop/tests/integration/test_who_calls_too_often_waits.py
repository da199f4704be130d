"""Limits of calls by caller and kind: 429 with the seconds to wait."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client

from shop.tests.api_tokens import TOKEN, bearer, program_token
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import ORDERS, body

pytestmark = pytest.mark.django_db

CART = "/api/v2/cart/"
PRODUCTS = "/api/v2/products/"
SOMEWHERE = "203.0.113.9"
RATES = {
    "read": {"guest": 2, "customer": 3, "token": 4},
    "write": {"guest": 2, "customer": 3, "token": 4},
    "order": {"guest": 1, "customer": 1, "token": 1},
    "tokens": {"guest": 2},
}


@pytest.fixture(autouse=True)
def limits(settings, steady_minute):
    settings.API_RATES = RATES
    yield steady_minute
    caches["counters"].clear()


def statuses(client, address, times, **more):
    return [client.get(address, **more).status_code for _ in range(times)]


def test_a_guest_is_limited_by_address(limits):
    client = Client(REMOTE_ADDR=SOMEWHERE)
    assert statuses(client, CART, 3) == [200, 200, 429]
    refused = client.get(CART)
    assert refused.headers["Retry-After"] == "50"  # the minute began ten seconds ago
    (error,) = refused.json()["errors"]
    assert (refused.json()["type"], error["code"], error["attr"]) == (
        "client_error",
        "throttled",
        None,
    )
    assert statuses(Client(REMOTE_ADDR="203.0.113.10"), CART, 1) == [200]
    limits.setattr("shop.core.limits.time.time", lambda: 1_000_000_090.0)
    assert statuses(client, CART, 1) == [200]


def test_what_somebody_writes_into_a_header_is_no_address():
    client = Client(REMOTE_ADDR=SOMEWHERE)
    seen = [
        client.get(CART, headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(3)
    ]
    assert seen == [200, 200, 429]


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    client = Client(REMOTE_ADDR="10.0.0.1")

    def seen(forwarded):
        return client.get(CART, headers={"X-Forwarded-For": forwarded}).status_code

    assert [seen(f"1.1.1.{n}, {SOMEWHERE}") for n in range(3)] == [200, 200, 429]
    assert seen(f"{SOMEWHERE}, 203.0.113.77") == 200


def test_customers_and_tokens_have_limits_of_their_own():
    amina = get_user_model().objects.create_user("amina")
    browser = Client(REMOTE_ADDR=SOMEWHERE)
    browser.force_login(amina)
    assert statuses(browser, ORDERS, 4) == [200, 200, 200, 429]
    plain = Client(REMOTE_ADDR=SOMEWHERE)
    one, other = (bearer(program_token("orders:read", owner=amina)) for _ in range(2))
    assert statuses(plain, ORDERS, 5, headers=one) == [200] * 4 + [429]
    assert statuses(plain, ORDERS, 1, headers=other) == [200]


def test_reading_writing_and_ordering_are_counted_apart(shop_site):
    first_variant(make_product("Mango", sku="MG", stock=10))
    client = Client(REMOTE_ADDR=SOMEWHERE)
    assert statuses(client, CART, 3) == [200, 200, 429]

    def sent(address, what):
        return client.post(address, what, content_type="application/json").status_code

    line = {"sku": "MG", "quantity": 1}
    assert [sent("/api/v2/cart/lines/", line) for _ in range(3)] == [201, 201, 429]
    assert [sent(ORDERS, body({"sku": "MG"})) for _ in range(2)] == [201, 429]


def test_the_catalogue_is_open_to_everybody(shop_site):
    make_product("Mango")
    client = Client(REMOTE_ADDR=SOMEWHERE)
    for address in (PRODUCTS, "/api/v2/categories/tree/", "/api/v2/pages/", "/api/v2/schema/"):
        assert statuses(client, address, 5) == [200] * 5, address


def test_the_machine_itself_is_no_guest_to_be_limited():
    assert statuses(Client(REMOTE_ADDR="127.0.0.1"), CART, 5) == [200] * 5
    assert statuses(Client(REMOTE_ADDR="::1"), CART, 5) == [200] * 5


def test_secrets_are_not_guessed_without_end():
    client = Client(REMOTE_ADDR=SOMEWHERE)
    guess = {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"}
    answers = [client.post(TOKEN, guess) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[-1].headers["Retry-After"] == "50"
