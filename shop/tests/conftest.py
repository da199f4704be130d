"""What every test can ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from shop.tests.factories import ShopSite, make_site


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """A test never reads what another one left in the cache."""
    cache.clear()
    yield


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    """Pictures of a test go away with it."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def shop_site(db: None) -> ShopSite:
    """The site with its home page and the root category All Products."""
    return make_site()

