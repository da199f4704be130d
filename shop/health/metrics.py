"""Figures for Prometheus: what this web server counted, and how the shop stands now.

Counters live in files that the processes of one web server share (settings.METRICS_DIR, Prometheus
client's multiprocess mode); the rest is read from the database when somebody asks.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django_q.models import Failure
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from shop.health import state
from shop.inventory.signals import stock_refused
from shop.notifications.models import Message
from shop.payments.models import Payment

REQUESTS = Counter("duka_requests", "Requests answered", ["door", "method", "status"])
SECONDS = Histogram(
    "duka_request_seconds",
    "Time from request to answer",
    ["door"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
QUERIES = Counter("duka_queries", "Statements sent to the database by requests", ["door"])
REFUSALS = Counter("duka_stock_refusals", "Orders refused because too little was left")

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
DOORS = (
    "/api/",
    "/admin/",
    "/account/",
    "/static/",
    "/media/",
    "/payments/",
    "/health/",
    "/metrics",
)


def count_request(*, path: str, method: str, status: int, seconds: float, queries: int) -> None:
    """Count one answered request by its door, never by its whole address."""
    door = next((door.strip("/") for door in DOORS if path.startswith(door)), "shop")
    REQUESTS.labels(door, method if method in METHODS else "other", str(status)).inc()
    SECONDS.labels(door).observe(seconds)
    QUERIES.labels(door).inc(queries)


def count_refusal(sender: object, **kwargs: object) -> None:
    """Count an order that found too little stock."""
    REFUSALS.inc()


stock_refused.connect(count_refusal, dispatch_uid="metrics")


class ShopCollector(Collector):
    """Read how the shop stands now."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield gauges; those of a part that does not answer are left out."""
        up = GaugeMetricFamily("duka_part_up", "1 where the part is well", labels=["part"])
        facts = {}
        for name, ask in state.PARTS.items():
            part = ask()
            up.add_metric([name], float(part.ok))
            facts[name] = part.facts
        yield up
        if not facts["db"]:
            return
        for fact, value in facts["queue"].items():
            if value is not None:
                yield GaugeMetricFamily(f"duka_queue_{fact}", "Of the task queue", value=value)
        yield GaugeMetricFamily(
            "duka_tasks_failed", "Tasks given up, kept to be looked at", Failure.objects.count()
        )
        yield _by_state(
            "duka_messages",
            "Messages that are not through yet, or never will be",
            Message.objects.all(),
            ("due", "sending", "failed", "unknown"),
        )
        yield _by_state(
            "duka_payments",
            "Payments that wait for money, or for people",
            Payment.objects.all(),
            ("pending", "review"),
        )


def _by_state(
    name: str, words: str, rows: QuerySet[Any], states: tuple[str, ...]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=["state"])
    counted = rows.filter(state__in=states).order_by().values_list("state").annotate(Count("pk"))
    # A state that no row has is told as well: alerts compare it with what it was.
    for row_state, number in {**dict.fromkeys(states, 0), **dict(counted)}.items():
        family.add_metric([row_state], number)
    return family


def exposition() -> bytes:
    """Return all figures as Prometheus reads them (text format 0.0.4)."""
    registry = CollectorRegistry()
    if settings.METRICS_DIR:
        multiprocess.MultiProcessCollector(registry, str(settings.METRICS_DIR))
    else:
        registry.register(REGISTRY)
    registry.register(ShopCollector())
    return generate_latest(registry)
