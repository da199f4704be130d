"""An editor hands a link to another front, which shows the draft: that one, and for a day."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from shop.catalog.models import ProductPicture, ProductPlacement, Variant
from shop.core.clock import fixed, now
from shop.core.previews import PAGE, PRODUCT, preview_token
from shop.customers.models import User
from shop.tests.factories import make_category, make_image, make_product
from shop.tests.integration.drafts import draft, draft_of

pytestmark = pytest.mark.django_db

BASE = "/api/v2/"


@pytest.fixture
def editor(client, shop_site):
    person = User.objects.create_user("editor")
    person.groups.add(Group.objects.get(name="Editors"))
    client.force_login(person)
    return client


def link_in(page):
    address = re.search(r'value="(https://shop\.test/api/v2/[^"]+)"', page.content.decode())
    assert address, page.content
    return unescape(address[1]).removeprefix("https://shop.test")


def product_address(product, token=None):
    return f"{BASE}products/{product.pk}/?preview={token or preview_token(PRODUCT, product.pk)}"


def test_a_draft_product_is_read_by_the_link_in_its_form(editor, client):
    mango = make_product("Mango", price=100, live=False)
    draft(mango, name="Ripe mango", price=120)
    link = link_in(editor.get(reverse("products:edit", args=[mango.pk])))
    client.logout()
    answer = client.get(link)
    shown = answer.json()
    assert (shown["name"], shown["price"], shown["meta"]["draft"]) == ("Ripe mango", "120.00", True)
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


def test_the_draft_of_a_published_product_stays_between_the_two(client, shop_site):
    fruits, sweets = make_category("Fruits"), make_category("Sweets")
    mango = make_product("Mango", price=100, stock=4, categories=[fruits])

    def edit(product):
        product.name, product.sale_price = "Dried mango", 80
        product.placements = [ProductPlacement(category=sweets)]
        product.variants.add(Variant(sort_order=9, sku="MG-2", options={"Size": "L"}, price=150))
        product.pictures.add(ProductPicture(image=make_image(), alt="A slice"))

    draft_of(mango, edit)
    preview = client.get(product_address(mango)).json()
    assert (preview["name"], preview["current_price"], preview["on_sale"]) == (
        "Dried mango",
        "80.00",
        True,
    )
    assert [category["title"] for category in preview["categories"]] == ["Sweets"]
    assert [(v["sku"], v["available"]) for v in preview["variants"]] == [
        (mango.sku, 4),
        ("MG-2", None),
    ]
    assert (preview["image"]["alt"], len(preview["images"])) == ("A slice", 1)
    published = client.get(f"{BASE}products/{mango.pk}/").json()
    assert published.keys() == preview.keys()
    assert (published["name"], "draft" in published["meta"]) == ("Mango", False)
    assert "Dried" not in client.get(f"{BASE}products/?fields=*").content.decode()
    few = client.get(f"{product_address(mango)}&fields=_,name").json()
    assert few == {"name": "Dried mango", "meta": {"draft": True}}


def test_a_draft_page_is_read_by_its_link(editor, client):
    fruits = make_category("Fruits")
    fruits.introduction = "All about fruits"
    fruits.save_revision()
    hidden = make_category("Hidden", live=False)
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[fruits.pk])).content.decode()
    address = reverse("page_preview_link", args=[fruits.pk])
    assert address in edit
    link = link_in(editor.get(address))
    other = link_in(editor.get(reverse("page_preview_link", args=[hidden.pk])))
    client.logout()
    answer = client.get(link)
    assert answer.json()["introduction"] == "All about fruits"
    assert answer.json()["meta"]["draft"] is True
    assert answer["Cache-Control"] == "no-store"
    assert client.get(other).json()["title"] == "Hidden"
    plain = client.get(f"{BASE}pages/{fruits.pk}/").json()
    assert (plain["introduction"], "draft" in plain["meta"]) == ("", False)
    assert client.get(f"{BASE}pages/{hidden.pk}/").status_code == 404


def test_a_link_opens_one_thing_for_one_day(client, shop_site):
    mango, kale = make_product("Mango", live=False), make_product("Kale")
    page = make_category("Fruits", live=False)
    token = preview_token(PRODUCT, mango.pk)
    refused = [
        product_address(kale, token),
        product_address(mango, token[:-1]),
        product_address(mango, "x"),
        product_address(mango, preview_token(PAGE, mango.pk)),
        f"{BASE}products/{mango.pk}/?preview=",
        f"{BASE}products/999999/?preview={token}",
        f"{BASE}pages/{page.pk}/?preview={preview_token(PRODUCT, page.pk)}",
        f"{BASE}pages/999999/?preview=x",
    ]
    for address in refused:
        answer = client.get(address)
        error = answer.json()["errors"][0]
        assert (answer.status_code, error["code"], error["attr"]) == (
            403,
            "preview_refused",
            "preview",
        ), address
    assert client.get(product_address(mango, token)).status_code == 200
    with fixed(now() + timedelta(hours=23, minutes=59)):
        assert client.get(product_address(mango, token)).status_code == 200
    with fixed(now() + timedelta(hours=24, seconds=1)):
        assert client.get(product_address(mango, token)).status_code == 403
    mango.delete()
    assert client.get(f"{BASE}products/{mango.pk or 1}/?preview={token}").status_code in (403, 404)


def test_lists_know_no_preview(client, shop_site):
    make_product("Mango", live=False)
    for path in ("products/", "pages/", "products/find/"):
        answer = client.get(f"{BASE}{path}?preview={preview_token(PRODUCT, 1)}&sku=1")
        assert answer.status_code == 400, path


def test_who_cannot_edit_a_page_gets_no_link(client, shop_site):
    person = User.objects.create_user("support")
    person.groups.add(Group.objects.get(name="Support"))
    client.force_login(person)
    answer = client.get(reverse("page_preview_link", args=[make_category("Fruits").pk]))
    assert answer.status_code in (302, 403)


def test_a_preview_takes_few_statements(client, shop_site, django_assert_max_num_queries):
    shelves = [make_category(f"Shelf {number}") for number in range(5)]
    pictures = [make_image() for _ in range(4)]
    sizes = [{"options": {"Size": size}} for size in ("S", "M", "L", "XL")]
    shirt = make_product("Shirt", categories=shelves, pictures=pictures, variants=sizes)
    draft(shirt, name="T-shirt")
    client.get(product_address(shirt))  # makes the pictures' sizes
    with django_assert_max_num_queries(15):
        assert client.get(product_address(shirt)).json()["name"] == "T-shirt"
