"""The admin answers at the host that the shop names for it, and no page runs a stray script."""

import re

import pytest
from django.test import Client

from shop.backoffice.door import admin_address
from shop.tests.factories import ShopSite, make_product

pytestmark = pytest.mark.django_db

OWN = "admin.shop.test"
SHOP = "shop.test"
PAGES = [
    "/admin/",
    "/admin/products/",
    "/admin/products/add/",
    "/admin/vouchers/add/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/users/",
    "/admin/reports/site-history/",
    "/admin/money/days/",
]
DATA = r'type="(application/json|text/django-form-template|text/template|text/html)"'


@pytest.fixture
def own_host(settings):
    settings.ADMIN_HOST = OWN
    settings.BASE_URL = f"https://{SHOP}"
    settings.WAGTAILADMIN_BASE_URL = f"https://{OWN}"


def directives(answer) -> dict[str, list[str]]:
    parts = answer.headers["Content-Security-Policy"].split("; ")
    return {name: words for name, *words in (part.split(" ") for part in parts)}


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/products/", "/admin/none/"])
def test_elsewhere_the_admin_is_not_found(own_host, admin_client: Client, shop_site, path) -> None:
    assert admin_client.get(path, headers={"host": SHOP}).status_code == 404
    assert admin_client.post(path, headers={"host": SHOP}).status_code == 404


def test_at_its_host_the_admin_answers(own_host, admin_client: Client, shop_site) -> None:
    assert admin_client.get("/admin/products/", headers={"host": OWN}).status_code == 200
    assert admin_client.get("/account/2fa/", headers={"host": OWN}).status_code in {200, 302}
    assert admin_client.get("/health/", headers={"host": OWN}).status_code == 200


def test_the_shop_is_shown_at_its_own_address(
    own_host, client: Client, shop_site: ShopSite
) -> None:
    make_product("Clay pot", categories=[shop_site.all_products])
    at_admin = client.get("/products/clay-pot/?variant=x", headers={"host": OWN})
    assert at_admin["Location"] == "https://shop.test/products/clay-pot/?variant=x"
    assert client.get("/", headers={"host": OWN})["Location"] == "/admin/"
    assert client.post("/cart/lines/", headers={"host": OWN}).status_code == 404
    assert client.get("/products/clay-pot/", headers={"host": SHOP}).status_code == 200


def test_links_lead_to_the_host(own_host, admin_client: Client, shop_site, settings) -> None:
    page = admin_client.get("/account/2fa/", headers={"host": SHOP})
    assert page.status_code == 200
    assert admin_address() == "https://admin.shop.test/admin/"
    settings.ADMIN_HOST = ""
    assert admin_address() == "/admin/"


def test_without_a_host_the_admin_is_where_the_shop_is(admin_client: Client, shop_site) -> None:
    assert admin_client.get("/admin/", headers={"host": SHOP}).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_an_admin_page_needs_no_inline_script(admin_client: Client, shop_site, path: str) -> None:
    answer = admin_client.get(path)
    assert answer.status_code == 200
    allowed = directives(answer)
    assert allowed["default-src"] == ["'self'"]
    assert "script-src" not in allowed
    assert allowed["object-src"] == ["'none'"]
    html = answer.content.decode()
    scripts = re.findall(r"<script\b[^>]*>", html)
    assert scripts
    assert [tag for tag in scripts if "src=" not in tag and not re.search(DATA, tag)] == []
    assert not re.search(r"<[a-z][^>]*\son(click|change|submit|load)=", html)


def test_a_products_form_is_started_as_data(admin_client: Client, shop_site: ShopSite) -> None:
    product = make_product("Clay pot", categories=[shop_site.all_products])
    html = admin_client.get(f"/admin/products/edit/{product.pk}/")
    calls = set(re.findall(r'data-call="(\w+)"', html.content.decode()))
    assert calls >= {
        "InlinePanel",
        "MultipleChooserPanel",
        "ImageChooser",
        "PageChooser",
        "initDateTimeChooser",
    }


@pytest.mark.parametrize(
    "path", ["/", "/all-products/", "/cart/", "/account/login/", "/search/?q=a"]
)
def test_a_page_of_the_shop_runs_no_inline_script_or_style(client, shop_site, path) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    allowed = directives(answer)
    assert allowed["default-src"] == ["'self'"]
    assert not {"script-src", "style-src"} & allowed.keys()
    html = answer.content.decode()
    scripts = re.findall(r"<script\b[^>]*>", html)
    quiet = r'type="(application/(ld\+)?json)"'
    assert [tag for tag in scripts if "src=" not in tag and not re.search(quiet, tag)] == []
    assert not re.search(r"<style|<[a-z][^>]*\s(style|on[a-z]+)=", html)
