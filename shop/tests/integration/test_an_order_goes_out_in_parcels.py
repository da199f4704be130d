"""An order goes out in one parcel or several; its status, its stock and its buyer follow them."""

import pytest
from django.db import IntegrityError, transaction

from shop.core.errors import Conflict
from shop.flows.cancel_order import cancel_order
from shop.flows.cancel_shipment import cancel_shipment
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.deliver_order import deliver_order
from shop.flows.deliver_shipment import deliver_shipment
from shop.flows.make_shipment import make_shipment
from shop.flows.pack_order import pack_order
from shop.flows.pack_shipment import pack_shipment
from shop.flows.refund_order import RefundedLine, refund_order
from shop.flows.ship_order import ship_order
from shop.flows.ship_shipment import ship_shipment
from shop.fulfilment.actions import IllegalShipmentMove, NotEnoughUnits
from shop.fulfilment.models import Carrier, Progress, Shipment
from shop.fulfilment.rules import pattern_problem, tracking_link
from shop.orders.actions import IllegalMove
from shop.tests.integration.parcels import (
    assert_counted,
    content,
    in_two_parcels,
    lines,
    placed,
    shelf,
)
from shop.tests.order_factories import first_texts

pytestmark = pytest.mark.django_db


def status_of(order):
    order.refresh_from_db()
    return order.status


def test_confirming_plans_one_parcel_with_everything(shop_site):
    order = placed()
    assert not order.shipments.exists()
    confirm_order(order_id=order.pk, actor="amina")
    shipment = order.shipments.get()
    assert (shipment.number, shipment.status, shipment.created_by) == (1, "preparing", "amina")
    assert content(shipment) == {"Clay pot": 3, "Enamel mug": 2}
    assert_counted(order)


def test_each_parcel_takes_its_own_units_and_tells_its_own_way(shop_site):
    first_texts()
    Carrier.objects.create(name="G4S", tracking_pattern="https://g4s.example/?id={number}")
    order, first, second = in_two_parcels()
    assert (content(first), content(second)) == (
        {"Clay pot": 3, "Enamel mug": 1},
        {"Enamel mug": 1},
    )
    pack_shipment(shipment_id=second.pk, actor="amina")
    assert status_of(order) == "confirmed"
    ship_shipment(shipment_id=second.pk, actor="otieno", carrier=" g4s ", tracking_number="A 7/1")
    second.refresh_from_db()
    assert second.tracking_url == "https://g4s.example/?id=A%207%2F1"
    assert (second.packed_by, second.shipped_by) == ("amina", "otieno")
    assert (status_of(order), shelf()) == ("partly_shipped", [(10, 3), (9, 1)])
    pack_shipment(shipment_id=first.pk)
    assert status_of(order) == "partly_shipped"
    ship_shipment(shipment_id=first.pk)
    assert (status_of(order), shelf()) == ("shipped", [(7, 0), (8, 0)])
    deliver_shipment(shipment_id=second.pk)
    assert status_of(order) == "shipped"
    deliver_shipment(shipment_id=first.pk)
    assert status_of(order) == "delivered"
    assert_counted(order)
    sms = order.messages.filter(channel="sms").order_by("pk")
    told = list(sms.exclude(event__in=["order_placed", "order_confirmed"]))
    assert [(message.event, message.occasion) for message in told] == [
        ("order_shipped", "parcel:2"),
        ("order_shipped", "parcel:1"),
        ("order_delivered", "parcel:2"),
        ("order_delivered", "parcel:1"),
    ]
    assert "parcel 2 of your order" in told[0].body
    assert "By G4S, number A 7/1." in told[0].body
    email = order.messages.get(channel="email", event="order_shipped", occasion="parcel:2").body
    assert "1 x Enamel mug" in email
    assert "https://g4s.example/?id=A%207%2F1" in email
    assert "Clay pot" not in email


def test_one_parcel_is_the_order_for_timeline_and_buyer(shop_site):
    first_texts()
    order = placed()
    confirm_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk, carrier="Our own rider", tracking_number="7", note="At noon")
    deliver_order(order_id=order.pk)
    kinds = list(order.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["confirmed", "packed", "shipped", "delivered"]
    assert order.events.get(kind="shipped").text == "Our own rider 7 · At noon"
    sms = order.messages.get(channel="sms", event="order_shipped").body
    assert sms.startswith("Wanjiku, your order ")
    assert "By Our own rider, number 7." in sms
    assert "  " not in sms


def test_no_unit_goes_out_twice(shop_site):
    order, _first, _second = in_two_parcels()
    pots, mugs = lines(order)
    with pytest.raises(NotEnoughUnits) as refusal:
        make_shipment(order_id=order.pk, units={pots.pk: 4, mugs.pk: 2})
    assert [detail["line"] for detail in refusal.value.details] == [pots.pk]
    for wrong in ({"planned": 4}, {"shipped": 4}, {"returned": 1}, {"restocked": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Progress.objects.filter(order_line=pots).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shipment.objects.filter(order=order).update(status="shipped")
    assert_counted(order)


def test_taking_all_that_is_left_makes_one_parcel_again(shop_site):
    order, first, _second = in_two_parcels()
    assert make_shipment(order_id=order.pk).pk == first.pk
    assert content(order.shipments.get()) == {"Clay pot": 3, "Enamel mug": 2}
    pack_order(order_id=order.pk)
    with pytest.raises(NotEnoughUnits):
        make_shipment(order_id=order.pk)


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("preparing", ship_shipment),
        ("preparing", deliver_shipment),
        ("packed", pack_shipment),
        ("shipped", ship_shipment),
        ("shipped", cancel_shipment),
    ],
)
def test_a_parcel_takes_one_step_after_the_other(shop_site, status, step):
    order, first, _second = in_two_parcels()
    if status != "preparing":
        pack_shipment(shipment_id=first.pk)
    if status == "shipped":
        ship_shipment(shipment_id=first.pk)
    before = (status_of(order), shelf())
    with pytest.raises(IllegalShipmentMove), transaction.atomic():
        step(shipment_id=first.pk)
    assert (status_of(order), shelf()) == before


def test_an_order_goes_off_as_a_whole_only_when_all_of_it_is_packed(shop_site):
    order, first, _second = in_two_parcels()
    pack_shipment(shipment_id=first.pk)
    with pytest.raises(IllegalMove):
        ship_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    assert status_of(order) == "packed"
    with pytest.raises(IllegalMove):
        pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    assert (status_of(order), shelf()) == ("shipped", [(7, 0), (8, 0)])
    with pytest.raises(IllegalMove):
        ship_order(order_id=order.pk)


def test_what_has_left_does_not_come_back_by_cancelling(shop_site):
    order, first, second = in_two_parcels()
    pack_shipment(shipment_id=second.pk)
    ship_shipment(shipment_id=second.pk)
    with pytest.raises(IllegalMove):
        cancel_order(order_id=order.pk)
    assert shelf() == [(10, 3), (9, 1)]
    cancel_shipment(shipment_id=first.pk, actor="amina", note="The pots broke")
    assert (status_of(order), shelf()) == ("shipped", [(10, 0), (9, 0)])
    with pytest.raises(IllegalShipmentMove):
        cancel_shipment(shipment_id=first.pk)
    assert shelf() == [(10, 0), (9, 0)]
    deliver_shipment(shipment_id=second.pk)
    assert status_of(order) == "delivered"
    assert_counted(order)


def test_cancelling_the_order_cancels_its_parcels_and_gives_back_once(shop_site):
    order, first, _second = in_two_parcels()
    pack_shipment(shipment_id=first.pk)
    cancel_order(order_id=order.pk, actor="amina")
    assert set(order.shipments.values_list("status", flat=True)) == {"cancelled"}
    assert shelf() == [(10, 0), (10, 0)]
    with pytest.raises(IllegalMove):
        cancel_order(order_id=order.pk)
    assert shelf() == [(10, 0), (10, 0)]
    assert_counted(order)


def test_the_only_parcel_is_cancelled_with_the_order(shop_site):
    order = placed()
    confirm_order(order_id=order.pk)
    with pytest.raises(Conflict) as refusal:
        cancel_shipment(shipment_id=order.shipments.get().pk)
    assert refusal.value.code == "last_shipment"


def test_what_was_paid_back_before_it_left_stays_here(shop_site):
    order, _first, _second = in_two_parcels()
    confirm_payment(order_id=order.pk, reference="Till 4")
    pots, mugs = lines(order)
    refund_order(
        order_id=order.pk,
        lines=[RefundedLine(pots.pk, 2, restock=True), RefundedLine(mugs.pk, 1, restock=True)],
        reference="Till 5",
    )
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    assert shelf() == [(9, 0), (9, 0)]
    going = [content(s) for s in order.shipments.exclude(status="cancelled")]
    assert sum(parcel.get("Clay pot", 0) for parcel in going) == 1
    assert sum(parcel.get("Enamel mug", 0) for parcel in going) == 1
    assert_counted(order)


@pytest.mark.parametrize(
    ("pattern", "number", "link"),
    [
        ("https://a.example/{number}/x", "AB 1", "https://a.example/AB%201/x"),
        ("https://a.example/{number}", "", ""),
        ("", "AB1", ""),
        ("https://a.example/{number}", "?x=<&", "https://a.example/%3Fx%3D%3C%26"),
    ],
)
def test_where_a_parcel_is_followed(pattern, number, link):
    assert tracking_link(pattern, number) == link


@pytest.mark.parametrize(
    "pattern", ["javascript:alert({number})", "https://a.example/", "a{number}"]
)
def test_a_carriers_page_must_be_an_address_with_a_place_for_the_number(pattern):
    assert pattern_problem(pattern)
