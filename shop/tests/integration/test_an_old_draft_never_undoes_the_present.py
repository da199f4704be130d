"""Drafts and scheduled versions keep up with sales, imports and new variants."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision, Task, TaskState, Workflow, WorkflowTask

from shop.catalog.actions import drafts_follow
from shop.catalog.models import Product, Variant
from shop.inventory.actions import reserve
from shop.inventory.models import StockLevel
from shop.inventory.promises import ship
from shop.tests.factories import ShopSite, first_variant, make_category_path, make_product
from shop.tests.integration.catalogue_imports import counts, imported_rows, paths_of
from shop.tests.integration.drafts import draft, draft_of, publish, without
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

HEADER = "sku,name,price,category_path,description,brand,stock,parent_sku,option:Size"


@pytest.fixture
def mug(shop_site: ShopSite) -> Product:
    """A published product as an editor made it."""
    product = make_product(
        "Mug",
        sku="MUG",
        price="300",
        brand="Kiln",
        stock=10,
        description='<p data-block-key="a1">White</p>',
        categories=[make_category_path("Kitchen")],
    )
    product.save_revision().publish()
    return Product.objects.get(pk=product.pk)


def import_mug(
    name: str = "Mug", price: str = "300", path: str = "Kitchen", rest: str = ""
) -> None:
    run = imported_rows(f"MUG,{name},{price},{path},{rest or ',,,,'}", header=HEADER)
    assert counts(run) == (0, 1, 0, 0)


def test_publishing_an_old_draft_after_a_sale_leaves_stock_alone(mug: Product) -> None:
    old = draft(mug, name="Big mug")
    variant = first_variant(mug)
    reserve(reference="1", demand={variant.pk: 4}, skus={})
    ship(reference="1")
    assert publish(old).name == "Big mug"
    level = StockLevel.objects.get(variant_id=first_variant(mug).pk)
    assert (level.on_hand, level.reserved) == (6, 0)
    assert first_variant(mug).pk == variant.pk
    assert_stock_is_true()


def test_publishing_an_old_draft_after_an_import_keeps_what_was_imported(mug: Product) -> None:
    old = draft(mug, name="Big mug")
    import_mug(price="350", path="Kitchen|Gifts", rest="Blue,Fire,25,,")
    published = publish(old)
    assert published.name == "Big mug"
    assert published.price == Decimal("350")
    assert published.brand == "Fire"
    assert published.description == "<p>Blue</p>"
    assert paths_of(published) == ["All Products/Kitchen", "All Products/Gifts"]
    assert StockLevel.objects.get(variant_id=first_variant(mug).pk).on_hand == 25
    assert_lists_are_true()


def test_what_the_editor_had_changed_stays_the_editors(mug: Product) -> None:
    old = draft(mug, price=Decimal("320"), description="<p>Handmade</p>")
    import_mug(name="Mug 2", price="350", rest="Blue,,,,")
    assert Product.objects.get().price == Decimal("350")
    published = publish(old)
    assert published.price == Decimal("320")
    assert published.description == "<p>Handmade</p>"
    assert published.name == "Mug 2"
    assert_lists_are_true()


def test_a_form_that_wrote_a_price_otherwise_has_not_changed_it(mug: Product) -> None:
    old = draft(mug, price=Decimal("300.0"), brand="Sand")
    import_mug(price="350")
    assert publish(old).price == Decimal("350")


def test_words_marked_up_anew_by_the_form_are_not_a_change(mug: Product) -> None:
    Product.objects.update(description="<p>White</p>")
    old = draft(mug, brand="Sand", description='<p data-block-key="z9">White</p>')
    import_mug(rest="Blue,,,,")
    assert publish(old).description == "<p>Blue</p>"


def test_two_imports_in_a_row_both_reach_the_draft(mug: Product) -> None:
    old = draft(mug, brand="Sand")
    import_mug(price="350")
    import_mug(price="360")
    published = publish(old)
    assert (published.price, published.brand) == (Decimal("360"), "Sand")


def test_the_latest_version_without_changes_follows_too(mug: Product) -> None:
    import_mug(price="350")
    published = publish(Product.objects.get().latest_revision)
    assert published.price == Decimal("350")
    assert Product.objects.get().get_latest_revision_as_object().price == Decimal("350")


def test_a_version_scheduled_before_an_import_goes_live_with_it(mug: Product) -> None:
    moment = timezone.now() + timedelta(hours=1)
    draft(mug, name="Summer mug", go_live_at=moment).publish()
    draft(mug, brand="Later draft")
    import_mug(price="350", path="Gifts")
    Revision.objects.filter(approved_go_live_at__isnull=False).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = None
        revision.save()
    call_command("publish_scheduled", verbosity=0)
    published = Product.objects.get()
    assert published.name == "Summer mug"
    assert published.price == Decimal("350")
    assert paths_of(published) == ["All Products/Gifts"]
    assert_lists_are_true()


def test_a_submitted_version_follows_although_a_newer_draft_exists(
    mug: Product, django_user_model: type
) -> None:
    task = Task.objects.create(name="Look over")
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    user = django_user_model.objects.create_superuser("editor")
    submitted = draft(mug, name="Submitted")
    workflow.start(Product.objects.get(), user)
    assert TaskState.objects.get().revision == submitted
    draft(mug, name="Newer")
    import_mug(price="350")
    published = publish(submitted)
    assert (published.name, published.price) == ("Submitted", Decimal("350"))


def test_publishing_an_old_draft_keeps_variants_that_came_with_an_import(mug: Product) -> None:
    old = draft(mug, name="Big mug")
    rows = ("MUG-S,Mug,300,,,,3,MUG,S", "MUG-L,Mug,400,,,,4,MUG,L")
    assert counts(imported_rows(*rows, header=HEADER)) == (2, 0, 0, 0)
    before = dict(Variant.objects.values_list("sku", "pk"))
    published = publish(old)
    assert published.name == "Big mug"
    assert dict(Variant.objects.values_list("sku", "pk")) == before
    assert set(before) == {"MUG-S", "MUG-L"}
    assert_lists_are_true()
    assert_stock_is_true()


def test_publishing_an_old_draft_keeps_a_variant_added_without_any_merge(mug: Product) -> None:
    old = draft(mug, name="Big mug")
    Variant.objects.create(product=mug, sku="MUG-XL", options={"Size": "XL"})
    publish(old)
    assert set(Variant.objects.values_list("sku", flat=True)) == {"MUG", "MUG-XL"}


@pytest.fixture
def shirt(shop_site: ShopSite) -> Product:
    product = make_product(
        "Shirt",
        sku="S",
        price="900",
        variants=[
            {"sku": "S-M", "options": {"Size": "M"}, "price": Decimal("900"), "stock": 5},
            {"sku": "S-L", "options": {"Size": "L"}, "price": Decimal("950"), "stock": 5},
        ],
    )
    product.save_revision().publish()
    return Product.objects.get(pk=product.pk)


def test_a_variant_that_the_draft_takes_out_stays_out(shirt: Product) -> None:
    old = draft_of(shirt, without("S-L"))
    rows = ("S-L,Shirt,990,,,,9,S,L", "S-XL,Shirt,999,,,,9,S,XL")
    assert counts(imported_rows(*rows, header=HEADER)) == (1, 1, 0, 0)
    publish(old)
    assert set(Variant.objects.values_list("sku", flat=True)) == {"S-M", "S-XL"}
    assert_lists_are_true()


def test_prices_of_variants_are_merged_one_by_one(shirt: Product) -> None:
    def dearer(product: Product) -> None:
        variants = list(product.variants.all())
        variants[0].price = Decimal("910.5")
        product.variants = variants

    old = draft_of(shirt, dearer)
    imported_rows("S-M,Shirt,920,,,,,S,M", "S-L,Shirt,930,,,,,S,L", header=HEADER)
    publish(old)
    assert dict(Variant.objects.values_list("sku", "price")) == {
        "S-M": Decimal("910.50"),
        "S-L": Decimal("930.00"),
    }


def test_a_variant_added_in_the_draft_and_by_the_import_is_one(shirt: Product) -> None:
    def with_extra(product: Product) -> None:
        extra = Variant(sku="s-xl", options={"Size": "Extra large"})
        product.variants = [*product.variants.all(), extra]

    old = draft_of(shirt, with_extra)
    imported_rows("S-XL,Shirt,999,,,,9,S,XL", header=HEADER)
    stocked = Variant.objects.get(sku="S-XL").pk
    publish(old)
    added = Variant.objects.get(sku_key="s-xl")
    assert (added.pk, added.options) == (stocked, {"Size": "Extra large"})
    assert Variant.objects.count() == 3
    assert_stock_is_true()


def test_the_editors_order_of_categories_stays_and_new_ones_join(mug: Product) -> None:
    make_category_path("Gifts")
    import_mug(path="Kitchen|Gifts")
    product = Product.objects.get()

    def turned(edited: Product) -> None:
        placements = list(edited.placements.all())[::-1]
        for place, placement in enumerate(placements, start=1):
            placement.sort_order = place
        edited.placements = placements

    old = draft_of(product, turned)
    import_mug(path="Kitchen|Gifts|Sale")
    assert paths_of(publish(old)) == [
        "All Products/Gifts",
        "All Products/Kitchen",
        "All Products/Sale",
    ]


def test_a_new_order_of_categories_reaches_an_untouched_draft(mug: Product) -> None:
    import_mug(path="Kitchen|Gifts")
    old = draft(Product.objects.get(), brand="Sand")
    import_mug(path="Gifts|Kitchen")
    assert paths_of(publish(old)) == ["All Products/Gifts", "All Products/Kitchen"]


def test_any_change_of_live_rows_can_be_carried_along(mug: Product) -> None:
    old = draft(mug, name="Big mug")
    with drafts_follow([mug.pk]):
        Product.objects.update(sale_price=Decimal("250"), featured=True)
    published = publish(old)
    assert (published.sale_price, published.featured) == (Decimal("250"), True)


def test_a_product_without_versions_needs_nothing(shop_site: ShopSite) -> None:
    imported_rows("MUG,Mug,300,Kitchen,,,,,", header=HEADER)
    import_mug(price="350")
    assert not Revision.objects.filter(object_str="Mug").exists()


def test_a_draft_with_new_variants_publishes_them_with_stock_rows(mug: Product) -> None:
    def with_sizes(product: Product) -> None:
        product.variants = [
            Variant(sku="", options={"Size": "S"}),
            Variant(sku="MUG-L", options={"Size": "L"}),
        ]

    old = draft_of(mug, with_sizes)
    assert Variant.objects.count() == 1
    publish(old)
    assert set(Variant.objects.values_list("sku", flat=True)) == {"MUG-1", "MUG-L"}
    assert_stock_is_true()
    assert_lists_are_true()


def test_a_product_that_begins_as_a_draft(shop_site: ShopSite) -> None:
    product = Product(name="Plate", price=Decimal("200"), live=False)
    product.save()
    product.save_revision()
    assert not Product.objects.live().exists()
    assert_lists_are_true()
    publish(product.latest_revision)
    assert Product.objects.live().get().variants.get().sku == product.sku
    assert_lists_are_true()
    assert_stock_is_true()
