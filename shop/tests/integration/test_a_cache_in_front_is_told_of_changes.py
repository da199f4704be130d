"""With CDN_PURGE_URL a cache in front of the shop keeps pages, and hears which ones changed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django_q.models import OrmQ

from home.models import SiteSettings
from settings import env, scale
from shop.catalog.actions.products import update_product
from shop.catalog.models import CategoryPage, Product
from shop.inventory.actions import set_on_hand
from shop.storefront.edge import tasks
from shop.tests.factories import ShopSite, first_variant, make_category_path, make_product
from shop.tests.fakes.provider_server import Incoming, Reply, serve
from shop.tests.integration.catalogue_imports import imported_rows

pytestmark = pytest.mark.django_db

ABOVE = {"/", "/all-products/", "/all-products/produce/", "/all-products/produce/fruits/"}


@pytest.fixture
def told(
    settings: Any, shop_site: ShopSite, django_capture_on_commit_callbacks: Any
) -> Iterator[Callable[[Callable[[], Any]], set[str]]]:
    """Return a function that does something and tells which addresses the cache then forgot."""
    fruits = make_category_path("Produce", "Fruits")
    make_category_path("Bakery")
    make_product("Mango", price=100, sku="MANGO", stock=1, categories=[fruits])
    purged: list[Incoming] = []

    def take(incoming: Incoming) -> Reply:
        purged.append(incoming)
        return Reply()

    with serve(take) as url:
        settings.WAGTAILFRONTENDCACHE = {
            "default": {
                "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
                "LOCATION": url,
            }
        }
        OrmQ.objects.all().delete()

        def act(deed: Callable[[], Any]) -> set[str]:
            with django_capture_on_commit_callbacks(execute=True):
                deed()
                assert not purged, "nothing leaves before the commit"
            for queued in OrmQ.objects.order_by("pk"):
                if queued.task["func"] == "shop.storefront.edge.tasks.purge":
                    tasks.purge(*queued.task["args"])
            assert {incoming.method for incoming in purged} <= {"PURGE"}
            assert {incoming.headers["Host"] for incoming in purged} <= {"shop.test"}
            return {incoming.path for incoming in purged}

        yield act


def category(title: str) -> CategoryPage:
    return CategoryPage.objects.get(title=title)


def mango() -> Product:
    return Product.objects.get(sku="MANGO")


def test_a_price(told: Any) -> None:
    act = lambda: update_product(product_id=mango().pk, changes={"price": 200})  # noqa: E731
    assert told(act) == {*ABOVE, "/products/mango/"}


def test_an_imported_price(told: Any) -> None:
    act = lambda: imported_rows("MANGO,Mango,300,All Products/Produce/Fruits")  # noqa: E731
    assert told(act) == {*ABOVE, "/products/mango/"}


def test_an_editors_words(told: Any) -> None:
    def publish() -> None:
        product = mango()
        product.name = "Ripe mango"
        product.save_revision().publish()

    assert told(publish) == {*ABOVE, "/products/mango/"}


def test_the_last_unit(told: Any) -> None:
    act = lambda: set_on_hand({first_variant(mango()).pk: 0})  # noqa: E731
    assert told(act) == {*ABOVE, "/products/mango/"}


def test_a_category_that_is_renamed(told: Any) -> None:
    def rename() -> None:
        page = category("Produce")
        page.title = "Fresh produce"
        page.save_revision().publish()

    assert told(rename) >= ABOVE


def test_a_category_that_moves(told: Any) -> None:
    act = lambda: category("Fruits").move(category("Bakery"), "last-child")  # noqa: E731
    assert told(act) >= {
        *ABOVE, "/all-products/bakery/", "/all-products/bakery/fruits/", "/products/mango/",
    }  # fmt: skip


def test_a_category_with_another_address(told: Any) -> None:
    def readdress() -> None:
        page = category("Produce")
        page.slug = "greens"
        page.save_revision().publish()

    assert told(readdress) >= {
        *ABOVE, "/all-products/greens/", "/all-products/greens/fruits/",
    }  # fmt: skip


def test_the_shops_name(told: Any, shop_site: ShopSite) -> None:
    def say() -> None:
        words = SiteSettings.for_site(shop_site.site)
        words.shop_name = "Duka la Jirani"
        words.save()

    assert told(say) >= {*ABOVE, "/all-products/bakery/"}


def test_a_cache_that_is_away_breaks_nothing(told: Any, settings: Any) -> None:
    settings.WAGTAILFRONTENDCACHE["default"]["LOCATION"] = "http://127.0.0.1:9"
    act = lambda: update_product(product_id=mango().pk, changes={"price": 200})  # noqa: E731
    assert told(act) == set()


def test_without_a_cache_nothing_is_queued(told: Any, settings: Any) -> None:
    settings.WAGTAILFRONTENDCACHE = {}
    assert told(lambda: update_product(product_id=mango().pk, changes={"price": 200})) == set()
    assert not any("purge" in queued.task["func"] for queued in OrmQ.objects.all())


def test_only_what_is_the_same_for_all_may_be_kept(told: Any, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS, settings.CDN_SECONDS = 60.0, 30
    guest = Client()
    public = "public, max-age=0, s-maxage=30"
    for _twice in range(2):
        assert guest.get("/all-products/").headers["Cache-Control"] == public
    for address in ("/all-products/?page=1", "/products/mango/", "/search/?q=mango"):
        guest.cookies.clear()
        assert guest.get(address).headers["Cache-Control"] == "private, no-cache", address
    guest.cookies["sessionid"] = "x"
    assert guest.get("/all-products/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("url", "backend", "options"),
    [
        ("http://varnish:6081", "HTTPBackend", {"LOCATION": "http://varnish:6081"}),
        (
            "cloudflare://t0ken@zone",
            "CloudflareBackend",
            {"BEARER_TOKEN": "t0ken", "ZONEID": "zone"},
        ),
        ("cloudfront://E1ABC", "CloudfrontBackend", {"DISTRIBUTION_ID": "E1ABC"}),
    ],
)
def test_each_kind_of_cache_has_its_address(
    monkeypatch: pytest.MonkeyPatch, url: str, backend: str, options: dict[str, str]
) -> None:
    monkeypatch.setattr(env, "CDN_PURGE_URL", url)
    (found,) = scale.frontend_cache().values()
    assert found == {"BACKEND": f"wagtail.contrib.frontend_cache.backends.{backend}", **options}
