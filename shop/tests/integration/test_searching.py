"""A shopper searches: by words, by code, with a slip of the finger; drafts are never found."""

import pytest
from django.db import connection

from search.actions import rebuild
from search.models import ProductDocument
from search.queries import find_products
from shop.catalog.models import Product
from shop.tests.factories import make_category, make_product

pytestmark = pytest.mark.django_db


def names(text):
    found = find_products(text)
    by_id = Product.objects.in_bulk(found.product_ids)
    return [by_id[pk].name for pk in found.product_ids]


@pytest.fixture
def lamps(shop_site):
    lighting = make_category("Lighting")
    make_product("Solar lamp", sku="RDS/56 3#B", brand="Jua", categories=[lighting])
    make_product("Desk lamp", description="<p>Folds, and runs on solar power.</p>")
    make_product("Café mug", attributes={"Material": "Enamel"})
    make_product("Secret lamp", live=False)
    return lighting


def test_the_name_counts_more_than_the_description(lamps):
    assert names("solar") == ["Solar lamp", "Desk lamp"]


@pytest.mark.parametrize("text", ["lamps", "LAMP", "lam", "desk lam", "lamp   desk"])
def test_beginnings_plurals_and_order_do_not_matter(lamps, text):
    assert "Desk lamp" in names(text)


@pytest.mark.parametrize("text", ["RDS/56 3#B", "rds/56 3#b", "jua", "lighting"])
def test_codes_brands_and_categories_are_found(lamps, text):
    assert names(text)[0] == "Solar lamp"


def test_a_whole_number_finds_none_that_only_begin_like_it(shop_site):
    make_product("Short chain", sku="CH 1")
    make_product("Long chain", sku="CH 100")
    assert names("ch 1") == ["Short chain"]
    assert set(names("ch 10")) == {"Long chain"}


@pytest.mark.parametrize("text", ["cafe", "CAFÉ", "enamel mug"])
def test_accents_and_facts_are_found(lamps, text):
    assert names(text) == ["Café mug"]


@pytest.mark.parametrize("slip", ["slar lamp", "solra lamp", "sollar lamp", "solat lamp", "lmap"])
def test_a_slip_of_the_finger_is_forgiven_and_said(lamps, slip):
    found = find_products(slip)
    assert found.product_ids
    assert found.corrected in {"solar lamp", "lamp"}


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\x00", "'", '"', "zq:*", "& | !", "%_", "()", "*", "x" * 10_000, "🥭", "NEAR("],
)
def test_strange_words_find_nothing_and_break_nothing(lamps, client, text):
    assert names(text) == []
    assert client.get("/search/", {"q": text}).status_code == 200
    assert client.get("/search/suggest/", {"q": text}).json() == {"suggestions": []}


def test_a_draft_is_not_found_until_it_is_published_and_no_longer_after(lamps):
    assert "Secret lamp" not in names("secret")
    product = Product.objects.get(name="Secret lamp")
    product.save_revision().publish()
    assert names("secret") == ["Secret lamp"]
    product.refresh_from_db()
    product.unpublish()
    assert names("secret") == []


def test_a_deleted_product_is_forgotten(lamps):
    Product.objects.get(name="Solar lamp").delete()
    assert names("solar") == ["Desk lamp"]


def test_a_category_taken_down_takes_its_products_out_of_the_search(lamps):
    lamps.unpublish()
    assert names("solar") == ["Desk lamp"]


def test_the_index_can_be_made_anew(lamps):
    ProductDocument.objects.all().delete()
    assert rebuild() == 4
    assert names("solar") == ["Solar lamp", "Desk lamp"]


def test_filters_and_order_work_on_results(lamps, client):
    make_product("Cheap lamp", price=10)
    page = client.get("/search/", {"q": "lamp", "sort": "price"})
    assert page.context["listing"]["cards"][0]["name"] == "Cheap lamp"
    page = client.get("/search/", {"q": "lamp", "max_price": "50"})
    assert [card["name"] for card in page.context["listing"]["cards"]] == ["Cheap lamp"]


def test_suggestions_name_products_and_categories(lamps, client):
    answer = client.get("/search/suggest/", {"q": "li"}).json()["suggestions"]
    assert {"Lighting", "Solar lamp"} <= {entry["title"] for entry in answer}
    assert client.get("/search/suggest/", {"q": "desk l"}).json()["suggestions"][0] == {
        "title": "Desk lamp",
        "url": "/products/desk-lamp/",
        "kind": "product",
        "detail": "KSh\u00a0100",
        "image": None,
    }


def test_a_results_page_costs_few_statements(lamps, client, django_assert_max_num_queries):
    for _ in range(30):
        make_product("Lamp shade", stock=3)
    client.get("/search/", {"q": "shade"})
    with django_assert_max_num_queries(13):
        client.get("/search/", {"q": "shade"})


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL lets words wait")
def test_no_words_wait_beside_the_index(lamps):
    with connection.cursor() as cursor:
        # What waits is read whole at each search; this tells how many pages did.
        cursor.execute("SELECT gin_clean_pending_list('document_words')")
        assert cursor.fetchone() == (0,)
