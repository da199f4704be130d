"""Many buyers at once with a voucher for a few: as many use it as may, the rest is told so."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from shop.core.errors import ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.place_order import Purchase, place_order
from shop.inventory.queries import ledger_problems
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.pricing.models import Redemption, Voucher
from shop.tests.factories import first_variant, make_product, make_site

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def at_once(jobs):
    def run(job):
        try:
            job()
        except ShopError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "bought"

    with ThreadPoolExecutor(20 if connection.vendor == "postgresql" else 6) as pool:
        return Counter(pool.map(run, jobs))


def buy(variant, phone):
    wish = Purchase(
        Contact("Demo Shopper", phone), Place("Nairobi", "Kilimani"), voucher="karibu10"
    )
    return lambda: place_order({variant.pk: 1}, wish)


@pytest.fixture
def variant(db):
    make_site()
    return first_variant(make_product("Pot", price=1000, stock=100))


def test_twenty_buyers_and_five_uses(variant):
    Voucher.objects.create(code="KARIBU10", value=10, limit=5)
    outcomes = at_once(buy(variant, f"07120000{number:02d}") for number in range(20))
    assert outcomes == {"bought": 5, "voucher_used_up": 15}
    assert set(Order.objects.values_list("discount", flat=True)) == {100}
    orders = set(Order.objects.values_list("number", flat=True))
    assert set(Redemption.objects.values_list("reference", flat=True)) == orders
    assert ledger_problems() == []
    # What was given back can be used again, exactly so often.
    for order in Order.objects.order_by("pk")[:2]:
        cancel_order(order_id=order.pk)
    outcomes = at_once(buy(variant, f"07130000{number:02d}") for number in range(6))
    assert outcomes == {"bought": 2, "voucher_used_up": 4}


def test_one_customer_in_many_tabs_uses_it_once(variant):
    Voucher.objects.create(code="KARIBU10", value=10, limit_per_customer=1)
    outcomes = at_once(buy(variant, "0712 345 678") for _ in range(8))
    assert outcomes == {"bought": 1, "voucher_used_by_you": 7}
