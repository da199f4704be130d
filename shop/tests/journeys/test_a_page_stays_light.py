"""A first visit costs little data, and nothing jumps while the page arrives."""

import gzip
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template.autoreload import reset_loaders
from django.test import Client
from django.utils.functional import empty
from playwright.sync_api import Page

from shop.core.templatetags.fragments import _fragment
from shop.tests.journeys.conftest import DESKTOP, PHONE
from shop.tests.journeys.small_shop import SHELF

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

BUDGET = 60_000  # bytes of HTML, CSS and JavaScript together, as they are sent
MOST_SHIFT = 0.02
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 400);
})"""


class Parts(HTMLParser):
    """Collect what a page makes the browser load, pictures apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.images: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("src"):
            self.addresses.add(given["src"] or "")
        if tag == "link" and given.get("rel") == "stylesheet":
            self.addresses.add(given["href"] or "")
        if tag == "img":
            self.images.append(given)


@pytest.fixture
def as_deployed(small_shop: Any, settings: Any, tmp_path: Path) -> Iterator[Client]:
    """A client of a shop whose own styles and scripts were collected as in production."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    forget_addresses()
    yield Client(headers={"accept-encoding": "gzip"})
    forget_addresses()


def forget_addresses() -> None:
    """Forget addresses of files, also in what pages say alike and was printed once."""
    staticfiles_storage._wrapped = empty  # type: ignore[attr-defined]
    reset_loaders()
    _fragment.cache_clear()


def sent(client: Client, address: str) -> tuple[int, str]:
    """Return the size of an answer as it travels, and its text."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Encoding"] == "gzip", address
    body = answer.getvalue()
    return len(body), gzip.decompress(body).decode()


def test_a_shelf_of_24_products_fits_the_budget(as_deployed: Client) -> None:
    size, html = sent(as_deployed, SHELF)
    page = Parts(html)
    assert html.count('class="product-card"') == 24
    assert any(address.endswith(".css") for address in page.addresses)
    assert any(address.endswith(".js") for address in page.addresses)
    sizes = {address: sent(as_deployed, address)[0] for address in page.addresses}
    total = size + sum(sizes.values())
    assert total <= BUDGET, {"page": size, **sizes}


def test_pictures_say_their_size_and_wait_their_turn(small_shop: Any) -> None:
    page = Parts(Client().get(SHELF).content.decode())
    assert len(page.images) >= 24
    for image in page.images:
        assert image.get("width", "").isdigit(), image
        assert image.get("height", "").isdigit(), image
        assert "alt" in image, image
    shelf = page.images[-24:]
    assert all(image.get("loading") == "lazy" for image in shelf[4:])
    assert not any(image.get("loading") == "lazy" for image in shelf[:2])


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("address", ["/", SHELF, "/products/clay-cooking-pot/"])
def test_nothing_jumps(visit: Callable[..., Page], address: str, viewport: dict[str, int]) -> None:
    page = visit(address, viewport=viewport)
    for _ in range(4):
        page.mouse.wheel(0, 700)
        page.wait_for_timeout(60)
    assert page.evaluate(SHIFTS) <= MOST_SHIFT
