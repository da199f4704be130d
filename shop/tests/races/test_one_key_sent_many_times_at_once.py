"""A phone with a bad line sends its order again and again: one order, and everybody hears of it."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from shop.api.models import IdempotencyRecord
from shop.orders.models import Order
from shop.tests.factories import make_product, make_site

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

BODY = json.dumps(
    {
        "items": [{"sku": "MG", "quantity": 1}],
        "contact": {"name": "Wanjiku", "phone": "0712345678"},
        "delivery_method": "pickup",
    }
)


def send(key):
    try:
        answer = Client().post(
            "/api/v2/orders/",
            BODY,
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )
        return answer.status_code, answer.json()
    finally:
        connection.close()


def test_one_key_makes_one_order():
    make_site()
    make_product("Mango", sku="MG", stock=1_000)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, ["same"] * 24))
    statuses = Counter(status for status, _body in answers)
    assert set(statuses) <= {201, 409}, answers
    assert statuses[201] >= 1
    assert {body["errors"][0]["code"] for status, body in answers if status == 409} <= {
        "request_in_progress"
    }
    assert Order.objects.count() == 1
    assert {body["id"] for status, body in answers if status == 201} == {Order.objects.get().pk}
    assert IdempotencyRecord.objects.get().status == 201
    assert send("same")[0] == 201


def test_different_keys_do_not_wait_for_each_other():
    make_site()
    make_product("Mango", sku="MG", stock=1_000)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, [f"key {number}" for number in range(24)]))
    assert {status for status, _body in answers} == {201}
    assert Order.objects.count() == 24
