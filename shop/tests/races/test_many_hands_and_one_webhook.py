"""However many workers and buyers there are, a delivery leaves once and a dip is told once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from shop.flows.place_order import place_order
from shop.inventory.models import StockLevel
from shop.tests.factories import first_variant, make_product, make_site
from shop.tests.fakes.webhook_receiver import webhook_receiver
from shop.tests.races.test_many_buyers_and_the_last_units import BUYERS, at_once, threads
from shop.tests.webhook_factories import make_delivery, make_endpoint
from shop.webhooks import tasks
from shop.webhooks.models import Delivery, Endpoint

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WORKERS = 6


def test_one_of_many_workers_delivers(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with webhook_receiver() as receiver:
        endpoint = make_endpoint(receiver.url)
        deliveries = [make_delivery(endpoint, f"order:{n}:paid") for n in range(5)]
        start = threading.Barrier(WORKERS)

        def work(_number):
            try:
                start.wait(120)
                tasks.deliver_to(endpoint.pk)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(work, range(WORKERS)))
    told = [request.headers["Duka-Delivery"] for request in receiver.received]
    assert sorted(told) == sorted(str(delivery.pk) for delivery in deliveries)
    assert set(Delivery.objects.values_list("state", "attempts")) == {("delivered", 1)}
    assert Endpoint.objects.get().held_until is None


def test_one_of_many_buyers_causes_the_dip():
    make_site()
    variant = first_variant(make_product("Mangoes", stock=20))
    StockLevel.objects.filter(pk=variant.pk).update(low_stock_threshold=8)
    make_endpoint(events=["stock.low"])
    at_once([lambda: place_order({variant.pk: 1}, BUYERS)] * 16, threads())
    connection.close()
    assert StockLevel.objects.get(pk=variant.pk).available == 4
    [delivery] = Delivery.objects.all()
    assert '"available":8,' in delivery.payload
