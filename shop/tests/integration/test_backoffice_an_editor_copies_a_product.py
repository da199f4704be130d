"""A copy can be saved as it comes: new address, new SKUs, nothing taken from the original."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shop.catalog.models import Product
from shop.tests.factories import make_category, make_image, make_product
from shop.tests.integration.backoffice_forms import form_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirt(shop_site: Any) -> Product:
    return make_product(
        "Shirt",
        price=900,
        sku="TEE",
        categories=[make_category("Clothes")],
        pictures=[make_image()],
        attributes={"Material": "Cotton"},
        variants=[
            {"sku": "TEE-M", "options": {"Size": "M"}},
            {"sku": "TEE-L", "options": {"Size": "L"}, "price_difference": 50},
        ],
    )


def save_copy(client: Client, product: Product) -> Product:
    fields = form_fields(client, reverse("products:copy", args=[product.pk]))
    answer = client.post(reverse("products:add"), fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return Product.objects.latest("pk")


def test_a_copy_is_saved_as_it_comes(admin_client: Client, shirt: Product) -> None:
    copy = save_copy(admin_client, shirt)

    assert (copy.name, copy.sku, copy.slug) == ("Shirt (copy)", "TEE-2", "shirt-copy")
    assert not copy.live
    assert [v.sku for v in copy.variants.order_by("sort_order")] == ["TEE-2-1", "TEE-2-2"]
    assert [v.options for v in copy.variants.order_by("sort_order")] == [
        {"Size": "M"},
        {"Size": "L"},
    ]
    assert copy.placements.count() == copy.pictures.count() == copy.attributes.count() == 1
    original = Product.objects.get(pk=shirt.pk)
    assert (original.sku, original.live) == ("TEE", True)
    assert original.variants.count() == 2
    assert original.placements.count() == original.pictures.count() == 1


def test_a_copy_of_the_copy_and_a_second_copy_are_free_too(
    admin_client: Client, shirt: Product
) -> None:
    first = save_copy(admin_client, shirt)
    second = save_copy(admin_client, shirt)
    third = save_copy(admin_client, first)

    assert len({product.sku for product in (first, second, third)}) == 3
    assert len({product.slug for product in (first, second, third)}) == 3


def test_a_simple_product_copies_with_one_variant(admin_client: Client, shop_site: Any) -> None:
    copy = save_copy(admin_client, make_product("Mug", sku="MUG"))

    assert copy.variants.get().sku == copy.sku == "MUG-2"
