"""Single products are made and changed by the same rules as imported ones."""

from decimal import Decimal

import pytest

from shop.catalog.actions import create_product, update_product
from shop.catalog.models import Product, Variant
from shop.core.errors import ShopError
from shop.inventory.actions import reserve
from shop.inventory.models import StockLevel
from shop.tests.factories import ShopSite, first_variant, make_category_path, make_product
from shop.tests.integration.catalogue_imports import paths_of
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]


def test_a_new_product_is_for_sale_in_its_categories() -> None:
    bakery = make_category_path("Bakery")
    made = create_product(
        name="Bun",
        price=Decimal("30.50"),
        sku="BUN",
        description="Soft & fresh",
        categories=[("All Products", "Breakfast", "Sweet"), bakery.pk],
        stock=4,
        brand="Mkate",
    )
    assert paths_of(made) == ["All Products/Breakfast/Sweet", "All Products/Bakery"]
    assert made.description == "<p>Soft &amp; fresh</p>"
    assert made.slug == "bun"
    assert StockLevel.objects.get(variant_id=first_variant(made).pk).on_hand == 4
    assert list(Product.objects.live()) == [made]
    assert_lists_are_true()
    assert_stock_is_true()


def test_a_draft_is_not_for_sale() -> None:
    create_product(name="Bun", price=Decimal("30"), live=False)
    assert not Product.objects.live().exists()


def test_changes_reach_the_live_product_and_its_draft(shop_site: ShopSite) -> None:
    bun = make_product("Bun", sku="BUN", price="30", categories=[make_category_path("Bakery")])
    bun.save_revision().publish()
    edited = Product.objects.get()
    edited.name = "Big bun"
    old = edited.save_revision()
    update_product(
        product_id=bun.pk,
        changes={"price": Decimal("35"), "categories": [("Breakfast",)], "stock": 9},
    )
    changed = Product.objects.get()
    assert (changed.name, changed.price) == ("Bun", Decimal("35"))
    assert StockLevel.objects.get(variant_id=first_variant(bun).pk).on_hand == 9
    old.refresh_from_db()
    old.publish()
    published = Product.objects.get()
    assert (published.name, published.price) == ("Big bun", Decimal("35"))
    assert paths_of(published) == ["All Products/Breakfast"]
    assert_lists_are_true()


def test_what_is_not_named_stays() -> None:
    made = create_product(
        name="Bun", price=Decimal("30"), categories=[("Bakery",)], stock=4, brand="Mkate"
    )
    update_product(product_id=made.pk, changes={"name": "Roll"})
    changed = Product.objects.get()
    assert (changed.name, changed.slug, changed.brand) == ("Roll", "bun", "Mkate")
    assert paths_of(changed) == ["All Products/Bakery"]
    assert first_variant(changed).pk == first_variant(made).pk


def test_a_new_sku_is_what_shoppers_order_by() -> None:
    made = create_product(name="Bun", price=Decimal("30"), sku="BUN")
    update_product(product_id=made.pk, changes={"sku": "ROLL"})
    assert (first_variant(made).sku, first_variant(made).sku_key) == ("ROLL", "roll")
    free = create_product(name="Another bun", price=Decimal("30"), sku="BUN")
    assert first_variant(free).sku == "BUN"


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"name": ""}, "invalid_product", "name"),
        ({"price": Decimal("-1")}, "invalid_product", "price"),
        ({"sale_price": Decimal("40")}, "invalid_product", "sale_price"),
        ({"sku": "taken"}, "invalid_product", "sku"),
        ({"sku": "taken-m"}, "sku_taken", "sku"),
        ({"categories": [4_000_000]}, "category_missing", "categories"),
        ({"categories": [("", "X")]}, "bad_category_path", "categories"),
        ({"stock": -1}, "negative_stock", "stock"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    fields: dict[str, object], code: str, field: str | None
) -> None:
    make_product("T", sku="TAKEN", variants=[{"sku": "TAKEN-M", "options": {"Size": "M"}}])
    before = everything()
    with pytest.raises(ShopError) as caught:
        create_product(**{"name": "Bun", "price": Decimal("30"), **fields})
    assert caught.value.code == code
    assert caught.value.field == field
    assert everything() == before


def test_stock_of_a_product_with_variants_or_promises() -> None:
    shirt = make_product(
        "Shirt", variants=[{"sku": s, "options": {"Size": s}, "stock": 5} for s in ("M", "L")]
    )
    with pytest.raises(ShopError, match="each of them"):
        update_product(product_id=shirt.pk, changes={"stock": 3})
    bun = make_product("Bun", stock=5)
    reserve(reference="1", demand={first_variant(bun).pk: 3}, skus={})
    with pytest.raises(ShopError) as caught:
        update_product(product_id=bun.pk, changes={"stock": 2, "name": "Roll"})
    assert caught.value.code == "stock_below_reserved"
    assert Product.objects.get(pk=bun.pk).name == "Bun"
    with pytest.raises(ShopError) as caught:
        update_product(product_id=4_000_000, changes={})
    assert caught.value.code == "product_missing"


def test_a_product_can_be_hidden_and_shown_again() -> None:
    made = create_product(name="Bun", price=Decimal("30"), live=False)
    update_product(product_id=made.pk, changes={"live": True})
    assert Product.objects.live().get().first_published_at is not None
    update_product(product_id=made.pk, changes={"live": False})
    assert not Product.objects.live().exists()
    assert Variant.objects.count() == 1
    assert_lists_are_true()
