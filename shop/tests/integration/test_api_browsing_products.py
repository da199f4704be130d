"""A headless developer builds a shelf: lists, filters, orders, one product with everything."""

import re
from decimal import Decimal

import pytest

from shop.catalog.models import ProductPicture
from shop.tests.factories import (
    make_category,
    make_category_path,
    make_image,
    make_product,
)

pytestmark = pytest.mark.django_db

LIST = "/api/v2/products/"


@pytest.fixture
def shelf(shop_site):
    """Produce > Fruits with three products, Bakery with one."""
    produce = make_category("Produce")
    fruits = make_category("Fruits", produce)
    bakery = make_category("Bakery")
    return {
        "produce": produce,
        "fruits": fruits,
        "mango": make_product(
            "Mango", price="120", sku="MG", brand="Shamba", categories=[fruits, produce], stock=5
        ),
        "apple": make_product(
            "Apple", price="80", sale_price="60", categories=[fruits], stock=0, featured=True
        ),
        "kale": make_product("Kale", price="30.5", brand="Shamba", categories=[produce]),
        "bread": make_product("Bread", price="65", categories=[bakery]),
    }


def get(client, path="", status=200, **words):
    answer = client.get(LIST + path, words)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def names(page):
    return [item["name"] for item in page["items"]]


def test_the_list_has_wagtails_form_and_everything_a_card_needs(client, shelf):
    ProductPicture.objects.create(product=shelf["mango"], image=make_image(), alt="A ripe mango")
    page = get(client, category="fruits", order="-price")
    assert page["meta"] == {"total_count": 2}
    mango = page["items"][0]
    published = mango["meta"].pop("first_published_at")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", published)
    assert re.fullmatch(r"https://shop\.test/media/.*\.jpg", mango["image"].pop("url"))
    assert mango == {
        "id": shelf["mango"].pk,
        "meta": {
            "type": "catalog.Product",
            "detail_url": f"https://shop.test/api/v2/products/{shelf['mango'].pk}/",
            "html_url": "https://shop.test/products/mango/",
            "slug": "mango",
        },
        "name": "Mango",
        "sku": "MG",
        "brand": "Shamba",
        "price": "120.00",
        "sale_price": None,
        "current_price": "120.00",
        "currency": "KES",
        "on_sale": False,
        "in_stock": True,
        "featured": False,
        "categories": [
            {"id": shelf["fruits"].pk, "title": "Fruits", "slug": "fruits"},
            {"id": shelf["produce"].pk, "title": "Produce", "slug": "produce"},
        ],
        "image": {"alt": "A ripe mango", "width": 48, "height": 48},
    }
    apple = page["items"][1]
    assert (apple["price"], apple["sale_price"], apple["current_price"]) == (
        "80.00",
        "60.00",
        "60.00",
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({}, ["Apple", "Bread", "Kale", "Mango"]),
        ({"category": "produce"}, ["Apple", "Kale", "Mango"]),
        ({"category": "bakery"}, ["Bread"]),
        ({"min_price": "60", "max_price": "65"}, ["Apple", "Bread"]),
        ({"in_stock": "true"}, ["Bread", "Kale", "Mango"]),
        ({"in_stock": "false"}, ["Apple"]),
        ({"on_sale": "1"}, ["Apple"]),
        ({"featured": "true"}, ["Apple"]),
        ({"brand": "Shamba"}, ["Kale", "Mango"]),
        ({"brand": "shamba"}, []),
        ({"brand": "Shamba", "category": "fruits"}, ["Mango"]),
        ({"brand": "Shamba", "max_price": "100"}, ["Kale"]),
        ({"search": "mango"}, ["Mango"]),
        ({"search": "mangoe", "category": "fruits"}, ["Mango"]),
        ({"search": "", "order": "name"}, ["Apple", "Bread", "Kale", "Mango"]),
        ({"limit": "0"}, []),
        ({"offset": "4"}, []),
    ],
)
def test_filters_narrow_and_the_count_agrees(client, shelf, words, expected):
    page = get(client, **words, **({} if "search" in words else {"order": "name"}))
    assert names(page) == expected
    if not {"limit", "offset"} & words.keys():
        assert page["meta"]["total_count"] == len(expected)


def test_a_category_is_named_by_id_or_by_slug(client, shelf):
    by_id = get(client, category=shelf["produce"].pk)
    assert by_id == get(client, category="produce")
    assert by_id["meta"]["total_count"] == 3


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("price", ["Kale", "Apple", "Bread", "Mango"]),
        ("-price", ["Mango", "Bread", "Apple", "Kale"]),
        ("name", ["Apple", "Bread", "Kale", "Mango"]),
        ("-first_published_at", ["Bread", "Kale", "Apple", "Mango"]),
    ],
)
def test_orders(client, shelf, order, expected):
    assert names(get(client, order=order)) == expected
    assert names(get(client, order=order, limit=2, offset=1)) == expected[1:3]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("name,price", {"id", "meta", "name", "price"}),
        ("_,name", {"name"}),
        ("_", set()),
        ("-brand,-meta", None),
        ("*,-variants", None),
        ("description", {"id", "meta", "description"}),
    ],
)
def test_fields_choose_what_an_item_says(client, shelf, fields, expected):
    item = get(client, fields=fields, category="bakery")["items"][0]
    if expected is not None:
        assert set(item) == expected
    elif fields.startswith("*"):
        assert {"description", "images"} <= set(item)
        assert "variants" not in item
    else:
        assert "name" in item
        assert not {"brand", "meta"} & set(item)


@pytest.mark.parametrize(
    ("words", "attr"),
    [
        ({"category": "nowhere"}, "category"),
        ({"category": "999999999999999999999999"}, "category"),
        ({"category": "9" * 19}, "category"),
        ({"min_price": "cheap"}, "min_price"),
        ({"max_price": "NaN"}, "max_price"),
        ({"max_price": "-1"}, "max_price"),
        ({"min_price": "1e400"}, "min_price"),
        ({"min_price": "1e-99999"}, "min_price"),
        ({"in_stock": "perhaps"}, "in_stock"),
        ({"order": "colour"}, "order"),
        ({"order": "random"}, "order"),
        ({"limit": "101"}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"limit": "²"}, "limit"),
        ({"offset": "1" * 30}, "offset"),
        ({"offset": "1.5"}, "offset"),
        ({"fields": "colour"}, "fields"),
        ({"fields": "name("}, "fields"),
        ({"fields": "a(" * 300}, "fields"),
        ({"fields": "-"}, "fields"),
        ({"colour": "red"}, "colour"),
        ({"search": "x" * 201}, "search"),
        ({"brand": "a\x00b"}, "brand"),
        ({"search": "\x00"}, "search"),
    ],
)
def test_words_that_make_no_sense_are_named(client, shelf, words, attr):
    answer = get(client, status=400, **words)
    assert answer["type"] == "validation_error"
    assert [error["attr"] for error in answer["errors"]] == [attr]
    assert answer["errors"][0]["detail"]


def test_one_product_says_everything(client, shop_site):
    shirt = make_product(
        "Shirt",
        price=1000,
        sku="SH",
        description="<p>Cotton</p>",
        attributes={"Origin": "Thika"},
        pictures=[make_image()],
        variants=[
            {"sku": "SH-M", "options": {"Size": "M"}, "stock": 2},
            {"sku": "SH-L", "options": {"Size": "L"}, "price": Decimal("1100"), "stock": 0},
            {"sku": "SH-X", "options": {"Size": "X"}, "price_difference": Decimal("-50")},
        ],
    )
    item = get(client, f"{shirt.pk}/")
    assert item["description"] == "<p>Cotton</p>"
    assert item["attributes"] == [{"name": "Origin", "value": "Thika"}]
    assert [image["alt"] for image in item["images"]] == ["Picture of Shirt"]
    assert item["current_price"] == "950.00"
    assert [
        (v["sku"], v["options"], v["price"], v["current_price"], v["in_stock"], v["available"])
        for v in item["variants"]
    ] == [
        ("SH-M", {"Size": "M"}, "1000.00", "1000.00", True, 2),
        ("SH-L", {"Size": "L"}, "1100.00", "1100.00", False, 0),
        ("SH-X", {"Size": "X"}, "950.00", "950.00", True, None),
    ]
    assert get(client, "find/", sku="sh-l") == item
    assert get(client, "find/", sku="SH") == item
    assert set(get(client, f"{shirt.pk}/", fields="name")) == {"id", "meta", "name"}
    assert names(get(client, option_size="L")) == ["Shirt"]


def test_what_is_not_for_sale_is_not_found(client, shelf):
    draft = make_product("Secret", sku="SECRET", live=False)
    for path in (f"{draft.pk}/", "999999/", f"{10**30}/"):
        answer = get(client, path, status=404)
        assert answer["errors"][0]["code"] == "not_found"
    assert get(client, "find/", status=404, sku="SECRET")["type"] == "client_error"
    assert get(client, "find/", status=400)["errors"][0]["attr"] == "sku"
    assert "Secret" not in names(get(client))


def test_the_cost_of_a_list_does_not_grow(client, shelf, django_assert_num_queries):
    words = {"category": "produce", "order": "price", "limit": 20}
    get(client, **words)
    with django_assert_num_queries(3):
        few = get(client, **words)
    fruits = make_category_path("Produce", "Fruits")
    for number in range(25):
        make_product(f"Fruit {number}", price=10 + number, categories=[fruits])
    with django_assert_num_queries(4):  # the category is looked up anew
        many = get(client, **words)
    assert (len(few["items"]), len(many["items"])) == (3, 20)
    with django_assert_num_queries(6):
        get(client, **words, fields="*")
    with django_assert_num_queries(4):
        get(client)
    with django_assert_num_queries(4):
        get(client, min_price=20, brand="Shamba")
