"""The list of products: quick at any size, searchable, filtered, exported safely."""

import csv
from io import BytesIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from shop.catalog.models import Product
from shop.tests.factories import make_category, make_category_path, make_image, make_product

pytestmark = pytest.mark.django_db


def names(answer: Any) -> set[str]:
    assert answer.status_code == 200
    return {product.name for product in answer.context["object_list"]}


def test_a_page_of_25_takes_few_queries(admin_client: Client, shop_site: Any) -> None:
    above = make_category("Kitchen")
    below = make_category("Pots", above)
    for number in range(27):
        product = make_product(
            f"Pot {number}", categories=[below, above], stock=number, pictures=[make_image()]
        )
        product.save_revision()
    address = reverse("products:list")
    admin_client.get(address)  # thumbnails are made once

    with CaptureQueriesContext(connection) as queries:
        answer = admin_client.get(address)

    assert len(answer.context["object_list"]) == 25
    assert len(queries) <= 15, "\n".join(query["sql"][:150] for query in queries)


def test_rows_say_price_stock_and_state(admin_client: Client, shop_site: Any) -> None:
    make_product("Pot", price=500, sale_price=400, stock=2, categories=[make_category("Kitchen")])
    make_product("Pan", stock=0)
    make_product("Lid", live=False)

    page = admin_client.get(reverse("products:list")).content.decode()

    for text in ("KSh\xa0500", "KSh\xa0400", "low: 2", "sold out", "not counted", "draft"):
        assert text in page, text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("clay", {"Clay pot"}),
        ("POT clay", {"Clay pot"}),
        ("tee-m", {"Shirt"}),
        ("TEE", {"Shirt"}),
        ("kijani", {"Shirt"}),
        ("%", set()),
        ("nothing", set()),
    ],
)
def test_searching(admin_client: Client, shop_site: Any, text: str, found: set[str]) -> None:
    make_product("Clay pot", sku="P-1")
    make_product(
        "Shirt", sku="TEE", brand="Kijani", variants=[{"sku": "TEE-M", "options": {"Size": "M"}}]
    )

    assert names(admin_client.get(reverse("products:list"), {"q": text})) == found


@pytest.mark.parametrize("query", ["q=%00", "p=99999999999999999999", "category=x", "state=x"])
def test_strange_addresses_still_answer(admin_client: Client, shop_site: Any, query: str) -> None:
    make_product("Pot")

    assert admin_client.get(f"{reverse('products:list')}?{query}").status_code in {200, 404}


def test_filters(admin_client: Client, shop_site: Any) -> None:
    kitchen, pots = make_category("Kitchen"), make_category_path("Kitchen", "Pots")
    make_product("Deep", categories=[pots], stock=0, brand="Kijani", featured=True)
    make_product("Wide", categories=[kitchen], stock=2, price=90, sale_price=80)
    make_product("Far", stock=50, live=False)

    def shown(**query: Any) -> set[str]:
        return names(admin_client.get(reverse("products:list"), query))

    assert shown(category=kitchen.pk) == {"Deep", "Wide"}
    assert shown(category=pots.pk) == {"Deep"}
    assert shown(stock="out") == {"Deep"}
    assert shown(stock="low") == {"Wide"}
    assert shown(stock="in") == {"Wide", "Far"}
    assert shown(state="draft") == {"Far"}
    assert shown(state="live") == {"Deep", "Wide"}
    assert shown(sale="now") == shown(sale="any") == {"Wide"}
    assert shown(brand="kij") == {"Deep"}
    assert shown(featured="true") == {"Deep"}
    assert shown(category=kitchen.pk, stock="low") == {"Wide"}


def test_thousands_of_categories_do_not_swell_the_pages(
    admin_client: Client, shop_site: Any
) -> None:
    for number in range(60):
        make_category(f"Shelf number {number}")
    product = make_product("Pot")

    for address in (
        reverse("products:list"),
        reverse("products:edit", args=[product.pk]),
        reverse("products:add"),
    ):
        assert "Shelf number 5" not in admin_client.get(address).content.decode()


def test_the_export_runs_no_formula(admin_client: Client, shop_site: Any) -> None:
    make_product("=HYPERLINK(1)", sku="@x", brand="+1", price=500, stock=3)
    address = reverse("products:list")

    answer = admin_client.get(address, {"export": "csv"})
    rows = list(csv.DictReader(b"".join(answer.streaming_content).decode().splitlines()))
    sheet = load_workbook(
        BytesIO(b"".join(admin_client.get(address, {"export": "xlsx"}).streaming_content))
    ).active

    assert rows[0]["name"] == "'=HYPERLINK(1)"
    assert (rows[0]["sku"], rows[0]["brand"]) == ("'@x", "'+1")
    assert (rows[0]["price"], rows[0]["stock"]) == ("500.00", "3")
    assert "'=HYPERLINK(1)" in [cell.value for cell in sheet[2]]


def test_an_export_of_many_takes_few_queries(admin_client: Client, shop_site: Any) -> None:
    for number in range(30):
        make_product(f"Pot {number}", stock=number)
    admin_client.get("/admin/")  # the first page of a session notes the device

    with CaptureQueriesContext(connection) as queries:
        answer = admin_client.get(reverse("products:list"), {"export": "csv"})
        lines = b"".join(answer.streaming_content).decode().splitlines()

    assert len(lines) == 31
    assert len(queries) <= 15


def test_publishing_and_unpublishing_many(admin_client: Client, shop_site: Any) -> None:
    drafts = [make_product(f"Pot {number}", live=False) for number in range(3)]
    chosen = "&".join(f"id={product.pk}" for product in drafts[:2])
    publish = reverse("wagtail_bulk_action", args=["catalog", "product", "publish"])
    unpublish = reverse("wagtail_bulk_action", args=["catalog", "product", "unpublish"])

    asked = admin_client.get(f"{publish}?{chosen}&next=/admin/products/")
    assert asked.status_code == 200
    assert not Product.objects.filter(live=True).exists()

    answer = admin_client.post(f"{publish}?{chosen}&next=/admin/products/")
    assert [str(m).strip() for m in get_messages(answer.wsgi_request)] == ["2 products are live."]
    assert list(Product.objects.filter(live=True).order_by("pk")) == drafts[:2]

    admin_client.post(f"{unpublish}?{chosen}&next=/admin/products/")
    assert not Product.objects.filter(live=True).exists()


def test_choosing_all_means_all_that_the_list_shows(admin_client: Client, shop_site: Any) -> None:
    make_product("Pot", live=False, brand="Kijani")
    make_product("Pan", live=False)
    publish = reverse("wagtail_bulk_action", args=["catalog", "product", "publish"])
    shown = "%2Fadmin%2Fproducts%2F%3Fbrand%3Dkijani"

    admin_client.post(f"{publish}?id=all&next={shown}")

    assert [product.name for product in Product.objects.filter(live=True)] == ["Pot"]
