"""Redis goes away in the middle of a day and comes back with what it knew before."""

import logging
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings as project
from django.core.cache import cache, caches
from django.test import Client

from shop.cart.models import Cart, CartLine
from shop.core import patient_redis
from shop.customers.models import User
from shop.orders.models import Order
from shop.tests.factories import make_product, make_site
from shop.tests.fakes.wire import Wire, wire_to
from shop.tests.integration.test_buying_in_the_shop import DETAILS, put_in

pytestmark = pytest.mark.django_db

ADDRESS = urlsplit(project.REDIS_URL or "redis://127.0.0.1:6379/15")
PASSWORD = "a long enough one"


def _answers() -> bool:
    try:
        with redis.Redis.from_url(ADDRESS.geturl(), socket_connect_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@pytest.fixture
def wire(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """All caches in Redis behind a wire, as with REDIS_URL; asked again without a pause."""
    if not _answers():
        pytest.skip(f"needs a Redis at {ADDRESS.hostname}:{ADDRESS.port or 6379}")
    monkeypatch.setattr(patient_redis, "PAUSE", 0.0)
    run = secrets.token_hex(4)
    with wire_to(ADDRESS.hostname or "", ADDRESS.port or 6379) as wire:

        def of(name: str, meanwhile: str) -> dict[str, Any]:
            user = f"{ADDRESS.username or ''}:{ADDRESS.password}@" if ADDRESS.password else ""
            return {
                "BACKEND": "shop.core.patient_redis.PatientRedisCache",
                "LOCATION": f"redis://{user}127.0.0.1:{wire.port}{ADDRESS.path}",
                "KEY_PREFIX": f"{run}-{name}",
                "TIMEOUT": 60,
                "OPTIONS": {"meanwhile": meanwhile, "socket_timeout": 5.0},
            }

        settings.CACHES = {
            **project.CACHES,
            "default": of("default", "memory"),
            "counters": of("counters", "memory"),
            "sessions": of("sessions", "nothing"),
            "pages": of("pages", "nothing"),
        }
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
        settings.SESSION_CACHE_ALIAS = "sessions"
        settings.REDIS_URL = f"redis://127.0.0.1:{wire.port}/0"
        settings.PAGE_CACHE_SECONDS = 60.0
        yield wire
    patient_redis.Outage._all.clear()


@pytest.fixture
def shopper(wire: Wire) -> Client:
    """Somebody who is signed in, in a shop with mangoes."""
    make_site()
    make_product("Mangoes", price=116, stock=10, sku="MANGO")
    client = Client()
    client.force_login(User.objects.create_user("amina", password=PASSWORD))
    assert "Account" in client.get("/").content.decode()
    return client


def test_a_shopper_notices_nothing(wire: Wire, shopper: Client) -> None:
    wire.cut()
    assert "Account" in shopper.get("/all-products/").content.decode()
    put_in(shopper)
    assert CartLine.objects.count() == 1
    agreed = {**DETAILS, "checkout_key": Cart.objects.get().checkout_key}
    assert shopper.post("/checkout/", agreed).status_code == 302
    assert Order.objects.count() == 1
    wire.mend()
    assert "Account" in shopper.get("/").content.decode()


def test_guests_get_their_pages(wire: Wire, shopper: Client) -> None:
    wire.cut()
    for _twice in range(2):
        assert Client().get("/all-products/").status_code == 200
        assert Client().get("/api/v2/products/").status_code == 200


def test_who_signed_out_meanwhile_stays_signed_out(wire: Wire, shopper: Client) -> None:
    stolen = Client()
    stolen.cookies["sessionid"] = shopper.cookies["sessionid"].value
    assert "Account" in stolen.get("/").content.decode()
    wire.cut()
    shopper.post("/account/logout/")
    wire.mend()
    # Redis still had the session from before.
    assert "Sign in" in stolen.get("/").content.decode()


def test_a_cart_filled_meanwhile_is_there_afterwards(wire: Wire, shopper: Client) -> None:
    guest = Client()
    put_in(guest, quantity=1)
    wire.cut()
    put_in(guest, quantity=3)
    wire.mend()
    assert guest.session["cart_count"] == 4


def test_callers_are_counted_on(wire: Wire, shopper: Client, settings: Any) -> None:
    settings.API_RATES = {"write": {"guest": 2}}
    wire.cut()
    caller = Client(REMOTE_ADDR="203.0.113.9")
    answers = [
        caller.post("/api/v2/cart/lines/", {}, content_type="application/json").status_code
        for _ in range(3)
    ]
    assert answers == [400, 400, 429]


def test_health_says_so_and_the_log_says_it_once(
    wire: Wire, shopper: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert shopper.get("/health/cache/").status_code == 200
    with caplog.at_level(logging.WARNING, "shop.core.patient_redis"):
        wire.cut()
        assert shopper.get("/health/cache/").status_code == 503
        assert shopper.get("/health/").status_code == 200
        shopper.get("/")
        wire.mend()
        assert shopper.get("/health/cache/").status_code == 200
    lines = [line.getMessage() for line in caplog.records if line.name == patient_redis.__name__]
    assert len(lines) == 2
    assert "going on without it" in lines[0]
    assert "answers again" in lines[1]


def test_reading_alone_makes_no_outage_end(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "shop.core.patient_redis"):
        wire.cut()
        for _thrice in range(3):
            assert cache.get("word") is None
    assert len(caplog.records) == 1


def test_values_of_the_meantime_are_not_kept(wire: Wire) -> None:
    cache.set("word", "old")
    wire.cut()
    cache.set("word", "meanwhile")
    assert cache.get("word") == "meanwhile"
    assert caches["sessions"].get("word") is None
    wire.mend()
    assert cache.get("word") is None
    cache.set("word", "new")
    wire.cut()
    assert cache.get("word") is None
