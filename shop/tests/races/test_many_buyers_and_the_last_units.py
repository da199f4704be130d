"""Many buyers at once for the last units: as many are sold as there are, the rest is told so."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from shop.catalog.models import Listing
from shop.core.errors import ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.place_order import OutOfStock, Purchase, place_order
from shop.inventory.models import StockLevel
from shop.inventory.queries import ledger_problems
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.tests.factories import first_variant, make_product, make_site

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

BUYERS = Purchase(Contact("Demo Shopper", "0712345678"), Place("Nairobi", "Kilimani"))


def at_once(jobs, threads):
    def run(job):
        try:
            return job()
        except OutOfStock:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, jobs))


def buy(demand):
    def job():
        place_order(demand, BUYERS)
        return "bought"

    return job


def threads():
    return 50 if connection.vendor == "postgresql" else 8


def test_fifty_buyers_for_the_last_ten():
    make_site()
    variant = first_variant(make_product("Last ones", stock=10))
    outcomes = Counter(at_once([buy({variant.pk: 1})] * 50, threads()))
    assert outcomes == {"bought": 10, "refused": 40}
    level = StockLevel.objects.get(pk=variant.pk)
    assert (level.on_hand, level.reserved, level.available) == (10, 10, 0)
    assert Order.objects.count() == 10
    assert ledger_problems() == []
    assert set(Listing.objects.values_list("in_stock", flat=True)) == {False}


def test_baskets_in_every_order_do_not_wait_in_a_circle():
    make_site()
    first, second, third = (first_variant(make_product(stock=30)).pk for _ in range(3))
    baskets = [
        {first: 1, second: 1, third: 1},
        {third: 1, first: 1},
        {second: 2, first: 1},
        {third: 2, second: 1},
    ] * 8
    outcomes = Counter(at_once([buy(basket) for basket in baskets], threads()))
    assert set(outcomes) <= {"bought", "refused"}
    assert ledger_problems() == []
    assert not [level for level in StockLevel.objects.all() if level.available < 0]


def test_two_people_cancel_one_order():
    make_site()
    variant = first_variant(make_product(stock=5))
    order = place_order({variant.pk: 5}, BUYERS)

    def job():
        try:
            cancel_order(order_id=order.pk)
        except ShopError as refusal:
            return type(refusal).__name__
        return "cancelled"

    assert Counter(at_once([job] * 4, 4)) == {"cancelled": 1, "IllegalMove": 3}
    assert StockLevel.objects.get(pk=variant.pk).available == 5
    assert ledger_problems() == []
