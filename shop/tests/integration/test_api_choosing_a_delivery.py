"""A headless front asks how things can reach the buyer, and places the order with the answer."""

import pytest

from shop.demo.seeding.prices import seed_delivery
from shop.tests.factories import make_product
from shop.tests.integration.api_orders import body, post

pytestmark = pytest.mark.django_db

DELIVERY = "/api/v2/cart/delivery/"


@pytest.fixture
def ways(shop_site, client):
    seed_delivery()

    def read(county="", **headers):
        answer = client.get(DELIVERY, {"county": county}, headers=headers)
        assert answer.status_code == 200
        return {item["code"]: item for item in answer.json()["items"]}

    return read


def test_what_reaches_a_county_comes_with_its_fee(ways):
    assert {"rider", "bus", "pickup"} == set(ways("Nairobi"))
    assert "rider" not in ways("Turkana")
    assert ways("nairobi")["rider"]["fee"] == ways("Nairobi")["rider"]["fee"] != "0.00"
    assert ways()["pickup"]["needs_address"] is False


def test_an_order_is_placed_with_one_of_them_at_its_fee(ways, client):
    make_product("Mango", sku="MG", price=120, stock=5)
    way = ways("Nairobi")["rider"]
    order = post(client, body({"sku": "MG"}, delivery_method=way["code"]))
    assert (order["delivery_method"], order["delivery_fee"]) == ("rider", way["fee"])


def test_a_word_that_means_nothing_is_refused(client):
    assert client.get(DELIVERY, {"town": "Nairobi"}).status_code == 400
