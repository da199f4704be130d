"""Everything the shop keeps about a customer can be taken along, and nothing about others."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from shop.core.clock import fixed
from shop.customers import actions
from shop.customers.models import User
from shop.flows.export_customer import export_customer
from shop.tests.integration.a_rich_life import (
    MAILS,
    SPRING,
    live_richly,
    make_zawadi,
)
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _spring() -> Iterator[None]:
    with fixed(SPRING):
        yield


@pytest.fixture
def zawadi(shop_site: Any) -> User:
    return make_zawadi()


def test_everything_can_be_taken_along(zawadi: User) -> None:
    live_richly(zawadi)
    kept = json.loads(json.dumps(export_customer(zawadi)))
    assert kept["profile"]["phone"] == "+254722000111"
    assert kept["addresses"][0]["landmark"] == "Purple gate"
    assert kept["consents"]["now"]["marketing_sms"] is True
    assert kept["consents"]["history"][0]["source"] == "account"
    assert kept["wishlist"][0]["product__name"] == "Mangoes"
    assert kept["cart"][0]["quantity"] == 1
    order = kept["orders"][0]
    assert (order["phone"], order["notes"]) == ("+254722000111", "Ring twice for Zawadi")
    assert (order["lines"][0]["sku"], order["lines"][0]["unit_price"]) == ("MANGO", "100.00")
    assert [step["kind"] for step in order["timeline"]] == [
        "placed", "confirmed", "packed", "shipped", "delivered",
    ]  # fmt: skip
    assert {message["channel"] for message in order["messages"]} == {"sms", "email"}
    assert [message["event"] for message in kept["messages"]] == ["welcome"]
    logins = kept["logins"]
    assert {entry["email"] for entry in logins["emails"]} == MAILS
    assert logins["social_accounts"][0]["extra_data"]["name"] == "Zawadi"
    assert logins["sessions"][0]["ip"] == "10.20.30.40"
    text = json.dumps(kept)
    for secret in (zawadi.password, '"secret"', "session_key", "your code is 424242"):
        assert secret not in text


def test_an_export_names_nobody_else(zawadi: User) -> None:
    live_richly(zawadi)
    otieno = User.objects.create_user("otieno", "otieno@example.org")
    actions.save_address(otieno, county="Kisumu", landmark="Under the fig tree")
    make_order(user=otieno, name="Otieno Ouma")
    text = json.dumps(export_customer(zawadi))
    for word in ("otieno", "Otieno", "fig tree"):
        assert word not in text
