"""Of an order that was repaid in part, every figure counts what is left."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils.timezone import localdate

from shop.core.clock import fixed
from shop.flows.confirm_payment import confirm_payment
from shop.flows.daily_report import report_of
from shop.flows.refund_order import RefundedLine, refund_order
from shop.flows.refund_outcome import give_up
from shop.flows.sum_up_shop import sum_up_shop
from shop.orders import sales
from shop.orders.models import Order, OrderLine
from shop.orders.queries import bought_by
from shop.payments.models import Payment
from shop.tests.integration.parcels import lines, placed

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def order(shop_site, django_user_model):
    """An order of 3 pots at 500 and 2 mugs at 300, delivery 300: 2,400, paid."""
    with fixed(NOON):
        made = placed(user=django_user_model.objects.create_user("wanjiku").pk)
        confirm_payment(order_id=made.pk, reference="Till 4")
        assert made.total == 2400
        yield made


def by(find, order):
    day = localdate(order.placed_at)
    return find(day, day)


def test_units_that_went_back_lower_the_order_and_their_product(order):
    pots, _mugs = lines(order)
    (before,) = by(sales.sold_by_county, order)
    refund_order(order_id=order.pk, lines=[RefundedLine(pots.pk, 1)], reference="Till 9")
    (row,) = by(sales.sold_by_county, order)
    assert (row.orders, row.total) == (1, 1900)
    assert row.tax == (before.tax * 1900 / 2400).quantize(Decimal("0.01"))
    found = by(sales.sold_by_product, order)
    assert [(each.name, each.units, each.total) for each in found] == [
        ("Clay pot", 2, 1000),
        ("Enamel mug", 2, 600),
    ]
    assert [each.tax for each in found] == [Decimal("137.93"), Decimal("82.76")]


def test_an_amount_lowers_every_figure_of_its_order(order):
    refund_order(order_id=order.pk, amount=Decimal(400), reference="Till 9")
    shop = sum_up_shop()
    today = shop.periods["today"].sales
    assert (today.orders, today.revenue, today.paid, today.average) == (1, 2000, 2000, 2000)
    assert shop.days[-1].total == 2000
    assert "2,000" in report_of(localdate(NOON))
    assert bought_by([order.user_id])[order.user_id].spent == 2000
    # A refund of an amount is no product's.
    assert sum(each.total for each in by(sales.sold_by_product, order)) == 2100


def test_what_was_promised_and_did_not_go_lowers_nothing(order):
    refund = refund_order(order_id=order.pk, amount=Decimal(400))
    assert by(sales.sold_by_county, order)[0].total == 2400
    give_up(refund_id=refund.pk, actor="amina")
    assert by(sales.sold_by_county, order)[0].total == 2400


def test_what_came_on_top_is_no_loss_when_it_goes_back(order):
    Payment.objects.update(received=2500)
    refund_order(order_id=order.pk, amount=Decimal(130), reference="Till 9")
    order.refresh_from_db()
    assert order.refunded == 30


def test_all_of_it_counts_no_more(order):
    refund_order(order_id=order.pk, reference="Till 9")
    assert by(sales.sold_by_county, order) == []


def test_refunds_of_before_are_told_to_their_orders(order):
    pots, _mugs = lines(order)
    refund_order(order_id=order.pk, lines=[RefundedLine(pots.pk, 2)], reference="Till 9")
    after = Order.objects.values("refunded").get(), list(figures())
    Order.objects.update(refunded=0)
    OrderLine.objects.update(refunded=0, refunded_units=0)
    step = import_module("shop.payments.migrations.0008_orders_know_what_went_back")
    step.note_what_went_back(apps, SimpleNamespace(connection=connection))
    assert (Order.objects.values("refunded").get(), list(figures())) == after


def figures():
    return OrderLine.objects.order_by("pk").values_list("refunded_units", "refunded")


def test_the_best_of_the_day_are_counted_in_words(order):
    pots, _mugs = lines(order)
    refund_order(order_id=order.pk, lines=[RefundedLine(pots.pk, 2)], reference="Till 9")
    report = report_of(localdate(NOON))
    assert "Clay pot: 1 unit\n" in report
    assert "Enamel mug: 2 units" in report


def test_an_order_of_which_some_has_left_is_still_to_be_sent(order, admin_client):
    Order.objects.update(status=Order.Status.PARTLY_SHIPPED)
    with fixed(NOON + timedelta(minutes=1)):
        assert sum_up_shop().waiting.to_ship == 1
        assert "Orders to hand over: 1" in report_of(localdate(NOON))
        page = admin_client.get("/admin/orders/order/?status__in=packed,partly_shipped")
    assert order.readable_number in page.content.decode()
    assert "status__in=packed,partly_shipped" in admin_client.get("/admin/").content.decode()
