"""However an order is parcelled, by whatever steps, ledger and quantities are right."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.core.errors import ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.cancel_shipment import cancel_shipment
from shop.flows.confirm_order import confirm_order
from shop.flows.deliver_order import deliver_order
from shop.flows.deliver_shipment import deliver_shipment
from shop.flows.make_shipment import make_shipment
from shop.flows.pack_order import pack_order
from shop.flows.pack_shipment import pack_shipment
from shop.flows.ship_order import ship_order
from shop.flows.ship_shipment import ship_shipment
from shop.fulfilment.models import Progress, Shipment
from shop.fulfilment.rules import order_status
from shop.orders import actions as orders
from shop.orders.models import Order
from shop.tests.integration.parcels import assert_counted, content, lines, placed, shelf
from shop.tests.order_factories import make_line, make_order

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["split", "pack", "ship", "deliver", "cancel", "cancel order", "all"]),
        st.integers(0, 3),
        st.integers(1, 2),
    ),
    max_size=14,
)


def test_however_it_is_parcelled_ledger_and_quantities_are_right(shop_site):
    _any_life_adds_up()


@settings(max_examples=20)
@given(steps=STEPS)
def _any_life_adds_up(steps):
    with transaction.atomic():
        order = placed()
        confirm_order(order_id=order.pk)
        for what, which, units in steps:
            try:
                with transaction.atomic():
                    _step(order, what, which, units)
            except ShopError as refusal:
                assert refusal.status == 409
            _assert_true(order)
        transaction.set_rollback(True)


def _step(order, what, which, units):
    shipments = list(order.shipments.order_by("number"))
    shipment = shipments[which % len(shipments)].pk
    if what == "split":
        make_shipment(order_id=order.pk, units={lines(order)[which % 2].pk: units})
    elif what == "cancel order":
        cancel_order(order_id=order.pk)
    elif what == "all":
        (pack_order, ship_order, deliver_order)[which % 3](order_id=order.pk)
    else:
        steps = {
            "pack": pack_shipment,
            "ship": ship_shipment,
            "deliver": deliver_shipment,
            "cancel": cancel_shipment,
        }
        steps[what](shipment_id=shipment)


def _assert_true(order):
    assert_counted(order)
    going = [s for s in order.shipments.all() if s.status != "cancelled"]
    status = Order.objects.get(pk=order.pk).status
    assert status == (order_status([s.status for s in going]) if going else "cancelled")
    out, waiting = [], []
    for line in lines(order):
        progress = Progress.objects.get(order_line=line)
        out.append(progress.shipped)
        waiting.append(progress.planned - progress.shipped)
    assert shelf() == [(10 - gone, left) for gone, left in zip(out, waiting, strict=True)]
    if status == "cancelled":
        assert out == [0, 0]


def test_orders_from_before_get_the_parcel_that_they_were():
    reached = ("confirmed", "packed", "shipped", "delivered")
    made = {}
    for length in range(len(reached) + 1):
        order = make_order(lines=[make_line("Mangoes", 3)])
        for status in reached[:length]:
            orders.move(order_id=order.pk, target=status, actor="amina")
        made[("placed", *reached)[length]] = order
    migration = import_module("shop.fulfilment.migrations.0002_first_carriers_and_parcels")
    migration.write_shipments(apps, None)
    migration.write_shipments(apps, None)
    assert not Shipment.objects.filter(order=made["placed"]).exists()
    for status, order in list(made.items())[1:]:
        shipment = order.shipments.get()
        assert shipment.status == {"confirmed": "preparing"}.get(status, status)
        assert content(shipment) == {"Mangoes": 3}
        assert (shipment.shipped_by == "amina") == (status in ("shipped", "delivered"))
        assert_counted(order)
    pack_order(order_id=made["confirmed"].pk)
    deliver_shipment(shipment_id=made["shipped"].shipments.get().pk)
    assert Order.objects.get(pk=made["shipped"].pk).status == "delivered"
