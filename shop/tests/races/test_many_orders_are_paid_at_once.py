"""Many orders are paid at once, some in vain: their numbers follow each other without a gap."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from shop.flows.confirm_payment import confirm_payment
from shop.invoicing.models import NumberSeries, TaxDocument
from shop.tests.order_factories import make_order

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

HANDS = 8


class PowerCut(Exception):
    """The transaction is undone at its very end."""


def test_numbers_follow_each_other_without_a_gap() -> None:
    orders = [make_order().pk for _ in range(3 * HANDS)]
    start = threading.Barrier(HANDS)

    def pay(hand: int) -> None:
        try:
            start.wait(120)
            for place, order_id in enumerate(orders[hand::HANDS]):
                if place == 1:
                    with pytest.raises(PowerCut), transaction.atomic():
                        confirm_payment(order_id=order_id)
                        raise PowerCut
                confirm_payment(order_id=order_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(pay, range(HANDS)))
    numbers = TaxDocument.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(numbers) == list(range(1, 3 * HANDS + 1))
    assert NumberSeries.objects.get().last == 3 * HANDS


def test_one_order_that_is_paid_by_many_hands_has_one_invoice() -> None:
    order = make_order()

    def pay(_hand: int) -> None:
        try:
            confirm_payment(order_id=order.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(pay, range(HANDS)))
    assert TaxDocument.objects.get().sequence == NumberSeries.objects.get().last == 1
