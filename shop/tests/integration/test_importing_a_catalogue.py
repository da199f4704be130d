"""A shopkeeper imports a file: new products are for sale, known ones change where they differ."""

from decimal import Decimal
from io import BytesIO

import pytest
from wagtail.models import Page

from shop.catalog.actions import import_catalogue
from shop.catalog.models import CategoryPage, ImportRun, Listing, Product, Variant
from shop.catalog.signals import products_changed
from shop.inventory.actions import reserve
from shop.inventory.models import Movement, StockLevel
from shop.tests.factories import first_variant, make_category_path, make_product
from shop.tests.integration.catalogue_imports import (
    HEADER,
    counts,
    faults,
    imported,
    imported_rows,
    paths_of,
    product,
)
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

WIDE = "sku,name,price,category_path,description,sale_price,stock,brand,currency"


def test_a_row_becomes_a_product_that_is_for_sale() -> None:
    run = imported_rows(
        'B-1,Brown bread,120.50,All Products/Bakery/Bread|Breakfast,"Soft & <fresh>.\n\nTwo days.",'
        "99,7,Mkate,KES",
        header=WIDE,
    )
    assert counts(run) == (1, 0, 0, 0)
    assert run.warnings == []
    bread = product("B-1")
    assert (bread.name, bread.slug, bread.brand) == ("Brown bread", "brown-bread", "Mkate")
    assert (bread.price, bread.sale_price) == (Decimal("120.50"), Decimal("99.00"))
    assert bread.description == "<p>Soft &amp; &lt;fresh&gt;.</p><p>Two days.</p>"
    assert bread.live
    assert bread.first_published_at is not None
    assert paths_of(bread) == ["All Products/Bakery/Bread", "All Products/Breakfast"]
    variant = bread.variants.get()
    assert (variant.sku, variant.sku_key, variant.options) == ("B-1", "b-1", {})
    level = StockLevel.objects.get(variant_id=variant.pk)
    assert (level.tracked, level.on_hand) == (True, 7)
    movement = Movement.objects.get(variant_id=variant.pk)
    assert (movement.kind, movement.on_hand_change) == (Movement.Kind.IMPORTED, 7)
    assert list(Product.objects.live()) == [bread]
    assert_lists_are_true()
    assert_stock_is_true()


def test_an_imported_product_is_like_one_made_by_hand() -> None:
    category = make_category_path("Bakery")
    by_hand = make_product(
        "Buns", sku="H-1", price="30", brand="Mkate", categories=[category], stock=5
    )
    imported_rows("I-1,Buns,30,Bakery,5,Mkate", header=f"{HEADER},stock,brand")
    made = product("I-1")
    own = {"id", "sku", "sku_key", "slug", "created_at", "updated_at", "first_published_at"}
    for field in Product._meta.concrete_fields:
        if field.attname not in own | {"last_published_at"}:
            assert getattr(made, field.attname) == getattr(by_hand, field.attname), field.attname
    for field in Variant._meta.concrete_fields:
        if field.attname not in own | {"product_id", "sort_order"}:
            theirs = getattr(first_variant(by_hand), field.attname)
            assert getattr(first_variant(made), field.attname) == theirs, field.attname
    lists = {
        each: set(Listing.objects.filter(product=each).values_list("category_id", "price"))
        for each in (made, by_hand)
    }
    assert lists[made] == lists[by_hand]
    assert_lists_are_true()


def test_without_a_stock_figure_nobody_counts() -> None:
    imported_rows("A,Apple,10,Fruits")
    assert not StockLevel.objects.get(variant_id=first_variant(product("A")).pk).tracked
    assert Movement.objects.count() == 0
    assert_stock_is_true()


def test_a_product_with_stock_nought_is_sold_out() -> None:
    imported_rows("A,Apple,10,Fruits,0", header=f"{HEADER},stock")
    assert not Listing.objects.filter(in_stock=True).exists()
    assert_lists_are_true()


def test_the_same_file_again_writes_nothing() -> None:
    text = "\n".join(
        [
            WIDE + ",parent_sku,option:Size",
            "A,Apple,10,Fruits|Snacks,Red,9,3,Farm,USD,,",
            "S,Shirt,900,Clothes,,,,,KES,,",
            "S-M,Shirt,900,Clothes,,,4,,KES,S,M",
            "S-L,Shirt,950,Clothes,,,5,,KES,S,L",
        ]
    )
    assert counts(imported(text)) == (4, 0, 0, 0)
    before = everything()
    assert counts(imported(text)) == (0, 0, 4, 0)
    after = everything()
    for label in ("catalog.ImportRun",):
        before.pop(label)
        after.pop(label)
    assert after == before


def test_only_what_differs_is_updated_and_floors_above_are_told() -> None:
    imported_rows("A,Apple,10,Fruits", "B,Banana,20,Fruits", "C,Cherry,30,Fruits")
    told: list[int] = []

    def listen(product_ids: list[int], **kwargs: object) -> None:
        told.extend(product_ids)

    products_changed.connect(listen)
    try:
        run = imported_rows("A,Apple,10,Fruits", "b,Banana,21,Fruits", "C,Sweet cherry,30,Fruits")
    finally:
        products_changed.disconnect(listen)
    assert counts(run) == (0, 2, 1, 0)
    assert told == [product("B").pk, product("C").pk]
    assert product("B").price == Decimal("21.00")
    assert (product("C").name, product("C").slug) == ("Sweet cherry", "cherry")
    assert_lists_are_true()


def test_an_empty_cell_and_a_missing_column_leave_things_alone() -> None:
    imported_rows("A,Apple,10,Fruits,Crisp,9,3,Farm,KES", header=WIDE)
    before = Product.objects.values().get()
    assert counts(imported_rows("A,Apple,10,Fruits,,,,,", header=WIDE)) == (0, 0, 1, 0)
    assert counts(imported_rows("A,Apple,10,Fruits")) == (0, 0, 1, 0)
    assert Product.objects.values().get() == before
    assert StockLevel.objects.get().on_hand == 3


def test_the_path_column_replaces_the_categories() -> None:
    imported_rows("A,Apple,10,Fruits|Snacks|Red things")
    kept = product("A").placements.get(category__title="Snacks").pk
    assert counts(imported_rows("A,Apple,10,Snacks|School|Fruits")) == (0, 1, 0, 0)
    assert paths_of(product("A")) == [
        "All Products/Snacks",
        "All Products/School",
        "All Products/Fruits",
    ]
    assert product("A").placements.get(category__title="Snacks").pk == kept
    assert_lists_are_true()


def test_words_that_an_editor_marked_up_are_not_flattened() -> None:
    imported_rows("A,Apple,10,Fruits,Crisp and sweet", header=f"{HEADER},description")
    marked_up = '<p data-block-key="x1">Crisp and <b>sweet</b></p>'
    Product.objects.update(description=marked_up)
    run = imported_rows("A,Apple,10,Fruits,Crisp and sweet", header=f"{HEADER},description")
    assert counts(run) == (0, 0, 1, 0)
    run = imported_rows("A,Apple,10,Fruits,Crisp and sour", header=f"{HEADER},description")
    assert counts(run) == (0, 1, 0, 0)
    assert product("A").description == "<p>Crisp and sour</p>"


def test_equal_names_get_addresses_of_their_own() -> None:
    make_product("Apple", slug="apple")
    imported_rows(
        "A 1,Apple,10,Fruits", "A/2,Apple,10,Fruits", "A-2,Apple!,10,Fruits", "中,苹果,1,F"
    )
    slugs = list(Product.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 5
    assert {"apple-a-1", "apple-a2", "apple-a-2"} <= set(slugs)


def test_a_category_that_exists_is_used_whatever_its_case() -> None:
    fruits = make_category_path("Fruits")
    imported_rows("A,Apple,10,ALL PRODUCTS/fruits", "B,Banana,10,FRUITS")
    assert set(Product.objects.values_list("placements__category", flat=True)) == {fruits.pk}
    assert not any(Page.find_problems())


def test_a_hidden_category_hides_what_is_put_into_it() -> None:
    make_category_path("Hidden").unpublish()
    imported_rows("A,Apple,10,Hidden")
    assert not Product.objects.live().exists()
    assert_lists_are_true()


def test_a_category_deleted_or_moved_between_two_imports() -> None:
    imported_rows("A,Apple,10,Fruits/Red", "B,Banana,10,Yellow")
    CategoryPage.objects.get(title="Red").move(
        CategoryPage.objects.get(title="Yellow"), pos="last-child"
    )
    CategoryPage.objects.get(title="Fruits").delete()
    assert_lists_are_true()
    assert counts(imported_rows("A,Apple,10,Fruits/Red", "B,Banana,10,Yellow")) == (0, 1, 1, 0)
    assert paths_of(product("A")) == ["All Products/Fruits/Red"]
    assert_lists_are_true()


def test_too_deep_for_the_tree_is_refused_for_that_row() -> None:
    deep = "/".join(f"L{number}" for number in range(61))
    run = imported_rows(f"A,Apple,10,{deep}", "B,Banana,10,Fruits")
    assert counts(run) == (1, 0, 0, 1)
    assert faults(run) == [(2, "A", "category_path", "category_too_deep")]


def test_stock_below_what_orders_were_promised_is_refused_for_that_row() -> None:
    header = f"{HEADER},stock"
    imported_rows("A,Apple,10,Fruits,5", "B,Banana,10,Fruits,5", header=header)
    variant = first_variant(product("A"))
    reserve(reference="1", demand={variant.pk: 3}, skus={})
    run = imported_rows("A,Apple,12,Fruits,2", "B,Banana,10,Fruits,2", header=header)
    assert counts(run) == (0, 1, 0, 1)
    assert faults(run) == [(2, "A", "stock", "stock_below_reserved")]
    assert "3 units are promised" in run.errors[0]["detail"]
    assert product("A").price == 10
    assert counts(imported_rows("A,Apple,12,Fruits,3", header=header)) == (0, 1, 0, 0)
    assert StockLevel.objects.get(variant_id=variant.pk).available == 0
    assert_lists_are_true()
    assert_stock_is_true()


def test_another_currency_is_told_once_and_converted_never() -> None:
    run = imported_rows(
        "A,Apple,10,F,USD",
        "B,B,10,F,USD",
        "C,C,10,F,EUR",
        "D,D,1,F,KES",
        header=f"{HEADER},currency",
    )
    assert len(run.warnings) == 2
    assert "1 rows say EUR" in run.warnings[0]
    assert "2 rows say USD" in run.warnings[1]
    assert product("A").price == 10


def test_a_bad_row_stays_out_and_the_rest_goes_in() -> None:
    run = imported_rows("A,Apple,ten,Fruits", "B,Banana,10,Fruits", "b,Again,10,Fruits", "C,,,")
    assert run.created == 1
    assert run.refused == 3
    assert [(line, column) for line, _, column, _ in faults(run)][:2] == [(2, "price"), (4, "sku")]
    assert run.errors_found == len(run.errors) >= 5
    assert list(Product.objects.values_list("sku", flat=True)) == ["B"]


def test_a_trial_tells_field_by_field_and_writes_nothing() -> None:
    header = f"{HEADER},stock,parent_sku,option:Size"
    imported_rows("A,Apple,10,Fruits,3,,", "B,Banana,10,Fruits,3,,", header=header)
    before = everything()
    rows = (
        "A,Red apple,12,Fruits/New,4,,",
        "B,Banana,10,Fruits,3,,",
        "S,Shirt,900,Clothes,,,",
        "S-M,Shirt,900,Clothes,2,S,M",
        "X,Broken,-1,Fruits,1,,",
    )
    trial = ImportRun(filename="goods.csv", dry_run=True)
    import_catalogue(trial, BytesIO("\n".join([header, *rows]).encode()))
    assert counts(trial) == (2, 1, 1, 1)
    told = {each["column"]: (each["before"], each["after"]) for each in trial.differences}
    assert told == {
        "name": ("Apple", "Red apple"),
        "price": ("10.00", "12.00"),
        "stock": ("3", "4"),
        "category_path": ("All Products/Fruits", "Fruits/New"),
    }
    assert everything() == before
    assert counts(imported_rows(*rows, header=header)) == counts(trial)


def test_rows_over_several_parts_of_the_import() -> None:
    rows = [f"P{number},Product {number},10,Fruits/F{number % 7}" for number in range(5_000)]
    assert counts(imported_rows(*rows)) == (5_000, 0, 0, 0)
    rows[2_400] = "P2400,Other name,11,Fruits/F6"
    assert counts(imported_rows(*rows)) == (0, 1, 4_999, 0)
    assert_lists_are_true()


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ("sku,name,price,category_path\nN,New,1,\n", "category_path"),
        ('{"products": [{"sku": "N", "name": "New", "price": 1, "categories": []}]}', "categories"),
        ("sku,name,price,category_path\nA,Apple,1,\n", "category_path"),
    ],
)
def test_a_product_needs_a_category_unless_the_shop_knows_it_without(
    content: str, column: str
) -> None:
    make_product("Apple", sku="A", price=1, categories=[make_category_path("Fruits")])
    make_product("Bare", sku="B", price=1)

    assert [fault[2:] for fault in faults(imported(content))] == [(column, "required")]
    assert counts(imported_rows("B,Bare,1,")) == (0, 0, 1, 0)
