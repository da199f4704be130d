"""A headless developer leafs through lists: by offset, by page number, by cursor."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from shop.tests.factories import make_category, make_image, make_product
from shop.tests.integration.api_orders import customer
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

BASE = "/api/v2/"
ORDERS = f"{BASE}orders/"
NUMBERED = ["products/", "categories/", "categories/average-prices/", "pages/", "images/"]


@pytest.fixture
def full(shop_site):
    """Five of everything that lists show."""
    for number in range(5):
        category = make_category(f"Shelf {number}")
        make_product(f"Product {number}", categories=[category])
        make_image(f"Image {number}").tags.add("fruit", f"tag {number}")
        file = ContentFile(b"text", f"{number}.txt")
        Document.objects.create(title=f"Document {number}", file=file).tags.add("paper")


def get(client, path, expected=200, **words):
    answer = client.get(f"{BASE}{path}", words)
    assert answer.status_code == expected, answer.content
    return answer.json()


@pytest.mark.parametrize("path", [*NUMBERED, "documents/"])
def test_both_grammars_show_the_same(client, full, path):
    first, second = (get(client, path, limit=2, offset=offset)["items"] for offset in (0, 2))
    assert get(client, path, page_size=2)["items"] == first
    assert get(client, path, page=1, page_size=2)["items"] == first
    assert get(client, path, page=2, page_size=2)["items"] == second
    assert get(client, path, page=99)["items"] == []
    assert get(client, path, page=99)["meta"] == get(client, path)["meta"]


@pytest.mark.parametrize("path", [*NUMBERED, "documents/"])
@pytest.mark.parametrize(
    ("words", "attr"),
    [
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "x"}, "page"),
        ({"page": "9" * 30}, "page"),
        ({"page": str(2**31 - 1), "page_size": "100"}, "page"),
        ({"page_size": "101"}, "page_size"),
        ({"page_size": "1.5"}, "page_size"),
        ({"page": "1", "limit": "5"}, "limit"),
        ({"page_size": "1", "offset": "5"}, "offset"),
    ],
)
def test_what_is_no_page_is_named(client, shop_site, path, words, attr):
    assert get(client, path, 400, **words)["errors"][0]["attr"] == attr


@pytest.mark.parametrize("path", ["pages/", "images/", "documents/"])
@pytest.mark.parametrize("fields", ["", "*"])
def test_a_long_page_takes_no_more_statements(
    client, full, path, fields, django_assert_max_num_queries
):
    words = {"fields": fields} if fields else {}
    get(client, path, **words)
    with django_assert_max_num_queries(15):
        assert len(get(client, path, limit=100, **words)["items"]) >= 5


def test_files_have_whole_addresses_and_tags(client, full):
    image = get(client, "images/", order="title")["items"][0]
    assert image["meta"]["download_url"].startswith("https://shop.test/media/")
    assert image["meta"]["tags"] == ["fruit", "tag 0"]
    assert get(client, "images/", tags="tag 1")["meta"]["total_count"] == 1
    assert get(client, "documents/")["items"][0]["meta"]["tags"] == ["paper"]


def ids(page):
    return [item["id"] for item in page["items"]]


def test_a_cursor_stays_where_it_was_when_orders_come_in(client, shop_site):
    person = customer("amina")
    made = [make_order(user=person).pk for _ in range(5)]
    client.force_login(person)
    first = get(client, "orders/", limit=2)
    assert ids(first) == made[:2:-1]
    make_order(user=person)
    following = client.get(first["meta"]["next"].removeprefix("https://shop.test")).json()
    assert ids(following) == [made[2], made[1]]
    assert str(made[3]) not in first["meta"]["next"]
    assert get(client, "orders/", page=2, page_size=2)["items"][0]["id"] == made[3]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "7", "=", "ä", "a" * 500, base64.b64encode(b"before:1").decode(),
     base64.b64encode(b"after:-1").decode(), base64.b64encode(b"after:" + b"9" * 19).decode()],
)  # fmt: skip
def test_a_cursor_of_ones_own_making_is_refused(client, shop_site, cursor):
    client.force_login(customer("amina"))
    assert get(client, "orders/", 400, cursor=cursor)["errors"][0]["attr"] == "cursor"


def test_a_cursor_is_no_page(client, shop_site):
    client.force_login(customer("amina"))
    cursor = base64.b64encode(b"after:9").decode()
    assert get(client, "orders/", cursor=cursor)["items"] == []
    for words in ({"page": 2}, {"offset": 1}):
        error = get(client, "orders/", 400, cursor=cursor, **words)["errors"][0]
        assert error["code"] == "mixed_paging"


def test_staff_find_orders(client, shop_site, django_assert_max_num_queries):
    day = datetime(2026, 3, 1, 12, tzinfo=UTC)
    old = make_order(placed_at=day, phone="+254712345678", status="shipped")
    new = make_order(placed_at=day + timedelta(days=2), name="Brian", payment_status="paid")
    client.force_login(customer("support", "view_order"))
    found = {
        "status=shipped": [old],
        "status=shipped&payment_status=paid": [],
        "payment_status=paid": [new],
        "placed_after=2026-03-01T12:00:00Z": [new],
        "placed_after=2026-03-01": [new, old],
        "placed_after=2026-03-01T14:59:00%2B03:00": [new, old],
        f"search={old.number}": [old],
        f"search={old.readable_number}": [old],
        "search=0712 345 678": [old],
        "search=brian": [new],
        "search=nobody": [],
    }
    for words, orders in found.items():
        page = client.get(f"{ORDERS}?{words}").json()
        assert ids(page) == [order.pk for order in orders], words
        assert page["meta"]["total_count"] == len(orders)
    page = get(client, "orders/", limit=1, search="wanjiku kamau")
    assert page["meta"]["next"] is None
    for _ in range(20):
        make_order()
    page = get(client, "orders/", limit=1, search="wanjiku")
    assert "search=wanjiku" in page["meta"]["next"]
    with django_assert_max_num_queries(9):
        get(client, "orders/", limit=100, search="wanjiku", status="placed")


@pytest.mark.parametrize(
    ("word", "value"),
    [("status", "eaten"), ("payment_status", "x"), ("placed_after", "soon"),
     ("placed_after", "2026-99-99"), ("placed_after", "0001-01-01"), ("search", "x" * 201),
     ("colour", "red")],
)  # fmt: skip
def test_a_filter_that_means_nothing_is_named(client, shop_site, word, value):
    client.force_login(customer("support", "view_order"))
    assert get(client, "orders/", 400, **{word: value})["errors"][0]["attr"] == word
