"""The same anonymous page is made once a second; nobody gets what belongs to someone else."""

from typing import Any

import pytest
from django.test import Client

from shop.catalog.models import Product
from shop.customers.models import User
from shop.storefront import caching
from shop.tests.factories import ShopSite, make_product


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(caching, "monotonic", clock)
    return clock


@pytest.fixture
def shop(settings: Any, shop_site: ShopSite, clock: Clock) -> Client:
    settings.MICRO_CACHE_SECONDS = 1.0
    make_product("Lamp", categories=[shop_site.all_products])
    return Client()


def rename(name: str) -> None:
    product = Product.objects.get()
    product.name = name
    product.save()


def page(client: Client, address: str = "/all-products/", **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_wrong_for_a_moment_only(shop: Client, clock: Clock) -> None:
    assert "Lamp" in page(shop)
    rename("Torch")
    assert "Torch" not in page(shop)
    assert "Torch" in page(shop, "/all-products/?sort=name")
    clock.now += 0.9
    assert "Torch" not in page(shop)
    clock.now += 0.2
    assert "Torch" in page(shop)


def test_a_visitor_with_a_cookie_gets_a_fresh_page(shop: Client) -> None:
    page(shop)
    rename("Torch")
    for name in ("sessionid", "csrftoken", "anything"):
        visitor = Client()
        visitor.cookies[name] = "value"
        visitor.handler = shop.handler
        assert "Torch" in page(visitor)


def test_an_account_is_never_shown_to_others(shop: Client) -> None:
    shop.force_login(User.objects.create_user("ada", password="x"))
    assert "Account" in page(shop)
    shop.cookies.clear()
    assert "Sign in" in page(shop)


def test_what_sets_a_cookie_is_not_kept(shop: Client) -> None:
    address = Product.objects.get().url
    first = shop.get(address).cookies["csrftoken"].value
    shop.cookies.clear()
    assert shop.get(address).cookies["csrftoken"].value != first


def test_missing_pages_and_other_methods_are_not_kept(shop: Client) -> None:
    assert shop.get("/products/torch/").status_code == 404
    Product.objects.update(slug="torch")
    assert shop.get("/products/torch/").status_code == 200
    shop.cookies.clear()
    page(shop)
    assert shop.head("/all-products/").content == b""


def test_compressed_and_plain_answers_are_kept_apart(shop: Client) -> None:
    compressed = shop.get("/all-products/", headers={"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Lamp" in page(shop)
    again = shop.get("/all-products/", headers={"Accept-Encoding": "gzip"})
    assert again.content == compressed.content


def test_memory_is_bounded(shop: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(page(shop))
    monkeypatch.setattr(caching, "MOST_BYTES", 3 * size)
    for number in range(8):
        page(shop, f"/all-products/?x={number}")
    rename("Torch")
    assert "Torch" in page(shop, "/all-products/?x=0")
    assert "Torch" not in page(shop, "/all-products/?x=7")
