"""An anonymous page is made once for each state of the shop; nobody gets what is someone else's."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils.cache import patch_vary_headers
from wagtail.models import Site

from home.models import SiteSettings
from shop.catalog.actions.products import update_product
from shop.catalog.actions.shelving import apply_sold_out_choice
from shop.catalog.changes import version
from shop.catalog.models import CatalogueSettings, CategoryPage, Product
from shop.core import kept
from shop.core.clock import fixed, now
from shop.customers.models import User
from shop.inventory.actions import set_on_hand
from shop.storefront import caching
from shop.tests.factories import ShopSite, first_variant, make_category, make_product
from shop.tests.integration.catalogue_imports import imported_rows

SHELF = "/all-products/"
LIST = "/api/v2/products/"


class Shop(Client):
    """An anonymous visitor of one process, who counts how often pages were made."""

    made = 0

    def page(self, address: str = SHELF, **headers: str) -> str:
        self.cookies.clear()
        response = self.get(address, headers=headers)
        assert response.status_code == 200, address
        return response.content.decode()


@pytest.fixture
def shop(settings: Any, shop_site: ShopSite, monkeypatch: pytest.MonkeyPatch) -> Shop:
    settings.PAGE_CACHE_SECONDS = 300.0
    make_product("Lamp", price=700, categories=[shop_site.all_products], stock=1)
    shop = Shop()
    keep = kept.KeptAnswers.keep

    def counted(*arguments: Any) -> None:
        shop.made += 1
        keep(*arguments)

    monkeypatch.setattr(kept.KeptAnswers, "keep", counted)
    return shop


def lamp() -> Product:
    return Product.objects.get(name="Lamp")


def publish_another_name() -> None:
    product = lamp()
    product.name = "Lamp of another name"
    product.save_revision().publish()


def import_another_price() -> None:
    assert imported_rows(f"{lamp().sku},Lamp,123,All Products").updated == 1


def say(**words: str) -> None:
    site = site_settings()
    for name, value in words.items():
        setattr(site, name, value)
    site.save()


def site_settings() -> SiteSettings:
    return SiteSettings.for_site(Site.objects.get(is_default_site=True))


def test_it_is_made_once_while_nothing_changes(shop: Shop) -> None:
    first = shop.page()
    assert [shop.page() for _ in range(3)] == [first] * 3
    assert shop.made == 1
    assert shop.page(LIST) == shop.page(LIST)
    assert shop.made == 2


CHANGES: dict[str, tuple[str, Callable[[], Any], str, str]] = {
    "an editor publishes": (SHELF, lambda: publish_another_name(), "Lamp", "of another name"),
    "a price is imported": (SHELF, import_another_price, "700", "123"),
    "a price is imported, for programs": (LIST, import_another_price, '"700.00"', '"123.00"'),
    "the last unit is sold": (
        SHELF,
        lambda: set_on_hand({first_variant(lamp()).pk: 0}),
        "Lamp",
        "Sold out",
    ),
    "the last unit is sold, for programs": (
        LIST,
        lambda: set_on_hand({first_variant(lamp()).pk: 0}),
        '"in_stock":true',
        '"in_stock":false',
    ),
    "the shop's name": (SHELF, lambda: say(shop_name="Duka la Jirani"), "Lamp", "la Jirani"),
    "a sale": (
        SHELF,
        lambda: update_product(product_id=lamp().pk, changes={"sale_price": Decimal(555)}),
        "700",
        "555",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_shows_on_the_next_request(shop: Shop, name: str) -> None:
    address, change, before, after = CHANGES[name]
    page = shop.page(address)
    assert before in page
    assert after not in page
    change()
    assert after in shop.page(address)


def test_a_category_is_renamed_and_moved(shop: Shop) -> None:
    fruits, bakery = make_category("Fruits"), make_category("Bakery")
    make_product("Mango", categories=[fruits])
    assert "Mango" not in shop.page("/all-products/bakery/")
    assert "Fruits" in shop.page()

    fruits.title = "Fresh fruits"
    fruits.save_revision().publish()
    assert "Fresh fruits" in shop.page()

    CategoryPage.objects.get(pk=fruits.pk).move(
        CategoryPage.objects.get(pk=bakery.pk), "last-child"
    )
    assert "Mango" in shop.page("/all-products/bakery/")
    assert "Mango" in shop.page("/all-products/bakery/fruits/")


def test_what_becomes_of_sold_out_products_is_a_setting(shop: Shop) -> None:
    set_on_hand({first_variant(lamp()).pk: 0})
    assert "Lamp" in shop.page()
    chosen = CatalogueSettings.load()
    chosen.sold_out = CatalogueSettings.SoldOut.HIDE
    chosen.save()
    apply_sold_out_choice()
    assert "Lamp" not in shop.page()


def test_a_setting_that_another_process_changed_shows_on_the_next_request(shop: Shop) -> None:
    shop.page()
    # No signal reaches this process: what it remembers goes with the version of the catalogue.
    SiteSettings.objects.filter(pk=site_settings().pk).update(shop_name="Duka la Jirani")
    assert "Duka la Jirani" in shop.page()


def test_a_sale_ends_by_itself(shop: Shop) -> None:
    end = now() + timedelta(hours=1)
    update_product(product_id=lamp().pk, changes={"sale_price": Decimal(555), "sale_until": end})
    assert "555" in shop.page()
    before = version.catalogue_version()
    with fixed(end):
        assert version.catalogue_version() != before


def test_a_search_finds_the_new_name_at_once(shop: Shop) -> None:
    assert "Lamp" in shop.page("/search/?q=lamp")
    publish_another_name()
    assert "of another name" in shop.page("/search/?q=lamp")


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "anything"])
def test_a_visitor_with_a_cookie_never_meets_a_kept_page(shop: Shop, name: str) -> None:
    shop.page()
    shop.cookies[name] = "value"
    shop.get(SHELF)
    assert shop.made == 1
    shop.cookies.clear()
    for header in ("Authorization", "X-Cart-Token", "X-Session-Token"):
        shop.get(SHELF, headers={header: "x"})
    assert shop.made == 1


def test_an_account_is_never_shown_to_others(shop: Shop) -> None:
    shop.force_login(User.objects.create_user("ada", password="x"))
    assert "Account" in shop.get(SHELF).content.decode()
    assert shop.made == 0
    assert "Sign in" in shop.page()


def test_what_belongs_to_one_visitor_says_so(shop: Shop) -> None:
    for address in ("/cart/", "/checkout/", "/account/login/"):
        response = shop.get(address)
        rules = response.headers["Cache-Control"]
        assert "private" in rules or "no-store" in rules or "no-cache" in rules, address
    for address in (SHELF, lamp().url, "/search/?q=lamp"):
        shop.cookies.clear()
        assert "Cookie" in shop.get(address).headers["Vary"], address


def test_what_sets_a_cookie_is_not_kept(shop: Shop) -> None:
    address = lamp().url
    first = shop.get(address).cookies["csrftoken"].value
    shop.cookies.clear()
    assert shop.get(address).cookies["csrftoken"].value != first
    assert shop.made == 0


def test_only_pages_of_the_catalogue_are_kept(shop: Shop) -> None:
    for address in ("/cart/", "/health/", "/robots.txt", "/api/v2/cart/", f"{LIST}?search=lamp"):
        shop.page(address)
    assert shop.made == 0
    assert shop.get("/all-products/nothing/").status_code == 404
    assert shop.get(f"{LIST}?unheard=of").status_code == 400
    assert shop.head(SHELF).content == b""
    assert shop.made == 0


def test_an_answer_that_varies_by_something_else_is_not_kept(shop: Shop) -> None:
    response = shop.get(SHELF)
    request = response.wsgi_request
    del response.headers["Cache-Control"]
    assert caching._is_of(response, request, ())
    patch_vary_headers(response, ["User-Agent"])
    assert not caching._is_of(response, request, ())


def test_hosts_and_schemes_have_their_own_answers(shop: Shop) -> None:
    plain = shop.page(LIST)
    assert shop.page(LIST, host="another.test") != "" and shop.made == 2
    assert shop.get(LIST, secure=True).content.decode() == plain
    assert shop.made == 3


def test_compressed_and_plain_answers_are_kept_apart(shop: Shop) -> None:
    compressed = shop.get(SHELF, headers={"Accept-Encoding": "gzip"})
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Lamp" in shop.page()
    again = shop.get(SHELF, headers={"Accept-Encoding": "br, gzip"})
    assert again.content == compressed.content
    assert shop.made == 2


def test_a_kept_answer_for_programs_is_the_same_answer(shop: Shop, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://front.test"]
    first = shop.get(LIST)
    again = shop.get(LIST)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert shop.made == 1
    other = shop.get(LIST, headers={"Origin": "https://front.test"})
    assert other.headers["Access-Control-Allow-Origin"] == "https://front.test"
    assert "Access-Control-Allow-Origin" not in shop.get(LIST).headers
    assert shop.get(LIST, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_it_costs_one_statement(shop: Shop, django_assert_num_queries: Any) -> None:
    shop.page()
    with django_assert_num_queries(1):
        shop.page()


def test_memory_is_bounded(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(shop.page())
    monkeypatch.setattr(kept, "MOST_BYTES", 3 * size)
    for number in range(8):
        shop.page(f"{SHELF}?x={number}")
    made = shop.made
    caches["pages"].clear()
    shop.page(f"{SHELF}?x=7")
    assert shop.made == made
    shop.page(f"{SHELF}?x=0")
    assert shop.made == made + 1
