"""What came in each day stands against the orders that were paid, on the page and in the file."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from shop.core.clock import fixed
from shop.flows.confirm_payment import confirm_payment
from shop.flows.refund_order import refund_payment
from shop.payments.models import Payment
from shop.payments.reconciliation.daily import daily_figures
from shop.tests import mpesa
from shop.tests.desk import transfer
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

DAYS, FILE = reverse("money_days"), reverse("money_days_file")
# In Nairobi this is the 20th already.
LATE = datetime(2026, 11, 19, 21, 30, tzinfo=UTC)


@pytest.fixture
def week(shop_site, settings):
    """Two days: cash and M-Pesa, too little, and something sent back."""
    mpesa.set_up(settings, "http://127.0.0.1:9")
    pot = first_variant(make_product("Clay pot", price="117", stock=50))
    orders = [
        mpesa.place(f"071200000{number}", "cash_on_delivery", variant=pot) for number in range(3)
    ]
    with fixed(LATE):
        transfer(orders[0].number, orders[0].total, "SGJ1X2K9Q1")
        transfer(orders[1].number, 100, "SGJ1X2K9Q2")
    with fixed(LATE + timedelta(days=1)):
        confirm_payment(order_id=orders[2].pk, actor="amina")
        paid = Payment.objects.get(receipt="SGJ1X2K9Q1")
        refund_payment(payment_id=paid.pk, amount=Decimal(17), reason="x", reference="SGK1")
    return orders


def test_days_are_summed_by_provider_and_held_against_orders(week):
    total = week[0].total
    figures = daily_figures(LATE.date(), LATE.date() + timedelta(days=2))
    assert [str(day.day) for day in figures.days] == ["2026-11-21", "2026-11-20", "2026-11-19"]
    second, first, none = figures.days
    assert first.by_method == {"mpesa": total + 100}
    assert (first.payments, first.unplaced, first.orders) == (2, Decimal(100), 1)
    assert (first.orders_total, first.difference, first.refunded) == (total, Decimal(100), 0)
    assert second.by_method == {"cash_on_delivery": total}
    assert (second.orders, second.difference, second.refunded) == (1, 0, Decimal(17))
    assert (none.payments, none.came) == (0, 0)
    assert figures.total.came == 2 * total + 100
    assert figures.methods == ("cash_on_delivery", "mpesa")


def test_the_page_and_the_file_say_the_same(week, admin_client):
    chosen = {"first": "2026-11-19", "last": "2026-11-21"}
    page = admin_client.get(DAYS, chosen)
    assert [str(cells["day"].day) for cells in page.context["days"]] == ["2026-11-21", "2026-11-20"]
    answer = admin_client.get(f"{FILE}?{page.context['file']}")
    assert answer["Content-Disposition"] == (
        'attachment; filename="money-2026-11-19-2026-11-21.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Day"] for row in rows] == ["2026-11-21", "2026-11-20", "2026-11-19", "Total"]
    assert (rows[1]["M-Pesa"], rows[1]["Difference"]) == (f"{week[0].total + 100:.2f}", "100.00")
    assert rows[-1]["Came in all"] == f"{2 * week[0].total + 100:.2f}"


def test_a_name_that_a_spreadsheet_would_run_is_text_in_the_file(week, admin_client):
    Payment.objects.filter(receipt="SGJ1X2K9Q2").update(method="=1+1")
    chosen = {"first": "2026-11-19", "last": "2026-11-21"}
    head = admin_client.get(FILE, chosen).content.decode("utf-8-sig").splitlines()[0]
    assert "'=1+1" in head.split(",")
    # An amount below zero stays a number.
    Payment.objects.filter(receipt="SGJ1X2K9Q1").update(state="review", order=None, received=17)
    rows = admin_client.get(FILE, chosen).content.decode()
    assert ",-" in rows
    assert "'-" not in rows


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"first": "x", "last": "2026-99-99"},
        {"first": "2026-11-21", "last": "2026-11-01"},
        {"first": "1900-01-01"},
        {"last": "9999-12-31"},
        {"last": "0001-01-01"},
    ],
)
def test_any_choice_of_days_is_answered(week, admin_client, chosen):
    for address in (DAYS, FILE):
        assert admin_client.get(address, chosen).status_code == 200


def test_many_days_cost_no_more_queries(week, admin_client, django_assert_max_num_queries):
    admin_client.get(DAYS)
    with django_assert_max_num_queries(20):
        admin_client.get(DAYS, {"first": "2026-01-01", "last": "2026-12-31"})
