"""An app applies a voucher, names a pickup point, and reads what was taken off."""

import pytest

from shop.cart.models import Cart
from shop.core.clock import now
from shop.pricing.models import DeliveryMethod, Offer, PickupPoint, Voucher
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import body, errors, post
from shop.tests.integration.graphql_door import data, refusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Pot", price=1000, stock=50))


def karibu(**fields):
    return Voucher.objects.create(**{"code": "Karibu10", "value": 10, **fields})


def test_the_api_applies_one_and_takes_it_off(client, pot):
    karibu(minimum=500)
    path = "/api/v2/cart/voucher/"
    assert post(client, {"code": "karibu10"}, 400, path)["errors"][0]["code"] == "cart_empty"
    cart = post(client, {"variant": pot.pk, "quantity": 2}, path="/api/v2/cart/lines/")
    token = {"X-Cart-Token": cart["token"]}
    assert errors(post(client, {"code": "nothing"}, 400, path, **token)) == {
        ("code", "unknown_voucher")
    }
    cart = post(client, {"code": "KARIBU10"}, 200, path, **token)
    assert (cart["subtotal"], cart["discount"], cart["total"]) == ("2000.00", "200.00", "1800.00")
    assert cart["lines"][0]["discount"] == "200.00"
    assert cart["voucher"] == {
        "code": "Karibu10",
        "applied": True,
        "amount": "200.00",
        "free_delivery": False,
        "problem": None,
    }
    Voucher.objects.update(ends_at=now())
    expired = client.get("/api/v2/cart/", headers=token).json()
    assert (expired["total"], expired["voucher"]["problem"]["code"]) == (
        "2000.00",
        "voucher_expired",
    )
    cart = client.delete(path, headers=token).json()
    assert (cart["voucher"], cart["total"]) == (None, "2000.00")


def test_an_order_by_the_api_names_voucher_and_pickup_point(client, pot):
    karibu()
    method = DeliveryMethod.objects.get(code="pickup")
    first, second = (
        PickupPoint.objects.create(method=method, name=name, address="Moi Avenue", sort_order=place)
        for place, name in enumerate(("Town", "Westlands"))
    )
    wish = body({"variant": pot.pk}, voucher="karibu10", delivery_method="pickup")
    order = post(client, wish)
    assert (order["voucher"], order["discount"], order["total"]) == ("Karibu10", "100.00", "900.00")
    assert order["pickup_point"] == {"id": first.pk, "place": "Town, Moi Avenue"}
    assert order["items"][0]["discount"] == "100.00"
    chosen = post(client, {**wish, "pickup_point": second.pk})
    assert chosen["pickup_point"]["id"] == second.pk
    for wrong in ({"pickup_point": second.pk + 1}, {"voucher": "none"}):
        answer = post(client, {**wish, **wrong}, 400)
        assert {attr for attr, _code in errors(answer)} == set(wrong)
    ways = client.get("/api/v2/cart/delivery/").json()["items"]
    points = {way["code"]: [point["name"] for point in way["pickup_points"]] for way in ways}
    assert points == {"delivery": [], "pickup": ["Town", "Westlands"]}


VOUCHER = """mutation ($code: String!) { cartApplyVoucher(code: $code) {
  discount total reductions { kind name amount } voucher { code applied problem { code } } } }"""
OFF = "mutation { cartRemoveVoucher { total voucher { code } } }"
WAYS = (
    """{ deliveryOptions(county: "Nairobi") { code fee freeBecause pickupPoints { id name } } }"""
)
ORDER = """mutation ($input: OrderInput!) { createOrder(input: $input) {
  discount voucher total payable pickupPoint { place } taxes { taxClass gross tax }
  items { discount } } }"""


def test_graphql_says_the_same(client, pot):
    karibu(kind=Voucher.Kind.DELIVERY, value=0)
    Voucher.objects.create(code="TENTH", value=10)
    pickup = DeliveryMethod.objects.get(code="pickup")
    PickupPoint.objects.create(method=pickup, name="Town", address="Moi Avenue")
    cart = post(client, {"variant": pot.pk}, path="/api/v2/cart/lines/")
    mine = {"X-Cart-Token": cart["token"]}
    assert refusals(client, VOUCHER, code="nothing", headers=mine) == [("code", "unknown_voucher")]
    data(client, VOUCHER, code="karibu10", headers=mine)
    ways = {way["code"]: way for way in data(client, WAYS, headers=mine)["deliveryOptions"]}
    assert (ways["delivery"]["fee"], ways["delivery"]["freeBecause"]) == ("0.00", "voucher")
    assert [point["name"] for point in ways["pickup"]["pickupPoints"]] == ["Town"]
    assert data(client, OFF, headers=mine)["cartRemoveVoucher"]["voucher"] is None
    applied = data(client, VOUCHER, code="tenth", headers=mine)["cartApplyVoucher"]
    assert (applied["total"], applied["reductions"]) == (
        "900.00",
        [{"kind": "voucher", "name": "TENTH", "amount": "100.00"}],
    )
    wish = {
        "contact": {"name": "Demo Shopper", "phone": "0712 345 678"},
        "deliveryMethod": "pickup",
        "pickupPoint": int(ways["pickup"]["pickupPoints"][0]["id"]),
    }
    order = data(client, ORDER, input=wish, headers=mine)["createOrder"]
    assert (order["voucher"], order["total"], order["items"]) == (
        "TENTH",
        "900.00",
        [{"discount": "100.00"}],
    )
    assert order["pickupPoint"] == {"place": "Town, Moi Avenue"}
    assert order["taxes"] == [{"taxClass": "standard", "gross": "900.00", "tax": "124.14"}]


QUOTE = """{ quote(county: "Nairobi", deliveryMethod: "delivery") {
  total payable steps { kind name why amount } } }"""


def test_the_quote_says_how_it_came_about(client, pot):
    assert client.get("/api/v2/cart/quote/").json()["errors"][0]["code"] == "cart_empty"
    karibu(minimum=500)
    Offer.objects.create(name="Pot week", percent=5)
    cup = first_variant(make_product("Cup", price=100, sale_price=80))
    cart = post(client, {"variant": pot.pk, "quantity": 2}, path="/api/v2/cart/lines/")
    mine = {"X-Cart-Token": cart["token"]}
    post(client, {"variant": cup.pk}, path="/api/v2/cart/lines/", **mine)
    Cart.objects.update(voucher_code="karibu10")
    place = {"county": "Nairobi", "delivery_method": "delivery"}
    quote = client.get("/api/v2/cart/quote/", place, headers=mine).json()
    assert (quote["subtotal"], quote["discount"], quote["total"]) == (
        "2080.00",
        "100.00",
        "2280.00",
    )
    said = [(step["kind"], step["name"], step["amount"]) for step in quote["steps"]]
    assert said == [
        ("price", "Pot", "2000.00"),
        ("offer", "Pot week", "-100.00"),
        ("price", "Cup", "80.00"),
        ("voucher", "Karibu10", "0.00"),
        ("delivery", "Delivery", "300.00"),
        ("tax", "standard", "314.48"),
    ]
    why = {step["name"]: step["why"].replace("\xa0", " ") for step in quote["steps"]}
    assert why["Cup"] == "1 x KSh 80, on sale instead of KSh 100"
    assert why["Karibu10"].startswith("The voucher Karibu10 counts from KSh 500")
    assert why["Delivery"] == "Zone Everywhere else"
    assert data(client, QUOTE, headers=mine)["quote"] == {
        name: quote[name] for name in ("total", "payable", "steps")
    }
    for wrong in ({"delivery_method": "drone"}, {"pickup_point": "9"}, {"pickup_point": "x"}):
        assert client.get("/api/v2/cart/quote/", wrong, headers=mine).status_code == 400
