"""A page costs the same few statements however deep, full or pictured its shelf is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Image

from shop.catalog.models import CategoryPage, Product
from shop.catalog.tasks import prepare_pictures
from shop.core.memory import Remembered
from shop.tests.factories import (
    ShopSite,
    make_category,
    make_category_path,
    make_image,
    make_product,
)

CATEGORY_PAGE = 4
CATEGORY_PAGE_COLD = 13
PRODUCT_PAGE = 7
PRODUCT_PAGE_COLD = 13


@pytest.fixture
def statements(client: Client) -> Callable[..., int]:
    """Count the statements of a page; `cold` as the first request of a process."""

    def count(address: str, *, cold: bool = False) -> int:
        assert client.get(address).status_code == 200
        if cold:
            Remembered.forget_everything()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


@pytest.fixture
def deep_shelf(shop_site: ShopSite) -> CategoryPage:
    """A category six levels below All Products with 24 products, pictures, and sub-categories."""
    shelf = make_category_path("One", "Two", "Three", "Four", "Five", "Six")
    shelf.picture = make_image(size=(620, 620))
    shelf.save_revision().publish()
    for title in ("Left", "Right"):
        make_category(title, shelf, picture=make_image())
    fill(shelf, 24)
    return shelf


def fill(shelf: CategoryPage, products: int) -> None:
    images = list(Image.objects.order_by("pk")[:3]) or [make_image(size=(300, 300))]
    for number in range(products):
        make_product(
            price=50 + number,
            sale_price=40 if number % 3 == 0 else None,
            brand=f"Brand {number % 5}",
            categories=[shelf],
            stock=number % 4,
            pictures=[images[number % len(images)], images[(number + 1) % len(images)]][
                : len(images)
            ],
            variants=[{"options": {"Size": size}} for size in "SML"] if number % 4 == 0 else (),
        )
    for image in images:
        prepare_pictures(image.pk)


def address(page: CategoryPage) -> str:
    return "/" + page.url_path.split("/", 2)[2]


def test_a_deep_category_with_24_pictured_products(
    deep_shelf: CategoryPage, statements: Any, client: Client
) -> None:
    page = address(deep_shelf)
    assert statements(page) <= CATEGORY_PAGE
    assert statements(page, cold=True) <= CATEGORY_PAGE_COLD
    html = client.get(page).content.decode()
    assert html.count('class="product-card"') == 24
    assert html.count('type="image/avif"') >= 24


def test_depth_and_size_do_not_matter(deep_shelf: CategoryPage, statements: Any) -> None:
    deep = statements(address(deep_shelf))
    shallow = statements("/all-products/")
    fill(deep_shelf, 12)
    assert statements(address(deep_shelf)) == deep
    assert statements("/all-products/") == shallow
    assert shallow <= CATEGORY_PAGE


@pytest.mark.parametrize(
    "words",
    [
        "sort=price",
        "sort=-price&page=2",
        "in_stock=1&on_sale=1",
        "min_price=55&max_price=70",
        "brand=Brand+1&brand=Brand+2",
        "option_size=M",
        "brand=Brand+0&option_size=M&option_size=L&min_price=10&in_stock=1&sort=name",
    ],
)
def test_filters_stay_within_the_limit(
    deep_shelf: CategoryPage, statements: Any, words: str
) -> None:
    assert statements(f"{address(deep_shelf)}?{words}") <= 12


def test_a_product_page(deep_shelf: CategoryPage, statements: Any) -> None:
    for product in Product.objects.order_by("pk")[:3]:
        assert statements(product.url) <= PRODUCT_PAGE
        assert statements(product.url, cold=True) <= PRODUCT_PAGE_COLD


def test_the_home_page(deep_shelf: CategoryPage, statements: Any) -> None:
    assert statements("/") <= 4
