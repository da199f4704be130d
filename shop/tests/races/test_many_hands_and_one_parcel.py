"""Two packers at once, and sending against cancelling: a parcel goes once, or not at all."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from shop.core.errors import ShopError
from shop.flows.answer_return import answer_return
from shop.flows.ask_for_return import ask_for_return
from shop.flows.cancel_order import cancel_order
from shop.flows.cancel_shipment import cancel_shipment
from shop.flows.confirm_order import confirm_order
from shop.flows.make_shipment import make_shipment
from shop.flows.pack_order import pack_order
from shop.flows.pack_shipment import pack_shipment
from shop.flows.receive_return import receive_return
from shop.flows.ship_order import ship_order
from shop.flows.ship_shipment import ship_shipment
from shop.tests.factories import make_site
from shop.tests.integration.parcels import (
    assert_counted,
    content,
    in_two_parcels,
    lines,
    placed,
    shelf,
)

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def at_once(*jobs):
    together = Barrier(len(jobs))

    def run(job):
        try:
            connection.ensure_connection()
            together.wait(120)
            job()
        except ShopError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_packers_take_one_parcel():
    make_site()
    order, first, _second = in_two_parcels()
    outcomes = at_once(*[lambda: pack_shipment(shipment_id=first.pk)] * 4)
    assert Counter(outcomes) == {"done": 1, "illegal_move": 3}
    outcomes = at_once(*[lambda: ship_shipment(shipment_id=first.pk)] * 4)
    assert Counter(outcomes) == {"done": 1, "illegal_move": 3}
    assert shelf() == [(7, 0), (9, 1)]
    assert_counted(order)


def test_two_people_who_split_off_the_same_make_one_parcel():
    make_site()
    order = placed()
    confirm_order(order_id=order.pk)
    pots, _mugs = lines(order)
    wish = {pots.pk: 2}
    outcomes = at_once(*[lambda: make_shipment(order_id=order.pk, units=wish)] * 3)
    assert outcomes == ["done"] * 3
    parcels = [content(shipment) for shipment in order.shipments.order_by("number")]
    assert parcels == [{"Clay pot": 1, "Enamel mug": 2}, {"Clay pot": 2}]
    assert_counted(order)


def test_an_order_is_sent_or_cancelled_never_both():
    make_site()
    for _round in range(4):
        order = placed()
        confirm_order(order_id=order.pk)
        pack_order(order_id=order.pk)
        outcomes = at_once(
            lambda pk=order.pk: ship_order(order_id=pk),
            lambda pk=order.pk: cancel_order(order_id=pk),
        )
        assert Counter(outcomes) == {"done": 1, "illegal_move": 1}
        order.refresh_from_db()
        sent = order.status == "shipped"
        assert sent == (outcomes[0] == "done")
        assert order.shipments.get().status == order.status
        assert shelf()[-2:] == ([(7, 0), (8, 0)] if sent else [(10, 0), (10, 0)])
        assert_counted(order)


def test_one_parcel_goes_while_the_other_is_cancelled():
    make_site()
    order, first, second = in_two_parcels()
    pack_order(order_id=order.pk)
    outcomes = at_once(
        lambda: ship_shipment(shipment_id=first.pk),
        lambda: cancel_shipment(shipment_id=second.pk),
        lambda: cancel_order(order_id=order.pk),
    )
    assert "done" in outcomes
    order.refresh_from_db()
    assert order.status in ("shipped", "cancelled", "packed")
    assert_counted(order)
    assert shelf() in ([(7, 0), (9, 0)], [(10, 0), (10, 0)])


def test_a_return_is_taken_in_once():
    make_site()
    order = placed()
    confirm_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    pots, _mugs = lines(order)
    wish = {pots.pk: 2}
    outcomes = at_once(*[lambda: ask_for_return(order_id=order.pk, units=wish)] * 3)
    assert Counter(outcomes) == {"done": 1, "nothing_to_return": 2}
    asked = order.returns.get()
    answer_return(return_id=asked.pk, accept=True)
    outcomes = at_once(*[lambda: receive_return(return_id=asked.pk, restock=wish)] * 3)
    assert Counter(outcomes) == {"done": 1, "illegal_move": 2}
    assert shelf() == [(9, 0), (8, 0)]
    assert_counted(order)
