"""With SEARCH_URL the same results page asks OpenSearch, and the database while that is away."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django_q.models import OrmQ

from search import engine, tasks
from search.actions import rebuild
from search.models import UnsentDocument
from search.queries import find_products
from shop.catalog.actions.products import update_product
from shop.catalog.models import Product
from shop.tests.factories import ShopSite, make_category, make_product
from shop.tests.fakes.opensearch import FakeSearch, fake_opensearch
from shop.tests.fakes.provider_server import Reply, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(
    settings: Any, shop_site: ShopSite, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeSearch]:
    monkeypatch.setattr(engine, "_rests_until", 0.0)
    lighting = make_category("Lighting")
    make_product("Solar lamp", sku="SOL-1", brand="Jua", categories=[lighting])
    make_product("Desk lamp", description="<p>Runs on solar power.</p>", categories=[lighting])
    make_product("Secret lamp", live=False)
    with fake_opensearch() as fake:
        settings.SEARCH_URL = fake.url
        assert rebuild() == 3
        yield fake


def names(text: str) -> list[str]:
    by_id = Product.objects.in_bulk(found := find_products(text).product_ids)
    return [by_id[pk].name for pk in found]


def test_the_server_is_asked(server: FakeSearch) -> None:
    assert names("solar") == ["Solar lamp", "Desk lamp"]
    assert names("lam desk") == ["Desk lamp"]
    assert server.searches == [["solar"], ["lam", "desk"]]


def test_an_exact_code_and_a_slip_are_found_as_ever(server: FakeSearch) -> None:
    assert names("sol-1")[0] == "Solar lamp"
    assert find_products("slar lamp").corrected == "solar lamp"


def test_the_results_page_is_the_same(server: FakeSearch, client: Client, settings: Any) -> None:
    answered = client.get("/search/?q=solar").content
    assert server.searches
    settings.SEARCH_URL = ""
    assert client.get("/search/?q=solar").content == answered


def test_drafts_are_neither_sent_nor_found(server: FakeSearch) -> None:
    assert {document["name"] for document in server.documents.values()} == {
        "solar lamp", "desk lamp",
    }  # fmt: skip


def test_what_changes_is_told_after_the_commit(
    server: FakeSearch, django_capture_on_commit_callbacks: Any
) -> None:
    product = Product.objects.get(name="Desk lamp")
    with django_capture_on_commit_callbacks(execute=True):
        update_product(product_id=product.pk, changes={"name": "Table torch"})
    assert "desk lamp" in server.documents[str(product.pk)]["name"]  # no call inside a transaction
    assert any(task.task["func"] == "search.tasks.send_words" for task in OrmQ.objects.all())
    tasks.send_words()
    assert server.documents[str(product.pk)]["name"] == "table torch"
    assert names("torch") == ["Table torch"]
    product.refresh_from_db()
    product.unpublish()
    tasks.send_words()
    assert str(product.pk) not in server.documents


def test_an_older_change_never_wins(server: FakeSearch) -> None:
    document = engine.Document(1, "new name", "", "", "")
    older = engine.Document(1, "old name", "", "", "")
    engine.send([document], [], {1: 10_000_007})
    engine.send([older], [], {1: 10_000_005})
    assert server.documents["1"]["name"] == "new name"


@pytest.mark.parametrize(
    "trouble",
    [
        Reply(reset=True),
        page(502),
        Reply(503, b"{}"),
        Reply(200, b'{"hits": 3}'),
        Reply(200, b"[]"),
    ],
    ids=["reset", "a proxy's page", "overloaded", "nonsense", "a list"],
)
def test_while_it_is_away_the_database_searches(
    server: FakeSearch, trouble: Reply, caplog: pytest.LogCaptureFixture, client: Client
) -> None:
    server.broken = trouble
    with caplog.at_level(logging.WARNING, "search.engine"):
        assert names("solar") == ["Solar lamp", "Desk lamp"]
        assert "Solar lamp" in client.get("/search/?q=solar").content.decode()
    lines = [line for line in caplog.records if line.name == "search.engine"]
    assert len(lines) == 1  # it is left alone for a while
    assert server.url not in lines[0].getMessage()


def test_what_changed_meanwhile_is_told_when_it_is_back(server: FakeSearch) -> None:
    server.broken = Reply(503, b"{}")
    product = make_product("Lantern")
    with pytest.raises(engine.NoEngine):
        tasks.send_words()
    assert UnsentDocument.objects.filter(product_id=product.pk).exists()
    server.broken = None
    tasks.send_words()
    assert server.documents[str(product.pk)]["name"] == "lantern"
    assert not UnsentDocument.objects.exists()


def test_an_index_that_is_being_filled_is_not_asked(server: FakeSearch) -> None:
    server.alias = ""
    assert names("solar") == ["Solar lamp", "Desk lamp"]
    assert not server.searches


def test_without_a_server_nothing_waits_for_one(settings: Any, shop_site: ShopSite) -> None:
    settings.SEARCH_URL = ""
    make_product("Lantern")
    assert not UnsentDocument.objects.exists()
    assert names("lantern") == ["Lantern"]


def test_pages_of_results_are_not_kept(server: FakeSearch, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60.0
    guest = Client()
    guest.get("/search/?q=solar")
    guest.get("/search/?q=solar")
    assert len(server.searches) == 2
