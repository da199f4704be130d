"""What every test can ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.conf import settings as project
from django.core.cache import cache
from pytest_django.plugin import DjangoDbBlocker

from shop.core.memory import Remembered
from shop.tests.factories import ShopSite, make_site
from shop.tests.kept_rows import as_migrated

# How long an example takes says something of the machine, nothing of the code.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Give each process of the suite a Redis database of its own: tests clear the whole cache."""
    default = project.CACHES["default"]
    if "redis" in default["BACKEND"]:
        worker = getattr(config, "workerinput", {"workerid": "gw0"})["workerid"]
        address = urlsplit(default["LOCATION"])
        number = int(address.path.strip("/") or 0) + int(worker.removeprefix("gw"))
        default["LOCATION"] = address._replace(path=f"/{number}").geturl()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """A test never reads what another one left in the cache."""
    cache.clear()
    Remembered.forget_everything()
    yield


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    """Pictures of a test go away with it."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def _as_migrated_after(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Bring back what a test with real transactions flushed: other tests come after it."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        with django_db_blocker.unblock():
            as_migrated()


@pytest.fixture
def _django_db_helper(_as_migrated_after: None, _django_db_helper: None) -> None:
    """Set up before, so torn down after, what pytest-django does with the database."""


@pytest.fixture
def shop_site(db: None) -> ShopSite:
    """The site with its home page and the root category All Products."""
    return make_site()
