"""All connections end again and again while people buy: no order is lost, none is placed twice."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import requests
from django.db import connection
from django.db.models import Sum

from shop.api import idempotency
from shop.inventory.models import StockLevel
from shop.notifications.models import Message
from shop.orders.models import Order, OrderLine
from shop.tests.factories import first_variant, make_product, make_site

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]

BUYERS, ORDERS, RESTARTS, STOCK = 4, 4, 3, 100
END = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid NOT IN (pg_backend_pid(), %s)
"""


def body(sku: str) -> dict[str, Any]:
    return {
        "items": [{"sku": sku, "quantity": 1}],
        "contact": {
            "name": "Demo Shopper", "phone": "+254712345678", "email": "shopper@example.org",
        },
        "address": {"county": "Nairobi", "area": "Kilimani", "landmark": "Blue gate"},
        "delivery_method": "delivery",
        "payment_method": "cash_on_delivery",
    }  # fmt: skip


def test_every_order_is_placed_once(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # Work whose connection ended is taken over at once: here nobody else could still be at it.
    monkeypatch.setattr(idempotency, "WORK_TIME", timedelta(0))
    make_site()
    product = make_product("Mangoes", price=116, stock=STOCK, sku="MANGO")
    placed = threading.Semaphore(0)

    def buy(buyer: int) -> list[int]:
        """Place orders; whoever hears nothing, or of trouble, sends the same request again."""
        ids = []
        for number in range(ORDERS):
            while True:
                try:
                    answer = requests.post(
                        f"{live_server.url}/api/v2/orders/",
                        json=body(product.sku),
                        headers={"Idempotency-Key": f"{buyer}-{number}"},
                        timeout=30,
                    )
                except requests.ConnectionError:
                    continue
                if answer.status_code == 201:
                    break
                assert answer.status_code in (409, 500, 503), answer.text
                time.sleep(0.05)
            ids.append(answer.json()["id"])
            placed.release()
        return ids

    with ThreadPoolExecutor(BUYERS) as people:
        buying = [people.submit(buy, buyer) for buyer in range(BUYERS)]
        own = connection.connection.info
        with psycopg.connect(own.dsn, password=own.password, autocommit=True) as other:
            for _ in range(RESTARTS):
                assert placed.acquire(timeout=60)
                other.execute(END, [own.backend_pid])
        ids = [pk for future in buying for pk in future.result(120)]

    assert len(set(ids)) == BUYERS * ORDERS
    assert set(Order.objects.values_list("pk", flat=True)) == set(ids)
    assert OrderLine.objects.aggregate(n=Sum("quantity"))["n"] == BUYERS * ORDERS
    assert StockLevel.objects.get(variant_id=first_variant(product).pk).reserved == (
        BUYERS * ORDERS
    )
    assert set(Message.objects.values_list("order_id", flat=True)) >= set(ids)
