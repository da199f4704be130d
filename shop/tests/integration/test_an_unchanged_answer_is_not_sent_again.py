"""ETag and 304 on what the catalogue answers: short when nothing changed, never stale."""

import random
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from wagtail.models import PageViewRestriction

from shop.catalog.actions import refresh_listings
from shop.catalog.actions.products import update_product
from shop.catalog.changes import triggers
from shop.catalog.models import (
    CatalogueChange,
    CategoryPage,
    Listing,
    Product,
    ProductPicture,
)
from shop.core.clock import now
from shop.inventory.actions import set_on_hand
from shop.tests.api_tokens import bearer, program_token
from shop.tests.factories import first_variant, make_category, make_image, make_product

pytestmark = pytest.mark.django_db

LIST = "/api/v2/products/"


@pytest.fixture
def shelf(shop_site):
    """Ten products in three categories, one below another."""
    fruits = make_category("Fruits")
    mangoes = make_category("Mangoes", fruits)
    bakery = make_category("Bakery")
    products = [
        make_product(f"Thing {number}", categories=[mangoes if number % 2 else bakery])
        for number in range(10)
    ]
    return {"fruits": fruits, "mangoes": mangoes, "bakery": bakery, "products": products}


def addresses(shelf) -> list[str]:
    return [
        LIST,
        f"{LIST}?category={shelf['fruits'].pk}&order=price&limit=3",
        f"{LIST}?in_stock=true",
        f"{LIST}{shelf['products'][0].pk}/",
        "/api/v2/categories/",
        "/api/v2/categories/tree/",
        f"/api/v2/categories/{shelf['fruits'].pk}/",
        f"/api/v2/categories/{shelf['fruits'].pk}/average-price/",
        "/api/v2/categories/average-prices/",
        "/api/v2/pages/",
        f"/api/v2/pages/{shelf['fruits'].pk}/",
        "/api/v2/images/",
    ]


def asked_again(client, address, tag):
    return client.get(address, headers={"If-None-Match": tag})


def test_what_did_not_change_is_not_sent_again(client: Client, shelf):
    for address in addresses(shelf):
        client.get(address)  # may cut a picture
        first = client.get(address)
        tag = first.headers["ETag"]
        assert tag.startswith('W/"')
        again = asked_again(client, address, tag)
        assert (again.status_code, again.content) == (304, b""), address
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"
        assert {"Authorization", "Cookie"} <= set(first.headers["Vary"].split(", "))
        assert asked_again(client, address, f'"other", {tag}').status_code == 304
        assert asked_again(client, address, '"other"').content == first.content
        assert client.head(address).headers["ETag"] == tag


def test_a_tag_is_of_one_address(client: Client, shelf):
    tag = client.get(LIST).headers["ETag"]
    assert asked_again(client, f"{LIST}?limit=3", tag).status_code == 200
    assert asked_again(client, f"{LIST}?unheard=of", tag).status_code == 400
    assert asked_again(client, f"{LIST}99999/", tag).status_code == 404
    assert "ETag" not in client.get(f"{LIST}99999/").headers
    assert "ETag" not in client.get(f"{LIST}?search=thing").headers


def test_a_304_reads_the_version_and_nothing_else(client, shelf, django_assert_num_queries):
    tag = client.get(LIST).headers["ETag"]
    with django_assert_num_queries(1):
        assert asked_again(client, LIST, tag).status_code == 304


def test_a_gzipped_answer_has_the_same_tag(client: Client, shelf):
    plain = client.get(LIST).headers["ETag"]
    packed = client.get(LIST, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] == plain


def test_a_bad_token_is_refused_before_any_tag_is_looked_at(client: Client, shelf):
    tag = client.get(LIST).headers["ETag"]
    headers = {"If-None-Match": tag, "Authorization": "Bearer wrong"}
    assert client.get(LIST, headers=headers).status_code == 401
    assert asked_again(client, LIST, tag).status_code == 304
    headers["Authorization"] = bearer(program_token("orders:read"))["Authorization"]
    assert client.get(LIST, headers=headers).status_code == 304


def test_pages_of_somebody_known_have_no_tag(client: Client, shelf):
    client.force_login(get_user_model().objects.create_user("amina"))
    assert "ETag" not in client.get("/api/v2/pages/").headers
    assert "ETag" in client.get(LIST).headers


CHANGES = {
    "a price": lambda s: update_product(product_id=s["products"][1].pk, changes={"price": 777}),
    "a name": lambda s: update_product(product_id=s["products"][3].pk, changes={"name": "Kiwi"}),
    "sold out": lambda s: set_on_hand({first_variant(s["products"][0]).pk: 0}),
    "another stock": lambda s: set_on_hand({first_variant(s["products"][0]).pk: 3}),
    "unpublished": lambda s: s["products"][5].unpublish(),
    "published": lambda s: s["products"][5].save_revision().publish(),
    "a sale": lambda s: update_product(product_id=s["products"][0].pk, changes={"sale_price": 5}),
    "a new product": lambda s: make_product("New", categories=[s["mangoes"]]),
    "a product gone": lambda s: Product.objects.order_by("-pk").first().delete(),
    "a category moved": lambda s: CategoryPage.objects.get(pk=s["mangoes"].pk).move(
        CategoryPage.objects.get(pk=s["bakery"].pk), pos="last-child"
    ),
    "a category moved back": lambda s: CategoryPage.objects.get(pk=s["mangoes"].pk).move(
        CategoryPage.objects.get(pk=s["fruits"].pk), pos="last-child"
    ),
    "a category renamed": lambda s: CategoryPage.objects.filter(pk=s["fruits"].pk).update(
        title=f"Fruits {random.random()}"
    ),
    "a category hidden": lambda s: CategoryPage.objects.get(pk=s["bakery"].pk).unpublish(),
    "a category shown": lambda s: (
        CategoryPage.objects.get(pk=s["bakery"].pk).save_revision().publish()
    ),
    "a category locked": lambda s: PageViewRestriction.objects.create(
        page=s["bakery"], restriction_type="login"
    ),
    "a picture": lambda s: ProductPicture.objects.create(
        product=s["products"][0], image=make_image()
    ),
    "other words for a picture": lambda s: ProductPicture.objects.update(alt="Other words"),
    "raw SQL": lambda s: _raw("UPDATE catalog_product SET brand = brand || 'x'"),
    "lists by hand": lambda s: Listing.objects.update(featured=True),
}


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_an_answer_changes_its_tag(client: Client, shelf, seed):
    chance = random.Random(seed)
    known = addresses(shelf)

    def seen() -> dict:
        for address in known:
            client.get(address)
        answers = {address: client.get(address) for address in known}
        return {at: (got.content, got.headers.get("ETag")) for at, got in answers.items()}

    before = seen()
    changed = 0
    for name, change in chance.sample(sorted(CHANGES.items()), len(CHANGES)):
        change(shelf)
        after = seen()
        for address in known:
            if after[address][0] != before[address][0]:
                changed += 1
                assert after[address][1] != before[address][1], (name, address)
                tag = before[address][1]
                assert tag is None or asked_again(client, address, tag).status_code != 304
        before = after
    assert changed > 20


def test_a_sale_that_begins_and_ends_by_itself_changes_the_tag(client, shelf, monkeypatch):
    product = shelf["products"][0]
    start, end = now() + timedelta(hours=1), now() + timedelta(hours=2)
    Product.objects.filter(pk=product.pk).update(sale_price=5, sale_from=start, sale_until=end)
    refresh_listings([product.pk])
    at = {"now": now()}
    for module in (
        "shop.catalog.changes.version",
        "shop.api.etags.answers",
        "shop.api.products.reading",
        "shop.api.products.parts",
    ):
        monkeypatch.setattr(f"{module}.now", lambda: at["now"])
    tags, bodies = [], []
    for moment in (start - timedelta(minutes=1), start, end - timedelta(minutes=1), end):
        at["now"] = moment
        for _twice in range(2):
            answer = client.get(f"{LIST}{product.pk}/")
        tags.append(answer.headers["ETag"])
        bodies.append(answer.json()["sale_price"])
        assert asked_again(client, f"{LIST}{product.pk}/", tags[-1]).status_code == 304
    assert bodies == [None, "5.00", "5.00", None]
    assert tags[1] == tags[2]
    assert len(set(tags)) == 3


def test_what_was_rolled_back_changed_nothing(client: Client, shelf):
    tag = client.get(LIST).headers["ETag"]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Product.objects.update(brand="Another")
        raise ZeroDivisionError
    assert asked_again(client, LIST, tag).status_code == 304


def test_stock_that_lists_do_not_tell_leaves_their_tags(client: Client, shelf):
    product = shelf["products"][0]
    lists, own = client.get(LIST).headers["ETag"], client.get(f"{LIST}{product.pk}/")
    set_on_hand({first_variant(product).pk: 55})
    lists = client.get(LIST).headers["ETag"]
    set_on_hand({first_variant(product).pk: 44})
    assert asked_again(client, LIST, lists).status_code == 304
    assert asked_again(client, f"{LIST}{product.pk}/", own.headers["ETag"]).status_code == 200


def test_the_record_of_changes_stays_small(shelf):
    if connection.vendor != "postgresql":
        assert CatalogueChange.objects.count() == 1
    for _ in range(200):
        Product.objects.update(brand="x")
    assert CatalogueChange.objects.count() <= 3 * triggers.KEPT_ROWS


def test_without_the_counting_there_is_no_tag(client: Client, shelf):
    CatalogueChange.objects.all().delete()
    assert "ETag" not in client.get(LIST).headers
    triggers.count_changes()
    assert "ETag" in client.get(LIST).headers


def test_another_front_may_read_the_short_answer(client: Client, shelf, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://front.test"]
    tag = client.get(LIST).headers["ETag"]
    headers = {"If-None-Match": tag, "Origin": "https://front.test"}
    answer = client.get(LIST, headers=headers)
    assert answer.status_code == 304
    assert answer.headers["Access-Control-Allow-Origin"] == "https://front.test"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "origin" in answer.headers["Vary"].lower()
