"""Sixty-four visitors ask for the same page at the same moment; it is made once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings as project
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from shop.catalog.changes import catalogue_version
from shop.core import kept
from shop.storefront import caching
from shop.tests.factories import make_site

CROWD = 64
pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "stampede"}


@pytest.fixture(params=["each process for itself", "shared in memory", "shared in Redis"])
def processes(request: Any, settings: Any) -> int:
    """Return how many processes there are, which share the cache named by the parameter."""
    if request.param == "each process for itself":
        return 1
    if request.param == "shared in Redis":
        if not project.REDIS_URL:
            pytest.skip("needs REDIS_URL")
        return 4
    settings.CACHES = {**project.CACHES, "pages": LOCAL}
    caches["pages"].clear()
    return 4


class Maker:
    """A page that takes as long as the test wants, and counts how often it was made."""

    def __init__(self, crowd: int) -> None:
        self.made = 0
        self.may_be_kept = True
        self._crowd = threading.Barrier(crowd)
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with self._lock:
            self.made += 1
            number = self.made
        response = HttpResponse(f"made {number}")
        request.resolver_match = type("Match", (), {"url_name": "wagtail_serve"})()
        if not self.may_be_kept:
            response.set_cookie("own", str(number))
        return response

    def visit(self, door: caching.PageCacheMiddleware) -> str:
        """Ask once everybody is there."""
        request = RequestFactory().get("/all-products/")
        try:
            connection.ensure_connection()
            self._crowd.wait(120)
            return door(request).content.decode()
        finally:
            connection.close()


def stampede(processes: int, *, may_be_kept: bool = True) -> tuple[int, list[str]]:
    make_site()
    maker = Maker(CROWD)
    maker.may_be_kept = may_be_kept
    doors = [caching.PageCacheMiddleware(maker) for _ in range(processes)]
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = list(
            crowd.map(maker.visit, [doors[number % processes] for number in range(CROWD)])
        )
    return maker.made, answers


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60.0


def test_it_is_made_once(processes: int) -> None:
    made, answers = stampede(processes)
    assert made == 1
    assert answers == ["made 1"] * CROWD


def test_what_may_not_be_kept_is_made_for_each(processes: int) -> None:
    made, answers = stampede(processes, may_be_kept=False)
    assert made == CROWD
    assert len(set(answers)) == CROWD


def test_a_maker_who_fails_lets_the_others_go_on(processes: int, settings: Any) -> None:
    make_site()

    class Trouble(Exception):
        pass

    calls = []

    def fails(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        raise Trouble

    door = caching.PageCacheMiddleware(fails)
    for _twice in range(2):
        with pytest.raises(Trouble):
            door(RequestFactory().get("/all-products/"))
    assert len(calls) == 2


def test_a_maker_who_died_is_not_waited_for_for_ever(
    processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site()
    monkeypatch.setattr(kept, "PATIENCE", 0.05)
    request = RequestFactory().get("/all-products/")
    key = caching.key_of(request, catalogue_version())
    caches["pages"].add(f"{key}:in-work", 1, 60)
    door = caching.PageCacheMiddleware(Maker(1))
    assert door(request).content == b"made 1"
