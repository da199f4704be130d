"""A shopper without scripts types a voucher, chooses a point, reads what was taken off."""

import re
from html import unescape

import pytest

from shop.orders.models import Order
from shop.pricing.models import DeliveryMethod, Offer, OfferStep, PickupPoint, Voucher
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Demo Shopper",
    "phone": "0712 345 678",
    "county": "Nairobi",
    "delivery_method": "pickup",
    "payment_method": "cash_on_delivery",
}


@pytest.fixture
def pot(shop_site, client):
    pot = first_variant(make_product("Pot", price=1000, stock=50))
    client.post("/cart/lines/", {"variant": pot.sku, "quantity": 2})
    return pot


def words(answer):
    """Return what a page says, spaces made plain."""
    text = unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return " ".join(text.replace("\xa0", " ").split())


def test_the_cart_takes_a_voucher_and_gives_it_back(client, pot):
    Voucher.objects.create(code="KARIBU10", value=10)
    Offer.objects.create(name="Pot week", percent=20)
    refused = client.post("/cart/voucher/", {"voucher": "kariboo"}, follow=True)
    assert "There is no voucher “kariboo”" in words(refused)
    assert 'value="kariboo"' in refused.content.decode()
    Offer.objects.update(percent=5)
    for offer in Offer.objects.all():
        offer.save()
    assert "or an offer makes them cheaper already" in words(
        client.post("/cart/voucher/", {"voucher": "karibu10"}, follow=True)
    )
    Voucher.objects.update(combinable=True)
    said = words(client.post("/cart/voucher/", {"voucher": "karibu10"}, follow=True))
    assert "was KSh 2,000 KSh 1,710" in said
    assert "Pot week − KSh 100 Voucher KARIBU10 − KSh 190" in said
    assert (
        "Subtotal KSh 2,000 Pot week − KSh 100 Voucher KARIBU10 − KSh 190 Total KSh 1,710" in said
    )
    said = words(client.post("/cart/voucher/", {"action": "remove_voucher"}, follow=True))
    assert "Total KSh 1,900" in said


def test_the_checkout_takes_one_and_places_with_the_point(client, pot):
    Voucher.objects.create(code="KARIBU10", value=10, minimum=1500)
    method = DeliveryMethod.objects.get(code="pickup")
    PickupPoint.objects.create(method=method, name="Town", address="Moi Avenue")
    point = PickupPoint.objects.create(
        method=method, name="Westlands", address="Blue container", hours="6 to 21"
    )
    wish = {**FORM, f"pickup_point_{method.code}": point.pk}
    page = client.get("/checkout/")
    key = re.search(r'name="checkout_key" value="([^"]+)"', page.content.decode())[1]
    refused = client.post("/checkout/", {**wish, "action": "place", "voucher": "none"})
    assert (refused.status_code, Order.objects.count()) == (422, 0)
    assert "There is no voucher “none”" in words(refused)
    shown = client.post("/checkout/", {**wish, "action": "voucher", "voucher": "karibu10"})
    assert "KARIBU10 takes KSh 200 off" in words(shown)
    assert "Total KSh 1,800 VAT included KSh 248.28" in words(shown)
    chosen = rf'name="pickup_point_pickup"\s+value="{point.pk}"\s+checked'
    assert re.search(chosen, shown.content.decode())
    placed = client.post(
        "/checkout/", {**wish, "action": "place", "checkout_key": key}, follow=True
    )
    order = Order.objects.get()
    assert (order.total, order.pickup_place) == (1800, "Westlands, Blue container, 6 to 21")
    said = words(placed)
    assert "Voucher KARIBU10 − KSh 200" in said
    assert "Westlands, Blue container, 6 to 21" in said
    assert "was KSh 2,000 KSh 1,800" in said


def test_the_vat_is_said_by_class_where_there_are_several(client, pot):
    bread = first_variant(make_product("Bread", price=65, stock=5, tax_class="zero"))
    client.post("/cart/lines/", {"variant": bread.sku})
    said = words(client.post("/checkout/", {**FORM, "action": "refresh"}))
    assert "VAT included KSh 275.86 16 % of KSh 2,000 KSh 275.86 Zero-rated: KSh 65 KSh 0" in said


@pytest.mark.parametrize(
    ("fields", "steps", "said"),
    [
        ({"percent": 20}, {}, "Pot week: 20 % off"),
        ({"kind": "bundle", "percent": 100, "buy": 2, "get": 1}, {}, "buy 2, get 1 free"),
        ({"kind": "steps"}, {3: 5, 6: 10}, "from 3 units 5 % off, from 6 units 10 % off"),
    ],
)
def test_the_products_page_says_which_offer_counts_for_it(client, pot, fields, steps, said):
    offer = Offer.objects.create(name="Pot week", **fields)
    for units, percent in steps.items():
        OfferStep.objects.create(offer=offer, units=units, percent=percent)
    assert said in words(client.get(pot.product.url))
    offer.scope = "chosen"
    offer.save()
    assert said not in words(client.get(pot.product.url))
