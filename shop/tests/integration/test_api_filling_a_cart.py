"""A headless front fills a cart by its token and orders what is in it."""

import pytest

from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import body, errors, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def mango(shop_site):
    return first_variant(make_product("Mango", price=116, sku="MG", stock=10))


@pytest.fixture
def bread(shop_site):
    return first_variant(make_product("Bread", price="65.50", sku="BR", stock=4, tax_class="zero"))


def test_the_cart_is_filled_and_ordered_by_its_token(client, mango, bread):
    cart = post(client, {"sku": "mg", "quantity": 2}, path="/api/v2/cart/lines/")
    token = {"X-Cart-Token": cart["token"]}
    cart = post(client, {"variant": bread.pk}, path="/api/v2/cart/lines/", **token)
    line = cart["lines"][0]
    assert (line["sku"], line["quantity"], line["line_total"]) == ("MG", 2, "232.00")
    assert (cart["count"], cart["subtotal"], cart["can_be_ordered"]) == (3, "297.50", True)
    path = f"/api/v2/cart/lines/{line['id']}/"
    patch = client.patch(path, '{"quantity": 1}', content_type="application/json", headers=token)
    assert patch.json()["subtotal"] == "181.50"
    refused = client.patch(path, '{"quantity": 11}', content_type="application/json", headers=token)
    assert (refused.status_code, errors(refused.json())) == (
        409,
        {("quantity", "insufficient_stock")},
    )
    assert client.delete(path).status_code == 404
    assert client.delete(path, headers=token).json()["count"] == 1
    assert client.get("/api/v2/cart/").json()["lines"] == []
    sent = body()
    del sent["items"]
    assert post(client, sent, 400)["errors"][0]["code"] == "cart_empty"
    order = post(client, sent, **token)
    assert [item["sku"] for item in order["items"]] == ["BR"]
    assert client.get("/api/v2/cart/", headers=token).json()["lines"] == []
    assert post(client, sent, 400, **token)["errors"][0]["code"] == "cart_empty"


@pytest.mark.parametrize(
    ("sent", "status", "attr"),
    [
        ({"sku": "NO"}, 400, "sku"),
        ({"sku": "MG", "quantity": 11}, 409, "quantity"),
        ({"sku": "MG", "quantity": 0}, 400, "quantity"),
        ({"sku": "MG", "quantity": 10**30}, 400, "quantity"),
        ({"variant": 10**15}, 404, "variant"),
        ({}, 400, None),
        ([], 400, None),
    ],
)
def test_what_cannot_go_into_a_cart(client, mango, sent, status, attr):
    answer = post(client, sent, status, "/api/v2/cart/lines/")
    assert answer["errors"][0]["attr"] in (attr, "non_field_errors")
