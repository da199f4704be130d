"""Staff change an order on the phone: priced anew, stock kept to it, every change noted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from shop.core.errors import Conflict, ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.edit_order import edit_order, try_edit
from shop.flows.pack_order import pack_order
from shop.flows.place_order import OutOfStock
from shop.flows.ship_order import ship_order
from shop.fulfilment.models import Progress
from shop.inventory.models import Reservation
from shop.notifications.models import Message
from shop.orders.actions import detach_from
from shop.orders.contact import Place
from shop.orders.timeline import OrderChanged, last_step
from shop.pricing.models import Redemption, Voucher
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.changed_orders import WHO, edited, placed, stock, timeline, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", sku="POT", price=500, stock=10))


@pytest.fixture
def mug(shop_site):
    return first_variant(make_product("Mug", sku="MUG", price=300, stock=4))


@pytest.fixture
def order(pot):
    return placed({pot.pk: 2})


def test_lines_are_raised_lowered_added_and_taken_out(order, pot, mug):
    line = order.lines.get()
    edited(order, demand={pot.pk: 3, mug.pk: 1})
    assert order.total == 500 * 3 + 300 + 300
    assert order.lines.get(variant_id=pot.pk).pk == line.pk, "a variant keeps its line"
    assert (stock(pot), stock(mug)) == ((10, 3), (4, 1))
    assert timeline(order) == [
        "Units of Clay pot (POT): 2 → 3",
        "Added: Mug (MUG), 1 at KSh\xa0300",
        "Total: KSh\xa01,300 → KSh\xa02,100",
    ]
    edited(order, demand={mug.pk: 2})
    assert (stock(pot), stock(mug)) == ((10, 0), (4, 2))
    assert "Taken out: Clay pot (POT), 3 at KSh\xa0500" in timeline(order)
    assert set(order.events.values_list("actor", flat=True)) == {"amina"}
    cancel_order(order_id=order.pk)
    assert (stock(pot), stock(mug)) == ((10, 0), (4, 0))


def test_the_whole_order_costs_what_the_storefront_would_charge(order, pot, mug):
    Voucher.objects.create(code="KARIBU", kind="percent", value=10)
    demand = {pot.pk: 3, mug.pk: 2}
    edited(order, demand=demand, voucher="karibu")
    fresh = placed(demand, voucher="KARIBU")
    names = "subtotal discount reductions delivery_fee delivery_tax tax total rounding voucher_code"
    assert [getattr(order, name) for name in names.split()] == [
        getattr(fresh, name) for name in names.split()
    ]
    lines = "sku quantity unit_price line_total discount tax".split()
    assert list(order.lines.order_by("sku").values(*lines)) == list(
        fresh.lines.order_by("sku").values(*lines)
    )


def test_nothing_is_written_where_the_stock_is_short(order, pot, mug):
    with pytest.raises(OutOfStock, match="Mug: only 4 left"):
        edited(order, demand={pot.pk: 1, mug.pk: 5})
    assert (stock(pot), stock(mug)) == ((10, 2), (4, 0))
    order.refresh_from_db()
    assert order.total == 1300
    assert not order.events.exists()


def test_its_own_last_unit_is_still_its_own(pot):
    order = placed({pot.pk: 10})
    edited(order, demand={pot.pk: 10}, notes="Ring twice")
    assert stock(pot) == (10, 10)
    edited(order, demand={pot.pk: 9})
    assert stock(pot) == (10, 9)


def test_an_address_alone_changes_no_price(order, pot):
    pot.product.price = 900
    pot.product.save()
    edited(order, place=Place("Nairobi", "Westlands", "Green gate"), notes="Ring twice")
    assert order.total == 1300
    assert timeline(order) == []
    assert timeline(order, "contact_changed") == [
        "Area: Kilimani → Westlands",
        "Landmark: Blue gate → Green gate",
        "Notes: nothing → Ring twice",
    ]


def test_another_way_of_delivery_is_priced(order):
    edited(order, delivery_method="pickup", place=Place())
    assert (order.delivery_method, order.delivery_fee, order.total) == ("pickup", 0, 1000)
    assert order.county == ""
    assert any(text.startswith("Delivery: ") for text in timeline(order))


def test_a_try_shows_all_and_writes_nothing(order, pot):
    seen = try_edit(order_id=order.pk, wish=wish(order, demand={pot.pk: 1}))
    assert (seen.order.total, len(seen.changes)) == (800, 2)
    order.refresh_from_db()
    assert (order.total, stock(pot), order.events.count()) == (1300, (10, 2), 0)
    with pytest.raises(Conflict) as refused:
        edit_order(
            order_id=order.pk, wish=wish(order, demand={pot.pk: 1}), agreed_total=Decimal(700)
        )
    assert refused.value.code == "price_changed"


def test_nothing_changed_is_nothing_done(order):
    before = Message.objects.count()
    assert edited(order).changes == []
    assert (order.events.count(), Message.objects.count()) == (0, before)


@pytest.mark.parametrize("how_far", ["packed", "shipped", "cancelled"])
def test_it_is_too_late_once_it_is_packed(order, pot, how_far):
    if how_far == "cancelled":
        cancel_order(order_id=order.pk)
    else:
        confirm_order(order_id=order.pk)
        pack_order(order_id=order.pk)
    if how_far == "shipped":
        ship_order(order_id=order.pk)
    with pytest.raises(Conflict) as refused:
        edited(order, demand={pot.pk: 1})
    assert refused.value.code == "too_late_to_edit"


def test_the_parcel_that_was_planned_holds_what_is_ordered_now(order, pot, mug):
    confirm_order(order_id=order.pk)
    edited(order, demand={pot.pk: 1, mug.pk: 2})
    parcel = order.shipments.get()
    units = parcel.lines.values_list("order_line__sku", "quantity")
    assert sorted(units) == [("MUG", 2), ("POT", 1)]
    assert sorted(Progress.objects.values_list("ordered", "planned")) == [(1, 1), (2, 2)]
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    assert (stock(pot), stock(mug)) == ((9, 0), (2, 0))


def test_a_voucher_for_one_use_each_stays_with_its_order(pot):
    Voucher.objects.create(
        code="ONCE", kind="amount", value=100, limit=1, limit_per_customer=1, minimum=500
    )
    order = placed({pot.pk: 2}, voucher="ONCE")
    edited(order, demand={pot.pk: 3})
    assert (order.voucher_code, order.total) == ("ONCE", 1700)
    assert Redemption.objects.get().given_back_at is None
    edited(order, voucher="")
    assert order.total == 1800
    assert Redemption.objects.get().given_back_at is not None


def test_a_voucher_that_counts_no_more_is_said_and_nothing_is_done(pot):
    Voucher.objects.create(code="BIG", kind="amount", value=100, minimum=1000)
    order = placed({pot.pk: 2}, voucher="BIG")
    with pytest.raises(ShopError) as refused:
        edited(order, demand={pot.pk: 1})
    assert refused.value.code == "voucher_minimum"
    assert Redemption.objects.get().given_back_at is None


def test_whoever_looked_at_an_older_order_is_told_what_changed(order, pot):
    seen = last_step(order.pk)
    edited(order, demand={pot.pk: 3})
    with pytest.raises(OrderChanged) as refused:
        edit_order(order_id=order.pk, wish=wish(order, demand={pot.pk: 1}), seen=seen)
    assert refused.value.details[0]["actor"] == "amina"
    assert refused.value.details[0]["text"] == "Units of Clay pot (POT): 2 → 3"
    assert stock(pot) == (10, 3)


def test_a_message_that_waits_goes_to_the_new_number(order):
    edited(order, contact=replace(WHO, phone="0733 111 222", email=""))
    waiting = Message.objects.filter(order=order, event="order_placed")
    assert waiting.get(channel="sms").recipient == "+254733111222"
    assert waiting.get(channel="email").state == "cancelled"
    assert Reservation.objects.get().reference == order.number


def test_old_addresses_leave_the_timeline_with_the_customer(pot, django_user_model):
    wanjiku = django_user_model.objects.create_user("wanjiku")
    order = placed({pot.pk: 1}, user=wanjiku)
    edited(order, place=Place("Nairobi", "Westlands", "Green gate"), demand={pot.pk: 2})
    detach_from(wanjiku)
    assert set(timeline(order, "contact_changed")) == {""}
    assert "Units of Clay pot (POT): 1 → 2" in timeline(order)
