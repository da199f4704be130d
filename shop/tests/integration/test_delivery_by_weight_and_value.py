"""What an order weighs and is worth decides what its way costs; nobody carries the too heavy."""

from decimal import Decimal

import pytest

from shop.catalog.actions.drafts import drafts_follow
from shop.catalog.models import Product, Variant
from shop.core.errors import ShopError
from shop.flows.place_order import Purchase, place_order
from shop.orders.contact import Contact, Place
from shop.pricing.models import DeliveryMethod, DeliveryRate, DeliveryZone
from shop.pricing.queries import quote
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def flour(shop_site):
    return first_variant(
        make_product("Flour", price=200, sku="FL", stock=90, variants=[{"sku": "FL", "weight": 2}])
    )


@pytest.fixture
def bus(shop_site):
    zone = DeliveryZone.objects.create(name="Lake", regions=["Kisumu"])
    method = DeliveryMethod.objects.create(code="bus", name="Bus", sort_order=9)
    for weight, value, price in ((5, 0, 250), (20, 0, 400), (20, 3000, 100)):
        DeliveryRate.objects.create(
            method=method, zone=zone, max_weight=weight, from_value=value, price=price
        )
    return method


def fee(flour, quantity):
    wish = Purchase(Contact("A", "0712345678"), Place("Kisumu", "Milimani"), "bus")
    return place_order({flour.pk: quantity}, wish).delivery_fee


def test_the_step_that_weight_and_value_reach_counts(flour, bus):
    soap = first_variant(make_product("Soap", price=2600, stock=9))
    assert [fee(flour, quantity) for quantity in (1, 2, 3, 10)] == [250, 250, 400, 400]
    # What says nothing of its weight counts as nothing.
    priced = quote({flour.pk: 2, soap.pk: 1}, region="Kisumu", delivery_method="bus")
    assert (priced.delivery_fee, priced.delivery.rate.zone) == (100, "Lake")
    with pytest.raises(ShopError) as refusal:
        fee(flour, 11)
    assert refusal.value.code == "delivery_unavailable"


def test_a_weight_is_drafted_and_a_draft_from_before_leaves_it(flour):
    product = Product.objects.get(pk=flour.product_id)
    variants = list(product.variants.all())
    variants[0].weight = Decimal("2.5")
    product.variants.set(variants)
    draft = product.save_revision()
    assert Variant.objects.get(pk=flour.pk).weight == 2
    draft.publish()
    assert Variant.objects.get(pk=flour.pk).weight == Decimal("2.5")
    old = Product.objects.get(pk=product.pk).save_revision()
    for row in old.content["variants"]:
        del row["weight"]
    old.save()
    old.publish()
    assert Variant.objects.get(pk=flour.pk).weight == Decimal("2.5")


def test_what_is_weighed_meanwhile_reaches_the_open_draft(flour):
    product = Product.objects.get(pk=flour.product_id)
    product.name = "Fine flour"
    product.save_revision()
    with drafts_follow([product.pk]):
        Variant.objects.filter(pk=flour.pk).update(weight=Decimal("2.1"))
    Product.objects.get(pk=product.pk).get_latest_revision().publish()
    assert Variant.objects.get(pk=flour.pk).weight == Decimal("2.1")
    assert Product.objects.get(pk=product.pk).name == "Fine flour"
