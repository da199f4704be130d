"""A mixed load for as long as asked: shoppers who look, fill carts and order (L1).

BENCH_MINUTES (1) says how long and BENCH_RATE (20) how many requests a second; 95 of 100 look at
pages and lists, 4 put something into a cart, 1 orders what is in it.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from benchmarks import load, place
from benchmarks.bench import Figure
from benchmarks.ordering import count_stock
from benchmarks.place import Place
from benchmarks.shopping import category_paths, product_slugs
from shop.catalog.models import Variant
from shop.demo.seeding.vocabulary import THINGS
from shop.notifications.models import Message
from shop.orders.models import Order

SHOPPERS = 16
DESK = "desk@example.org"  # so that each order has an SMS for its buyer and an email for the shop
MESSAGES_AN_ORDER = 2
MOST_GROWTH = 1.1
KEPT = 4  # seconds that a connection is kept without a request; the server ends it after 5
PATIENCE = 300  # seconds for the worker to send what is left


@dataclass
class Visit:
    """What shoppers met: seconds by what they did, and answers that were none."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)

    def note(self, kind: str, took: float, status: int, wanted: int) -> None:
        """Keep one answer. Callers of several threads: lists and counters of CPython stand that."""
        self.seconds.setdefault(kind, []).append(took)
        if status != wanted:
            self.errors[f"{kind} {status}"] += 1

    def percentile(self, kind: str, share: float) -> float:
        """Return a percentile in milliseconds."""
        ordered = sorted(self.seconds[kind])
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class Shopper:
    """One shopper's connection, cart and choices."""

    def __init__(self, port: int, number: int, goods: "Goods", visit: Visit) -> None:
        self.port, self.goods, self.visit = port, goods, visit
        self.rng = random.Random(number)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cart = ""
        self.last = time.perf_counter()

    def act(self) -> None:
        """Do the next thing."""
        chosen = self.rng.random()
        if chosen < 0.95:
            kind = self.rng.choice(list(self.goods.addresses))
            self._ask(kind, "GET", self.rng.choice(self.goods.addresses[kind]))
        elif chosen < 0.99 or not self.cart:
            body = {"sku": self.rng.choice(self.goods.skus), "quantity": 1}
            answer = self._ask("cart", "POST", "/api/v2/cart/lines/", body, wanted=201)
            self.cart = self.cart or answer.get("token", "")
        else:
            body = {
                "contact": {"name": "Demo Shopper", "phone": "+254712345678"},
                "delivery_method": "pickup",
            }
            self._ask("order", "POST", "/api/v2/orders/", body, wanted=201)
            self.cart = ""

    def _ask(
        self, kind: str, method: str, path: str, body: Any = None, *, wanted: int = 200
    ) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} if body else {}
        if self.cart:
            headers["X-Cart-Token"] = self.cart
        began = time.perf_counter()
        if began - self.last > KEPT:
            self.connection.close()
        try:
            self.connection.request(method, path, json.dumps(body) if body else None, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as failure:
            self.visit.note(kind, time.perf_counter() - began, 0, wanted)
            self.visit.errors[repr(failure)] += 1
            self.connection.close()
            return {}
        self.last = time.perf_counter()
        self.visit.note(kind, self.last - began, answer.status, wanted)
        return json.loads(content) if body and answer.status == wanted else {}


@dataclass
class Goods:
    """What there is to look at, by kind of page, and to buy."""

    addresses: dict[str, list[str]]
    skus: list[str]


def goods() -> Goods:
    """Choose a part of the catalogue, and let there be enough of what can be bought."""
    categories = category_paths()
    buyable = dict(Variant.objects.order_by("pk").values_list("sku", "pk")[:20_000:7])
    count_stock(list(buyable.values()), 1_000_000)
    return Goods(
        {
            "home": ["/"],
            "category": categories,
            "category sorted": [f"{path}?sort=price&page=2" for path in categories],
            "product": [f"/products/{slug}/" for slug in product_slugs()],
            "search": [f"/search/?q={word}" for word in THINGS],
            "list": [f"/api/v2/products/?limit=20&offset={20 * turn}" for turn in range(50)],
            "cart page": ["/cart/"],
        },
        list(buyable),
    )


def mixed(where: Place) -> list[Figure]:
    """L1."""
    seconds = 60 * float(os.environ.get("BENCH_MINUTES", "1"))
    rate = float(os.environ.get("BENCH_RATE", "20"))
    there, visit, sizes = goods(), Visit(), Sizes()
    began = timezone.now()
    with place.server(where, ADMIN_EMAIL=DESK) as (port, web, _), queue_worker(where) as worker:
        end = time.monotonic() + seconds
        shoppers = [
            threading.Thread(
                target=_shop, args=(Shopper(port, number, there, visit), end, SHOPPERS / rate)
            )
            for number in range(SHOPPERS)
        ]
        for shopper in shoppers:
            shopper.start()
        while any(shopper.is_alive() for shopper in shoppers):
            sizes.note(max(load.memory_of_workers(web)), load.memory_of_tree(worker))
            time.sleep(seconds / 120)
        lost = _lost_messages(began)
    figures = [_kind(visit, kind, seconds) for kind in (*there.addresses, "cart", "order")]
    return [*figures, _orders(began, visit, lost), *sizes.figures()]


def _shop(shopper: Shopper, end: float, pause: float) -> None:
    while time.monotonic() < end:
        due = time.monotonic() + shopper.rng.expovariate(1 / pause)
        shopper.act()
        time.sleep(max(0, due - time.monotonic()))


def _kind(visit: Visit, kind: str, seconds: float) -> Figure:
    wrong = {name: count for name, count in visit.errors.items() if name.startswith(f"{kind} ")}
    return Figure(
        "L1",
        f"mixed load: {kind}",
        len(visit.seconds[kind]) / seconds,
        p50=visit.percentile(kind, 0.5),
        p99=visit.percentile(kind, 0.99),
        note=f"errors: {wrong}" if wrong else "",
        broken=bool(wrong),
    )


def _orders(began: Any, visit: Visit, lost: int) -> Figure:
    placed = Order.objects.filter(placed_at__gte=began).count()
    answered = len(visit.seconds["order"])
    errors, answers = sum(visit.errors.values()), sum(map(len, visit.seconds.values()))
    return Figure(
        "L1",
        "orders placed",
        placed,
        unit="",
        note=f"{answered} were asked for; {lost} of {placed * MESSAGES_AN_ORDER} messages not sent;"
        f" {errors} errors in {answers:,} answers",
        broken=bool(lost or errors) or placed != answered,
    )


def _lost_messages(began: Any) -> int:
    """Return how many messages of the run's orders are not sent once the worker had its time."""
    end = time.monotonic() + PATIENCE
    wanted = Order.objects.filter(placed_at__gte=began).count() * MESSAGES_AN_ORDER
    written = Message.objects.filter(order__placed_at__gte=began)
    while (sent := written.filter(state=Message.State.SENT).count()) < wanted:
        if time.monotonic() > end:
            break
        time.sleep(1)
    return wanted - sent


@dataclass
class Sizes:
    """Memory over the run, in megabytes."""

    web: list[float] = field(default_factory=list)
    queue: list[float] = field(default_factory=list)

    def note(self, web: float, queue: float) -> None:
        """Keep one look."""
        self.web.append(web)
        self.queue.append(queue)

    def figures(self) -> list[Figure]:
        """Hold the last fifth of the run against the second fifth: the first one warms up."""
        return [
            _growth("memory of the larger web worker", self.web),
            _growth("memory of the queue's processes", self.queue),
        ]


def _growth(what: str, sizes: list[float]) -> Figure:
    part = max(1, len(sizes) // 5)
    early, late = sorted(sizes[part : 2 * part])[part // 2], sorted(sizes[-part:])[part // 2]
    return Figure(
        "L1",
        what,
        late,
        unit=" MB",
        note=f"{early:.0f} MB in the second fifth of the run, {max(sizes):.0f} MB at most",
        broken=late > early * MOST_GROWTH,
    )


@contextmanager
def queue_worker(where: Place) -> Iterator[int]:
    """Run the worker beside the server; what it prints goes to a file."""
    with (place.VAR / "bench-worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"],
            cwd=place.ROOT,
            env={**where.env, "ADMIN_EMAIL": DESK},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process.pid
        finally:
            process.terminate()
            process.wait(30)
