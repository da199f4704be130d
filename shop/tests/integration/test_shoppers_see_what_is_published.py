"""What is a draft, unpublished or in an unpublished category is seen by no shopper."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from shop.catalog.models import Product
from shop.tests.factories import ShopSite, make_category_path, make_product


def words_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def everywhere(shop_site: ShopSite) -> list[str]:
    make_category_path("Produce", "Fruits")
    return ["/all-products/", "/all-products/produce/", "/all-products/produce/fruits/"]


def test_a_draft_product_is_nowhere(client: Client, everywhere: list[str]) -> None:
    draft = make_product("Secret mango", categories=[make_category_path("Produce")], live=False)
    for address in everywhere:
        assert "Secret mango" not in words_of(client, address)
    assert client.get(draft.url).status_code == 404
    assert draft.slug not in words_of(client, "/robots.txt")
    assert client.get("/sitemap-products-0.xml").status_code == 404


def test_a_draft_of_a_live_product_changes_nothing_yet(
    client: Client, everywhere: list[str]
) -> None:
    product = make_product("Mango", price=40, categories=[make_category_path("Produce")])
    product.name, product.price = "Golden mango", 90
    product.save_revision()
    assert "Golden mango" not in words_of(client, product.url)
    assert "KSh\u00a040" in words_of(client, product.url)
    Product.objects.get(pk=product.pk).get_latest_revision().publish()
    assert "Golden mango" in words_of(client, product.url)
    assert "KSh\u00a090" in words_of(client, "/all-products/")


def test_an_unpublished_category_takes_its_products_along(
    client: Client, everywhere: list[str]
) -> None:
    fruits = make_category_path("Produce", "Fruits")
    mango = make_product("Mango", categories=[fruits])
    fruits.unpublish()
    assert client.get(everywhere[2]).status_code == 404
    assert client.get(mango.url).status_code == 404
    for address in everywhere[:2]:
        page = words_of(client, address)
        assert "Mango" not in page
        assert "Fruits" not in page


def test_a_product_with_another_live_category_stays(client: Client, everywhere: list[str]) -> None:
    fruits, gifts = make_category_path("Produce", "Fruits"), make_category_path("Gifts")
    mango = make_product("Mango", categories=[fruits, gifts])
    fruits.unpublish()
    page = words_of(client, mango.url)
    assert "Gifts" in page
    assert "/produce/fruits/" not in page
    assert "Mango" not in words_of(client, "/all-products/produce/")
    assert "Mango" in words_of(client, "/all-products/gifts/")


def test_a_product_in_several_sub_categories_is_shown_once(
    client: Client, everywhere: list[str]
) -> None:
    make_product(
        "Mango",
        categories=[make_category_path("Produce", "Fruits"), make_category_path("Produce", "New")],
    )
    page = words_of(client, "/all-products/produce/")
    assert page.count('class="product-card"') == 1
    assert "1 product" in page


def test_a_deleted_product_is_gone(client: Client, everywhere: list[str]) -> None:
    mango = make_product("Mango", categories=[make_category_path("Produce")])
    mango.delete()
    assert "Mango" not in words_of(client, "/all-products/")
    assert client.get(mango.url).status_code == 404


def test_a_restricted_category_asks_for_its_password(client: Client, everywhere: list[str]) -> None:
    PageViewRestriction.objects.create(
        page=make_category_path("Produce").page_ptr,
        restriction_type=PageViewRestriction.PASSWORD,
        password="only for partners",
    )
    make_product("Mango", categories=[make_category_path("Produce", "Fruits")])
    page = words_of(client, everywhere[2])
    assert "Mango" not in page
    assert "password" in page
    assert "/produce/" not in words_of(client, "/sitemap-pages-0.xml")


def test_a_category_that_moved_is_found_under_its_new_address(
    client: Client, everywhere: list[str]
) -> None:
    fruits = make_category_path("Produce", "Fruits")
    fruits.move(make_category_path("Gifts"), pos="last-child")
    assert "Fruits" in words_of(client, "/all-products/gifts/fruits/")
    response = client.get("/all-products/produce/fruits/")
    assert response.status_code == 301
    assert response.headers["Location"].endswith("/all-products/gifts/fruits/")


def test_the_same_name_in_two_places_is_two_categories(
    client: Client, everywhere: list[str]
) -> None:
    make_product("Mango", categories=[make_category_path("Produce", "Fruits")])
    make_category_path("Gifts", "Fruits")
    assert "Mango" in words_of(client, "/all-products/produce/fruits/")
    assert "Mango" not in words_of(client, "/all-products/gifts/fruits/")
    assert client.get("/all-products/fruits/").status_code == 404


def test_other_addresses_are_not_found(client: Client, everywhere: list[str]) -> None:
    for address in ("/nothing/", "/all-products/nothing/", "/products/nothing/", "/home/"):
        assert client.get(address).status_code == 404
