"""Pages of categories read the tree once for each state of the catalogue, and never an old one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.catalog.changes import catalogue_seen, while_unchanged
from shop.tests.factories import make_category, make_product

pytestmark = pytest.mark.django_db

TOOLS = "/all-products/tools/"


@pytest.fixture
def shopper(client: Client) -> Client:
    """Somebody with a cart, who is never given a kept page."""
    client.cookies["theme"] = "dark"
    return client


def statements(shopper: Client, address: str) -> tuple[str, list[str]]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = shopper.get(address).content.decode()
    return page, [query["sql"] for query in seen.captured_queries]


def test_a_page_seen_again_reads_no_tree(shop_site, shopper) -> None:
    tools = make_category("Tools")
    make_category("Hammers", tools)
    make_product("Chisel", categories=[tools])
    first, read = statements(shopper, TOOLS)
    again, read_again = statements(shopper, TOOLS)
    assert first == again
    assert any("catalog_categorypage" in sql for sql in read)
    assert not any("wagtailcore_page" in sql for sql in read_again)
    assert len(read_again) <= len(read) - 4


def test_a_changed_name_is_on_the_next_page(shop_site, shopper) -> None:
    tools = make_category("Tools")
    hammers = make_category("Hammers", tools)
    make_product("Claw hammer", categories=[hammers])
    assert "Hammers" in statements(shopper, TOOLS)[0]
    hammers.title = "Mallets"
    hammers.save_revision().publish()
    shown = statements(shopper, TOOLS)[0]
    assert "Mallets" in shown and "Hammers" not in shown
    hammers.unpublish()
    assert "Mallets" not in statements(shopper, TOOLS)[0]


def test_outside_of_such_a_page_everything_is_read_anew(shop_site) -> None:
    read = []

    @while_unchanged
    def looked_up(name: str) -> int:
        read.append(name)
        return len(read)

    assert [looked_up("a"), looked_up("a")] == [1, 2]
    with catalogue_seen():
        assert [looked_up("a"), looked_up("a"), looked_up("b")] == [3, 3, 4]
    make_product("Anything")
    with catalogue_seen():
        assert looked_up("a") == 5
