"""The product form says in plain words what cannot be, and never breaks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shop.catalog.models import Product, Variant
from shop.tests.factories import make_product
from shop.tests.integration.backoffice_forms import errors_of, form_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirt(shop_site: Any) -> Product:
    return make_product(
        "Shirt",
        price=900,
        sku="TEE",
        variants=[
            {"sku": "TEE-M", "options": {"Size": "M"}},
            {"sku": "TEE-L", "options": {"Size": "L"}},
        ],
    )


@pytest.fixture
def other(shop_site: Any) -> Product:
    return make_product("Mug", price=300, sku="MUG")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"price": "-1"}, "A price cannot be negative."),
        ({"price": "NaN"}, "Enter a number."),
        ({"price": "99999999999999"}, "no more than 12 digits"),
        ({"sale_price": "900"}, "The sale price must be lower than the price."),
        ({"sale_price": "-5"}, "A price cannot be negative."),
        ({"sku": "mug"}, "Another product has this SKU already."),
        ({"variants-0-sku": "mug"}, "The SKU “mug” belongs to “Mug” already."),
        ({"variants-0-sku": "tee-l"}, "Two variants here have the SKU"),
        ({"variants-0-price": "-1"}, "A price cannot be negative."),
        ({"variants-0-sale_price": "900"}, "The sale price must be lower than the price."),
        ({"variants-0-price_difference": "-901"}, "The price would be below zero."),
        (
            {"variants-0-price": "5", "variants-0-price_difference": "5"},
            "Give an own price or a difference, not both.",
        ),
        ({"variants-1-options": "Size: m"}, "Another variant has these options already."),
        ({"variants-0-options": "big"}, "Write options as"),
        ({"slug": "mug"}, "Another product has this address already."),
        ({"slug": "a b"}, "valid “slug”"),
        ({"name": "x" * 301}, "at most 300 characters"),
        ({"name": ""}, "This field is required."),
        (
            {"sale_price": "5", "sale_from": "2026-05-02", "sale_until": "2026-05-01"},
            "The sale must end after it begins.",
        ),
    ],
)
def test_wrong_input_is_named(
    admin_client: Client, shirt: Product, other: Product, changes: dict[str, str], message: str
) -> None:
    address = reverse("products:edit", args=[shirt.pk])
    fields = form_fields(admin_client, address)

    answer = admin_client.post(address, {**fields, **changes, "action-publish": "action-publish"})

    assert answer.status_code == 200
    assert message in errors_of(answer).replace("&#x27;", "'")
    assert sorted(Variant.objects.values_list("sku", flat=True)) == ["MUG", "TEE-L", "TEE-M"]


def test_a_made_up_sku_that_is_taken_is_named_too(
    admin_client: Client, shirt: Product, shop_site: Any
) -> None:
    make_product("Cap", sku="CAP-1")
    address = reverse("products:edit", args=[shirt.pk])
    fields = form_fields(admin_client, address)

    answer = admin_client.post(address, {**fields, "sku": "CAP", "variants-0-sku": ""})

    assert "The SKU “CAP-1” belongs to “Cap” already." in errors_of(answer)


def test_a_category_twice_is_refused(admin_client: Client, shirt: Product, shop_site: Any) -> None:
    address = reverse("products:edit", args=[shirt.pk])
    fields = form_fields(admin_client, address)
    twice = {"placements-TOTAL_FORMS": "2"}
    for number in range(2):
        twice[f"placements-{number}-category"] = str(shop_site.all_products.pk)
        twice[f"placements-{number}-ORDER"] = str(number + 1)
        twice[f"placements-{number}-id"] = ""

    answer = admin_client.post(address, {**fields, **twice})

    assert answer.status_code == 200
    assert "duplicate" in errors_of(answer)


def test_two_variants_can_change_skus(admin_client: Client, shirt: Product) -> None:
    address = reverse("products:edit", args=[shirt.pk])
    fields = form_fields(admin_client, address)

    answer = admin_client.post(
        address,
        {
            **fields,
            "variants-0-sku": "TEE-L",
            "variants-1-sku": "TEE-M",
            "action-publish": "action-publish",
        },
    )

    assert answer.status_code == 302
    assert dict(Variant.objects.values_list("sku", "options")) == {
        "TEE-L": {"Size": "M"},
        "TEE-M": {"Size": "L"},
    }
