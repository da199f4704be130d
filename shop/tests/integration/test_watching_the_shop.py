"""Load balancers, Prometheus and people who read logs learn how the shop is."""

import json
import logging
from datetime import timedelta
from queue import Queue
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.status import Stat

from settings.logs import JsonFormatter, RequestFilter, masked
from shop.core.clock import now
from shop.core.tracing import request_id
from shop.health import state
from shop.inventory.actions import InsufficientStock, reserve
from shop.tests.factories import ShopSite, make_product

pytestmark = pytest.mark.django_db

SHOWS_TOKEN = {"authorization": "Bearer what-prometheus-shows"}


class Sentinel:
    """What Django-Q2 tells of a running cluster."""

    parent_pid = pid = 4711
    cluster_id = "c1"
    broker = None
    tob = now()
    reincarnations = 0
    monitor = pusher = None
    result_queue: Queue[int] = Queue()
    task_queue: Queue[int] = Queue()

    def __init__(self, workers: int) -> None:
        self.pool = [type("Worker", (), {"pid": number})() for number in range(workers)]

    def status(self) -> str:
        """Return that it runs."""
        return Conf.IDLE


def enqueue(age: int) -> None:
    OrmQ.objects.create(key="duka", payload="x", lock=now() - timedelta(seconds=age))


def figures(client: Client) -> dict[str, float]:
    text = client.get("/metrics", headers=SHOWS_TOKEN).content.decode()
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


@pytest.mark.parametrize("name", ["db", "cache"])
def test_a_part_that_answers_is_well(client: Client, name: str) -> None:
    answer = client.get(f"/health/{name}/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_database_that_is_away_is_told_without_an_error(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise DatabaseError

    with connection.execute_wrapper(away):
        answer = client.get("/health/db/")
        alive = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "trouble": "no answer"}
    assert alive.status_code == 200


def test_a_queue_without_a_worker_is_not_well(client: Client) -> None:
    answer = client.get("/health/queue/")
    assert answer.status_code == 503
    assert answer.json()["trouble"] == "no worker is running"


@pytest.mark.parametrize(
    ("age", "status"), [(None, 200), (10, 200), (state.LONGEST_WAIT + 10, 503)]
)
def test_work_that_waits_too_long_is_told(
    client: Client, settings: Any, age: int | None, status: int
) -> None:
    Stat(Sentinel(workers=2)).save()
    if age is not None:
        enqueue(age)
    answer = client.get("/health/queue/")
    assert answer.status_code == status
    told = answer.json()
    assert told["workers"] == 2
    assert told["waiting"] == (age is not None)
    assert told["oldest_seconds"] == pytest.approx(age or 0, abs=5)


def test_a_cache_that_forgets_is_not_well(settings: Any, client: Client) -> None:
    forgetful = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {**settings.CACHES, "default": forgetful}
    answer = client.get("/health/cache/")
    assert answer.status_code == 503
    assert "does not keep" in answer.json()["trouble"]


def test_figures_are_for_who_shows_the_token(client: Client, settings: Any) -> None:
    assert client.get("/metrics").status_code == 401
    wrong = client.get("/metrics", headers={"authorization": "Bearer what-prometheus-shews"})
    assert wrong.status_code == 401
    assert client.get("/metrics", headers=SHOWS_TOKEN).status_code == 200
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers=SHOWS_TOKEN).status_code == 404


def test_prometheus_reads_what_happened(client: Client, shop_site: ShopSite) -> None:
    product = make_product("Lamp", categories=[shop_site.all_products], stock=1)
    before = figures(client)
    client.get("/all-products/")
    client.get("/api/v2/products/")
    with pytest.raises(InsufficientStock), transaction.atomic():
        reserve(reference="o1", demand={product.variants.get().pk: 2}, skus={})
    after = figures(client)

    def grew(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grew('duka_requests_total{door="shop",method="GET",status="200"}') >= 1
    assert grew('duka_requests_total{door="api",method="GET",status="200"}') == 1
    assert grew('duka_request_seconds_count{door="api"}') == 1
    assert grew('duka_queries_total{door="api"}') >= 1
    assert grew("duka_stock_refusals_total") == 1
    assert after['duka_part_up{part="db"}'] == 1
    assert after['duka_part_up{part="queue"}'] == 0
    assert after['duka_messages{state="failed"}'] == 0
    assert after['duka_payments{state="review"}'] == 0
    assert grew('duka_requests_total{door="metrics",method="GET",status="200"}') == 1
    assert after["duka_queue_waiting"] == state.queue().facts["waiting"]


def test_an_answer_says_what_it_cost_and_bears_a_name(client: Client, shop_site: ShopSite) -> None:
    first, second = client.get("/all-products/"), client.get("/health/db/")
    assert "db;dur=" in first.headers["Server-Timing"]
    assert second.headers["Server-Timing"].endswith('desc="1 statements"')
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_only_an_own_proxy_names_a_request(client: Client, settings: Any) -> None:
    given = {"X-Request-ID": "edge-0001-0002"}
    assert client.get("/health/", headers=given).headers["X-Request-ID"] != "edge-0001-0002"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get("/health/", headers=given).headers["X-Request-ID"] == "edge-0001-0002"
    evil = {"X-Request-ID": "a\tb <script>"}
    assert client.get("/health/", headers=evil).headers["X-Request-ID"] != evil["X-Request-ID"]


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        ("SMS to +254712345678 failed", "SMS to +254******678 failed"),
        ("call 0712345678", "call 0******678"),
        ("MSISDN 254112345678,", "MSISDN 254******678,"),
        ("GET /orders/q7Yb2nXk9TzLw4RmPs6Vd1Hc/ 500", "GET /orders/***/ 500"),
        ('Authorization: Bearer abc.def-123456789"', 'Authorization: Bearer ***"'),
        ("order 324455099 of 1712345678901", "order 324455099 of 1712345678901"),
        ("GET /all-products/produce/fruits/ 200", "GET /all-products/produce/fruits/ 200"),
        ("/products/solar-lantern-10w-with-a-very-long-name-indeed/", None),
    ],
)
def test_a_log_holds_no_phone_numbers_and_no_secrets(line: str, reads: str | None) -> None:
    assert masked(line) == (reads or line)


def test_a_line_of_the_log_tells_its_request() -> None:
    record = logging.makeLogRecord({"msg": "paid by %s", "args": ("+254712345678",)})
    token = request_id.set("abc12345")
    try:
        assert RequestFilter().filter(record)
    finally:
        request_id.reset(token)
    line = json.loads(JsonFormatter().format(record))
    assert line["request_id"] == "abc12345"
    assert line["message"] == "paid by +254******678"
