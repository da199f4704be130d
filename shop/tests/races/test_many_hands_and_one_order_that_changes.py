"""An order is changed while money comes, while it is packed, and by two people at once."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Sum

from shop.core.errors import ShopError
from shop.flows import tasks
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.edit_order import Edit, edit_order
from shop.flows.pack_order import pack_order
from shop.flows.place_order import Purchase, place_order
from shop.fulfilment.models import Progress, ShipmentLine
from shop.inventory.models import Reservation, StockLevel
from shop.inventory.queries import ledger_problems
from shop.orders.contact import Contact, Place
from shop.orders.timeline import last_step
from shop.payments.actions import events
from shop.payments.models import Payment, ProviderEvent, Refund
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product, make_site
from shop.tests.fakes import daraja

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WHO = Contact("Wanjiku Kamau", "0712 345 678")
WHERE = Place("Nairobi")
ROUNDS = 4


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


def shelf(stock):
    make_site()
    return first_variant(make_product("Clay pot", sku="POT", price=500, stock=stock))


def placed(pot, units=2):
    return place_order({pot.pk: units}, Purchase(WHO, WHERE, delivery_method="delivery"))


def change(order, pot, units, **words):
    wish = Edit({pot.pk: units}, WHO, WHERE, delivery_method="delivery")
    return lambda: edit_order(order_id=order.pk, wish=wish, **words)


def sure(order, pot):
    """Check that order, stock, parcels and price say the same; return the units."""
    order.refresh_from_db()
    units = order.lines.get().quantity
    assert order.total == 500 * units + order.delivery_fee
    assert Reservation.objects.get(reference=order.number).quantity == units
    packed = ShipmentLine.objects.filter(shipment__order=order).aggregate(n=Sum("quantity"))["n"]
    assert packed in (None, units)
    progress = Progress.objects.filter(order_line__order=order).first()
    assert progress is None or (progress.ordered, progress.planned) == (units, units)
    held = Reservation.objects.filter(variant_id=pot.pk).aggregate(n=Sum("quantity"))["n"]
    assert StockLevel.objects.get(pk=pot.pk).reserved == held
    assert ledger_problems() == []
    return units


def test_two_orders_that_grow_share_the_last_unit():
    pot = shelf(stock=5)
    one, two = placed(pot), placed(pot)
    outcomes = at_once(change(one, pot, 3), change(two, pot, 3))
    assert Counter(outcomes) == {"done": 1, "insufficient_stock": 1}
    assert sure(one, pot) + sure(two, pot) == 5


def test_of_two_who_looked_at_the_same_order_one_is_told():
    pot = shelf(stock=50)
    for _round in range(ROUNDS):
        order = placed(pot)
        seen = last_step(order.pk)
        outcomes = at_once(*[change(order, pot, units, seen=seen) for units in (3, 4, 5)])
        assert Counter(outcomes) == {"done": 1, "order_changed": 2}
        assert sure(order, pot) in (3, 4, 5)


def test_it_is_changed_and_then_packed_or_packed_as_it_was():
    pot = shelf(stock=50)
    for _round in range(ROUNDS):
        order = placed(pot)
        confirm_order(order_id=order.pk)
        outcomes = at_once(change(order, pot, 1), lambda pk=order.pk: pack_order(order_id=pk))
        assert outcomes[1] == "done"
        assert outcomes[0] in ("done", "too_late_to_edit")
        assert sure(order, pot) == (1 if outcomes[0] == "done" else 2)
        assert order.status == "packed"


def test_it_is_changed_or_cancelled_and_no_unit_is_lost():
    pot = shelf(stock=50)
    for _round in range(ROUNDS):
        order = placed(pot)
        outcomes = at_once(change(order, pot, 3), lambda pk=order.pk: cancel_order(order_id=pk))
        assert outcomes[1] == "done"
        assert outcomes[0] in ("done", "too_late_to_edit")
        assert StockLevel.objects.get(pk=pot.pk).reserved == 0
        assert ledger_problems() == []


def test_money_that_comes_meanwhile_is_never_lost_or_counted_twice(settings):
    mpesa.set_up(settings, "http://127.0.0.1:9")
    pot = shelf(stock=50)
    for turn in range(ROUNDS):
        order, units = placed(pot), 1 if turn % 2 else 3
        event = _money_for(order, f"SGJ1X2K9Q{turn}")
        outcomes = at_once(
            change(order, pot, units),
            lambda pk=event.pk: tasks.apply_provider_event(pk),
        )
        assert outcomes[1] == "done"
        assert outcomes[0] in ("done", "payment_in_review")
        _judge(order, pot, Payment.objects.get(receipt=f"SGJ1X2K9Q{turn}"))


def _money_for(order, receipt):
    body = {
        "TransactionType": "Pay Bill",
        "TransID": receipt,
        "TransTime": "20261121134500",
        "TransAmount": str(order.total),
        "BusinessShortCode": daraja.SHORTCODE,
        "BillRefNumber": order.number,
        "MSISDN": "25471****678",
        "FirstName": "WANJIKU",
    }
    return events.keep(kind=ProviderEvent.Kind.TRANSFER, body=json.dumps(body).encode())


def _judge(order, pot, came):
    """The money is in hand: as payment of what the order costs now, or before people."""
    sure(order, pot)
    assert came.received == 1300
    if came.state == Payment.State.REVIEW:
        assert order.payment_status == "unpaid"
        return
    back = Refund.objects.filter(payment=came).aggregate(n=Sum("amount"))["n"] or 0
    asked = Payment.objects.filter(order=order, state="pending").aggregate(n=Sum("amount"))["n"]
    if order.payment_status == "paid":
        assert (came.received - back, asked) == (order.total, None)
    else:
        assert (came.received + asked, back) == (order.total, 0)
