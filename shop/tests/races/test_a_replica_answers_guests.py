"""A replica of the database answers who has written nothing; everybody else reads the primary."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.catalog.models import Product
from shop.core.memory import Remembered
from shop.core.routing import ReplicaRouter, reading_alias, replica_may_answer
from shop.tests.factories import make_product, make_site

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

READ_ONLY = {
    "postgresql": {"options": "-c default_transaction_read_only=on"},
    "sqlite": {"init_command": "PRAGMA query_only = ON"},
}
PAGES = ("/all-products/", "/products/lamp/", "/search/?q=lamp", "/api/v2/products/?limit=3")


@pytest.fixture
def shop(settings: Any) -> Iterator[None]:
    """A shop with a second connection to its database, which refuses to write."""
    primary = connections["default"]
    own = {**primary.settings_dict}
    own["OPTIONS"] = {**own["OPTIONS"], **READ_ONLY[primary.vendor]}
    # Opened before its name is known: a test may use no other database that is.
    replica = type(primary)(own, "replica")
    replica.ensure_connection()
    connections.settings["replica"] = own
    connections["replica"] = replica
    settings.DATABASE_ROUTERS = ["shop.core.routing.ReplicaRouter"]
    settings.PAGE_CACHE_SECONDS = 60.0
    make_product("Lamp", categories=[make_site().all_products], stock=5)
    yield
    connections["replica"].close()
    del connections["replica"]
    del connections.settings["replica"]


@pytest.fixture
def reads(shop: None) -> Callable[[Callable[[], Any]], tuple[int, int]]:
    """Count the statements of an act, on the primary and on the replica."""

    def counted(act: Callable[[], Any]) -> tuple[int, int]:
        Remembered.forget_everything()
        with (
            CaptureQueriesContext(connections["default"]) as primary,
            CaptureQueriesContext(connections["replica"]) as replica,
        ):
            act()
        told = [query for query in primary if "api_cataloguechange" not in query["sql"]]
        return len(told), len(replica)

    return counted


@pytest.mark.parametrize("address", PAGES)
def test_a_guest_is_answered_by_the_replica(reads: Any, address: str) -> None:
    Client().get(address)  # may cut a picture
    guest = Client()
    _primary, replica = reads(lambda: guest.get(address))
    assert replica > 0


def test_what_a_page_is_made_of_comes_from_the_replica_alone(reads: Any) -> None:
    Client().get("/all-products/?sort=name")

    def page() -> None:
        with replica_may_answer():
            Product.objects.live().count()
            assert reading_alias() == "replica"

    assert reads(page) == (0, 1)


@pytest.mark.parametrize("address", PAGES)
def test_who_has_a_cart_reads_what_was_just_written(reads: Any, address: str) -> None:
    shopper = Client()
    assert reads(lambda: shopper.post("/cart/lines/", {"variant": "LAMP", "quantity": 1}))[1] == 0
    assert shopper.cookies
    assert reads(lambda: shopper.get(address))[1] == 0


@pytest.mark.parametrize("header", ["X-Cart-Token", "Authorization", "X-Session-Token"])
def test_programs_with_a_cart_or_a_token_read_the_primary(reads: Any, header: str) -> None:
    assert reads(lambda: Client().get(PAGES[-1], headers={header: "x"}))[1] == 0


@pytest.mark.parametrize("address", ["/cart/", "/account/login/", "/api/v2/cart/", "/health/db/"])
def test_what_is_no_catalogue_page_reads_the_primary(reads: Any, address: str) -> None:
    assert reads(lambda: Client().get(address))[1] == 0


def test_after_a_write_the_primary_answers(shop: None) -> None:
    with replica_may_answer():
        make_product("Torch")
        assert reading_alias() == "default"
        assert Product.objects.filter(name="Torch").exists()
    assert reading_alias() == "default"


def test_a_replica_that_is_gone_is_done_without(
    shop: None, reads: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connections["replica"], "ensure_connection", gone)
    guest = Client()
    assert guest.get("/all-products/").status_code == 200
    assert guest.get("/all-products/").status_code == 200
    lines = [line for line in caplog.records if line.name == "shop.storefront.replica"]
    assert len(lines) == 1


def test_a_replica_gets_its_tables_from_the_primary() -> None:
    assert not ReplicaRouter().allow_migrate("replica", "catalog")
    assert ReplicaRouter().allow_migrate("default", "catalog")
