"""Rows with parent_sku become variants; the one the shop had made by itself makes room."""

from decimal import Decimal

import pytest

from shop.catalog.models import Product, Variant
from shop.inventory.actions import reserve
from shop.inventory.models import StockLevel
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.catalogue_imports import counts, faults, imported_rows, product
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

HEADER = "sku,name,price,category_path,sale_price,stock,parent_sku,option:Size,option:Colour"
SHIRT = "S,Shirt,900,Clothes,,,,,"


def rows(*lines: str) -> tuple[int, int, int, int]:
    return counts(imported_rows(*lines, header=HEADER))


def variants(sku: str = "S") -> dict[str, Variant]:
    return {variant.sku: variant for variant in Variant.objects.filter(product__sku=sku)}


def test_a_product_with_its_variants_in_one_file() -> None:
    assert rows(SHIRT, "S-M,Shirt,900,,,4,S,M,Red", "S-L,Shirt,950,,800,0,S,L,Red") == (3, 0, 0, 0)
    made = variants()
    assert list(made) == ["S-M", "S-L"]
    assert made["S-M"].options == {"Size": "M", "Colour": "Red"}
    assert (made["S-L"].price, made["S-L"].sale_price) == (Decimal("950"), Decimal("800"))
    assert StockLevel.objects.get(variant_id=made["S-M"].pk).on_hand == 4
    assert Product.objects.count() == 1
    assert_lists_are_true()
    assert_stock_is_true()


def test_the_automatic_variant_goes_when_the_first_real_one_comes() -> None:
    rows("S,Shirt,900,Clothes,,5,,,")
    automatic = first_variant(product("S"))
    assert rows("S-M,Shirt,900,,,4,S,M,", "S-L,Shirt,900,,,4,s,L,") == (2, 0, 0, 0)
    assert list(variants()) == ["S-M", "S-L"]
    assert [v.sort_order for v in variants().values()] == [1, 2]
    assert not Variant.objects.filter(pk=automatic.pk).exists()
    assert_lists_are_true()
    assert_stock_is_true()


def test_an_order_for_the_automatic_variant_survives_it() -> None:
    rows("S,Shirt,900,Clothes,,5,,,")
    automatic = first_variant(product("S"))
    reserve(reference="1", demand={automatic.pk: 2}, skus={})
    rows("S-M,Shirt,900,,,4,S,M,")
    assert StockLevel.objects.get(variant_id=automatic.pk).reserved == 2
    assert_stock_is_true()


def test_variants_are_updated_by_their_sku() -> None:
    rows(SHIRT, "S-M,Shirt,900,,,4,S,M,Red", "S-L,Shirt,900,,,4,S,L,Red")
    change = ("S-M,Shirt,910,,,4,S,M,Red", "S-L,Shirt,900,,,4,S,L,Blue", "S-X,Shirt,900,,,,S,X,")
    assert rows(*change) == (1, 2, 0, 0)
    assert rows(*change) == (0, 0, 3, 0)
    assert variants()["S-M"].price == Decimal("910")
    assert variants()["S-L"].options == {"Size": "L", "Colour": "Blue"}
    assert rows("S-L,Shirt,905,,,,S,,") == (0, 1, 0, 0)
    assert variants()["S-L"].options == {"Size": "L", "Colour": "Blue"}
    assert StockLevel.objects.get(variant_id=variants()["S-L"].pk).on_hand == 4
    assert_lists_are_true()


def test_a_variant_without_a_price_of_its_own_keeps_following() -> None:
    shirt = make_product(
        "Shirt", sku="S", price=900, variants=[{"sku": "S-M", "options": {"Size": "M"}}]
    )
    assert rows("S-M,Shirt,900,,,,S,M,") == (0, 0, 1, 0)
    assert first_variant(shirt).price is None


def test_rows_that_cannot_be_variants_say_why() -> None:
    rows(SHIRT, "S-M,Shirt,900,,,,S,M,", "H,Hat,400,Clothes,,,,,")
    run = imported_rows(
        "S-1,Shirt,900,,,,S,,",
        "S-2,Shirt,900,,,,S,M,",
        "H,Hat,400,,,,S,XL,",
        "S-M,Shirt,900,Clothes,,,,,",
        "T-1,Shirt,900,,,,T,M,",
        "T-2,Shirt,900,,,,S-M,L,",
        "S-M,Shirt,900,,,,H,M,",
        header=HEADER,
    )
    assert [(sku, column, code) for _, sku, column, code in faults(run)] == [
        ("S-1", "options", "options_missing"),
        ("S-2", "options", "options_taken"),
        ("H", "sku", "sku_is_a_product"),
        ("S-M", "sku", "sku_is_a_variant"),
        ("T-1", "parent_sku", "parent_missing"),
        ("T-2", "parent_sku", "parent_is_a_variant"),
        ("S-M", "sku", "duplicate_sku"),
    ]
    run = imported_rows("S-M,Shirt,900,,,,H,M,", header=HEADER)
    assert faults(run)[0][3] == "variant_of_another_product"


def test_the_parent_must_come_first() -> None:
    run = imported_rows("S-M,Shirt,900,,,,S,M,", SHIRT, header=HEADER)
    assert counts(run) == (1, 0, 0, 1)
    assert "must come before" in run.errors[0]["detail"]
    assert list(variants()) == ["S"]


def test_stock_of_a_product_that_has_variants_is_told_and_not_read() -> None:
    rows(SHIRT, "S-M,Shirt,900,,,4,S,M,")
    run = imported_rows("S,Shirt,900,Clothes,,9,,,", header=HEADER)
    assert counts(run) == (0, 0, 1, 0)
    assert "each variant has its own" in run.warnings[0]
    assert StockLevel.objects.get(variant_id=variants()["S-M"].pk).on_hand == 4
