"""Jobs of buyers: orders of three lines, and many buyers for the last units (J6)."""

import json
from random import Random

from django.db.models import F

from benchmarks import load
from benchmarks.bench import Bench, Figure
from benchmarks.load import post
from shop.catalog.models import Variant
from shop.inventory.models import StockLevel

BUYERS = 32
ROUNDS = 20
UNITS = 20


def orders(bench: Bench) -> None:
    """J6: the shop's order beside a hand-written one."""
    rng = Random(2)
    goods = dict(Variant.objects.order_by("pk").values_list("sku", "pk")[:20_000:7])
    count_stock(list(goods.values()), 1_000_000)
    bodies = [order_body(rng.sample(list(goods), 3)) for _ in range(500)]
    bench.measure(
        "J6",
        "order of 3 lines, 8 clients",
        [post("/api/v2/orders/", body) for body in bodies],
        against=("hand-written order", [post("/yardstick/order/", body) for body in bodies]),
        bar=1 / 5,
        goal=1 / 3.2,
        connections=8,
        expect=201,
    )
    bench.figures.append(last_units(bench, *next(iter(goods.items()))))


def order_body(skus: list[str]) -> bytes:
    """Return the body of an order that its buyer collects."""
    return json.dumps(
        {
            "items": [{"sku": sku, "quantity": 1} for sku in skus],
            "contact": {"name": "Demo Shopper", "phone": "+254712345678"},
            "delivery_method": "pickup",
        }
    ).encode()


def count_stock(variants: list[int], count: int) -> None:
    """Let there be `count` units of each that nobody was promised."""
    StockLevel.objects.filter(variant_id__in=variants).update(
        on_hand=F("reserved") + count, tracked=True
    )


def last_units(bench: Bench, sku: str, variant: int) -> Figure:
    """Let 32 buyers ask for the last units of one product, again and again."""
    body = post("/api/v2/orders/", order_body([sku]))
    wanted = 3 * BUYERS
    exact, failed, rates = 0, 0, []
    for _ in range(ROUNDS):
        count_stock([variant], UNITS)
        done = load.run(
            bench.port,
            lambda number: body,
            connections=BUYERS,
            seconds=30,
            server=bench.server,
            most=wanted,
        )
        exact += done.statuses == {201: UNITS, 409: wanted - UNITS}
        failed += sum(count for status, count in done.statuses.items() if status >= 500)
        rates.append(done.rate)
    print(f"  J6 hot: {exact} of {ROUNDS} rounds sold exactly what there was", flush=True)
    return Figure(
        "J6",
        f"{BUYERS} buyers, last {UNITS} of one product",
        sorted(rates)[len(rates) // 2],
        note=f"{exact} of {ROUNDS} rounds sold exactly {UNITS}; {failed} answers were 5xx",
        broken=exact < ROUNDS or failed > 0,
    )
