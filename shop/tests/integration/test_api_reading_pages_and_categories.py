"""A headless developer reads the tree: categories, what things cost there, pages, pictures."""

import json
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Page, PageViewRestriction

from settings import env
from shop.catalog.models import CategoryPage
from shop.customers.models import User
from shop.tests.factories import make_category, make_image, make_product

pytestmark = pytest.mark.django_db

BASE = "/api/v2/"


@pytest.fixture
def tree(shop_site):
    produce = make_category("Produce")
    fruits = make_category("Fruits", produce)
    make_product("Mango", price="120", sale_price="90", categories=[fruits, produce])
    make_product("Apple", price="80.01", categories=[fruits])
    make_product("Kale", price="30", categories=[produce])
    make_product("Draft", price="9000", categories=[produce], live=False)
    return {"root": shop_site.all_products, "produce": produce, "fruits": fruits}


def get(client, path, status=200, **words):
    answer = client.get(BASE + path, words)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_a_category_knows_its_way_down(client, tree):
    fruits = get(client, "categories/fruits/")
    assert "first_published_at" in fruits["meta"]
    del fruits["meta"]["first_published_at"]
    assert fruits == {
        "id": tree["fruits"].pk,
        "meta": {
            "type": "catalog.CategoryPage",
            "detail_url": f"https://shop.test/api/v2/categories/{tree['fruits'].pk}/",
            "html_url": "https://shop.test/all-products/produce/fruits/",
            "slug": "fruits",
        },
        "title": "Fruits",
        "slug": "fruits",
        "path": ["All Products", "Produce", "Fruits"],
        "parent": tree["produce"].pk,
        "depth": 3,
        "product_count": 2,
    }
    root = get(client, f"categories/{tree['root'].pk}/")
    assert (root["depth"], root["parent"], root["product_count"]) == (1, None, 3)


def test_categories_are_listed_and_nested(client, tree, django_assert_num_queries):
    page = get(client, "categories/")
    assert page["meta"] == {"total_count": 3}
    assert [item["title"] for item in page["items"]] == ["All Products", "Produce", "Fruits"]
    children = get(client, "categories/", parent=tree["root"].pk)
    assert [item["title"] for item in children["items"]] == ["Produce"]
    found = get(client, "categories/", search="FRUI", fields="title")
    assert found["items"] == [
        {"id": tree["fruits"].pk, "meta": page["items"][2]["meta"], "title": "Fruits"}
    ]
    root = get(client, "categories/tree/")["items"][0]
    assert root["children"][0]["children"][0]["path"] == ["All Products", "Produce", "Fruits"]
    for number in range(10):
        make_category(f"Shelf {number}", tree["produce"])
    with django_assert_num_queries(4):
        get(client, "categories/")
    with django_assert_num_queries(2):
        get(client, "categories/tree/")


def test_prices_count_every_product_once(client, tree, django_assert_num_queries):
    expected = {
        "category": {"id": tree["produce"].pk, "title": "Produce", "slug": "produce"},
        "path": ["All Products", "Produce"],
        "average_price": "76.67",
        "min_price": "30.00",
        "max_price": "120.00",
        "currency": "KES",
        "product_count": 3,
        "include_descendants": True,
    }
    assert Decimal("76.67") == round((Decimal("120") + Decimal("80.01") + 30) / 3, 2)
    with django_assert_num_queries(4):
        assert get(client, "categories/produce/average-price/") == expected
    with django_assert_num_queries(1):  # nothing has changed since
        assert get(client, "categories/produce/average-price/") == expected
    assert get(client, f"categories/{tree['produce'].pk}/average-price/") == expected
    empty = make_category("Empty")
    prices = get(client, "categories/empty/average-price/")
    assert (prices["average_price"], prices["min_price"], prices["product_count"]) == (
        None,
        None,
        0,
    )
    every = get(client, "categories/average-prices/")
    assert every["meta"] == {"total_count": 4}
    assert every["items"][1] == expected
    assert every["items"][3]["category"]["id"] == empty.pk


def test_a_slug_that_means_several_categories_means_the_one_nearest_to_the_top(client, tree):
    other = make_category("Fruits", tree["root"], slug="fruits")
    answer = get(client, "categories/fruits/average-price/")
    assert answer["category"]["id"] == other.pk
    assert get(client, "products/", category="fruits")["meta"]["total_count"] == 0


def test_hidden_categories_stay_hidden(client, tree):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=tree["produce"].pk), restriction_type="login"
    )
    for path in ("categories/fruits/", "categories/produce/average-price/"):
        assert get(client, path, 404)["errors"][0]["code"] == "not_found"
    assert [item["title"] for item in get(client, "categories/")["items"]] == ["All Products"]
    assert get(client, "products/", 400, category="produce")
    assert "Produce" not in json.dumps(get(client, "pages/", limit=50))


@pytest.mark.parametrize(
    ("path", "words", "status"),
    [
        ("categories/nowhere/", {}, 404),
        (f"categories/{10**30}/", {}, 404),
        ("categories/a%00b/", {}, 404),
        ("categories/a%00b/average-price/", {}, 404),
        ("categories/", {"limit": "x"}, 400),
        ("categories/", {"colour": "x"}, 400),
        ("categories/", {"parent": "x"}, 400),
        ("categories/", {"parent": "9" * 30}, 400),
        ("categories/", {"order": "x"}, 400),
        ("categories/produce/average-price/", {"include_descendants": "false"}, 400),
        ("pages/", {"offset": "9" * 30}, 400),
        ("pages/", {"id": "9" * 30}, 400),
        ("pages/", {"child_of": "9" * 30}, 400),
        ("pages/", {"first_published_at": "zz"}, 400),
        ("pages/", {"type": "no.Model"}, 400),
        ("pages/", {"search": "a\x00b"}, 400),
        ("pages/", {"search_operator": "nor", "search": "a"}, 400),
        ("pages/", {"fields": "parent(" * 500}, 400),
        ("pages/", {"order": "random"}, 400),
        ("pages/", {"limit": "101"}, 400),
        ("pages/", {"title": "x\x00"}, 400),
        ("pages/", {"site": "nowhere:x"}, 400),
        ("pages/", {"site": "nowhere"}, 400),
        ("pages/", {"locale": "xx"}, 404),
        ("pages/", {"colour": "x"}, 400),
        ("pages/999999/", {}, 404),
        (f"pages/{10**30}/", {}, 404),
        ("images/", {"width": "wide"}, 400),
        ("images/", {"width": "9" * 30}, 200),
        ("images/", {"tags": "a\x00"}, 400),
        ("documents/", {"offset": "-1"}, 400),
        ("documents/find/", {"id": "x"}, 400),
        ("nothing/here/", {}, 404),
        ("", {}, 404),
    ],
)
def test_what_makes_no_sense_is_answered_in_one_form(client, tree, path, words, status):
    answer = get(client, path, status, **words)
    if status != 200:
        assert set(answer) == {"type", "errors"}
        assert set(answer["errors"][0]) == {"code", "detail", "attr"}


def test_pages_images_and_documents_are_wagtails(client, tree):
    pages = get(client, "pages/", type="catalog.CategoryPage", fields="introduction")
    assert [page["title"] for page in pages["items"]] == ["All Products", "Produce", "Fruits"]
    assert pages["items"][0]["introduction"] == ""
    assert get(client, f"pages/{tree['fruits'].pk}/")["meta"]["parent"]["id"] == tree["produce"].pk
    image = make_image("Leaf")
    (shown,) = get(client, "images/")["items"]
    assert shown["id"] == image.pk
    assert shown["meta"]["detail_url"] == f"{env.BASE_URL}/api/v2/images/{image.pk}/"
    assert get(client, "images/", search="leaf")["meta"]["total_count"] == 1
    assert get(client, "documents/")["items"] == []


@pytest.mark.parametrize("path", ["/api/", "/api/v9/products/", "/api/v2/products/1/nothing/"])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_address_that_does_not_exist(client, shop_site, path, method):
    answer = getattr(client, method)(path)
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "not_found"


def test_a_forgotten_slash(client, tree):
    answer = client.get("/api/v2/products?limit=1")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v2/products/?limit=1")
    posted = client.post("/api/v2/orders", "{}", content_type="application/json")
    assert (posted.status_code, "slash" in posted.json()["errors"][0]["detail"]) == (404, True)


def post(client, body, status):
    answer = client.post(f"{BASE}categories/", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def test_staff_make_what_is_missing_of_a_path(client, tree):
    path = ["All Products", "Bakery", "Rye"]
    assert post(client, {"path": path}, 401)["errors"][0]["code"] == "not_authenticated"
    person = User.objects.create_user("person")
    client.force_login(person)
    assert post(client, {"path": path}, 403)["errors"][0]["code"] == "permission_denied"
    rights = Permission.objects.filter(codename__in=["add_product", "publish_product"])
    person.user_permissions.set(rights)
    leaf = post(client, {"path": path}, 201)
    assert (leaf["path"], leaf["depth"]) == (path, 3)
    assert post(client, {"path": ["all products", "BAKERY", "rye"]}, 200) == leaf
    assert CategoryPage.objects.count() == 5


@pytest.mark.parametrize(
    "body",
    [{}, [], {"path": []}, {"path": "Bakery"}, {"path": [1]}, {"path": [""]}, {"path": ["a\x00"]},
     {"path": ["x" * 300]}, {"path": ["deep"] * 80}, {"path": [["a"]]}, {"path": None}],
)  # fmt: skip
def test_a_path_that_cannot_be_made(admin_client, tree, body):
    assert post(admin_client, body, 400)["errors"][0]["attr"] == "path"
    assert CategoryPage.objects.count() == 3


def test_wagtails_own_addresses_tell_times_in_utc(client, tree):
    tree["fruits"].save_revision().publish()
    page = get(client, f"pages/{tree['fruits'].pk}/")
    assert page["meta"]["first_published_at"].endswith("Z")
    assert all(
        (item["meta"]["first_published_at"] or "Z").endswith("Z")
        for item in get(client, "pages/")["items"]
    )
