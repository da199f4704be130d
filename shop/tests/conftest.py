"""What every test can ask for."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django.test
import hypothesis
import pytest
from django.conf import settings as project
from django.core.cache import cache, caches
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from shop.core.memory import Remembered
from shop.tests.factories import ShopSite, make_site
from shop.tests.kept_rows import KeptRowsTestCase
from shop.tests.prepared_database import PreparedDatabase

# Compiled once is quick to start, here and in each process that a test starts.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

RACES, HISTORIES = Path(__file__).parent / "races", Path(__file__).parent / "histories"

# How long an example takes says something of the machine, nothing of the code.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Give each process of the suite a Redis database of its own: tests clear the whole cache."""
    # A test with real transactions leaves the rows that migrations wrote.
    django.test.TransactionTestCase = KeptRowsTestCase  # type: ignore[misc]
    worker = getattr(config, "workerinput", {"workerid": "gw0"})["workerid"]
    for kept in project.CACHES.values():
        if "redis" in kept["BACKEND"]:
            address = urlsplit(kept["LOCATION"])
            number = int(address.path.strip("/") or 0) + int(worker.removeprefix("gw"))
            kept["LOCATION"] = address._replace(path=f"/{number}").geturl()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a failed test once more, and mark it R: a busy machine is no fault of the shop.

    A race that sold too much or sent twice is one, however seldom: there only waiting is repeated.
    """
    for item in items:
        alone = item.path.is_relative_to(RACES) or item.path.is_relative_to(HISTORIES)
        only = {"only_rerun": ["never happened", "[Tt]imed? ?[Oo]ut"]} if alone else {}
        if not item.get_closest_marker("flaky"):
            item.add_marker(pytest.mark.flaky(reruns=1, **only))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Make the database of the suite, from the last run's where no migration changed since."""
    prepared = PreparedDatabase(request.config.cache.mkdir("databases"))
    with django_db_blocker.unblock():
        kept = (django_db_keepdb and not django_db_createdb) or prepared.put_back()
        made = setup_databases(0, interactive=False, keepdb=kept, serialized_aliases=set())
        prepared.keep()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, 0)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """A test never reads what another one left in the cache."""
    cache.clear()
    caches["template_fragments"].clear()
    Remembered.forget_everything()
    yield


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    """Pictures of a test go away with it."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def shop_site(db: None) -> ShopSite:
    """The site with its home page and the root category All Products."""
    return make_site()


@pytest.fixture
def steady_minute(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Count calls ten seconds into a minute that does not end while a test runs, and from zero."""
    caches["counters"].clear()
    monkeypatch.setattr("shop.core.limits.time.time", lambda: 1_000_000_030.0)
    return monkeypatch
