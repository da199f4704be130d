"""The demo shop's words hang together: nothing points to what is not there."""

from collections import Counter
from decimal import Decimal

import pytest

from shop.demo import words
from shop.demo.pictures import MOTIFS, PALETTES
from shop.demo.words.catalogue import ROOT, TAX_CLASSES

SELLABLE = [
    sku
    for product in words.products()
    for sku in ([variant.sku for variant in product.variants] or [product.sku])
]


def test_the_shop_has_about_two_hundred_products_and_a_tree_five_levels_deep() -> None:
    depths = Counter(len(category.path) for category in words.categories())
    assert 190 <= len(words.products()) <= 230
    assert depths[1] == 1
    assert depths[4] >= 10
    assert depths[5] >= 3


def test_every_sku_is_unique_whatever_its_case() -> None:
    products = [product.sku for product in words.products() if product.variants]
    counted = Counter(sku.casefold() for sku in SELLABLE + products)
    assert [sku for sku, times in counted.items() if times > 1] == []


def test_no_two_products_share_a_name() -> None:
    counted = Counter(product.name for product in words.products())
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_category_comes_after_its_parent_and_introduces_itself() -> None:
    seen: set[tuple[str, ...]] = set()
    for category in words.categories():
        assert category.path[0] == ROOT
        assert category.path not in seen
        assert len(category.path) == 1 or category.path[:-1] in seen
        assert category.introduction.endswith(".")
        assert category.motifs, f"nothing is sold in {category.path}"
        assert len(set(category.motifs)) == len(category.motifs)
        seen.add(category.path)


@pytest.mark.parametrize("product", words.products(), ids=lambda product: product.sku)
def test_every_product_is_described_priced_and_placed(product: words.ProductWords) -> None:
    paths = {category.path for category in words.categories()}
    assert product.categories
    assert set(product.categories) <= paths
    assert product.motif in MOTIFS
    assert product.palette in PALETTES
    assert product.tax_class in TAX_CLASSES
    assert product.brand
    assert len(product.description) > 40
    assert product.description.endswith(".")
    assert product.price > 0
    assert product.price == product.price.to_integral_value()
    assert product.sale_price is None or 0 < product.sale_price < product.price
    assert product.stock >= 0


@pytest.mark.parametrize(
    "product",
    [product for product in words.products() if product.variants],
    ids=lambda product: product.sku,
)
def test_the_variants_of_a_product_answer_the_same_questions(
    product: words.ProductWords,
) -> None:
    assert len(product.variants) > 1
    assert len({tuple(variant.options) for variant in product.variants}) == 1
    assert len({tuple(variant.options.values()) for variant in product.variants}) == len(
        product.variants
    )
    assert not set(product.attributes) & set(product.variants[0].options)
    for variant in product.variants:
        assert (variant.price is None) != (variant.price_difference is None)
        price = variant.price or product.price + (variant.price_difference or Decimal(0))
        assert price > 0


def test_stock_shows_every_wording_a_shopper_can_meet() -> None:
    stocks = [product.stock for product in words.products()]
    assert stocks.count(0) >= 3
    assert sum(1 <= stock <= 3 for stock in stocks) >= 8


def test_some_goods_are_featured_on_sale_and_in_every_tax_class() -> None:
    products = words.products()
    assert 10 <= sum(product.featured for product in products) <= 16
    assert sum(product.sale_price is not None for product in products) >= 25
    assert {product.tax_class for product in products} == set(TAX_CLASSES)
    assert sum(len(product.categories) > 1 for product in products) >= 15


def test_every_county_finds_a_delivery_zone() -> None:
    zones = words.delivery().zones
    assert [zone.name for zone in zones if not zone.counties] == [zones[-1].name]
    counties = [county for zone in zones for county in zone.counties]
    assert len(counties) == len(set(counties))
    for zone in zones:
        assert "pickup" in {rate.code for rate in zone.rates}
        assert all(rate.price >= 0 for rate in zone.rates)


def test_demo_shoppers_are_placeholders_and_nobody_real() -> None:
    contacts = words.contacts()
    assert len({contact.phone for contact in contacts}) == len(contacts) >= 12
    for contact in contacts:
        assert contact.name.startswith("Demo Shopper ")
        assert contact.phone.startswith("+2547000000")
        assert contact.email == "" or contact.email.endswith("@example.com")


def test_the_pages_have_something_to_say() -> None:
    assert {page.slug for page in words.pages()} == {"about", "delivery-and-returns", "questions"}
    assert all(text for page in words.pages() for _, text in page.sections)
    home = words.home()
    assert home.hero_title
    assert len(home.story) >= 3
