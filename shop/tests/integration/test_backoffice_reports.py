"""Reports say what was sold, as a page, a chart and a file; a busy shop reads them as quickly."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from shop.backoffice.reports.chart import chart
from shop.backoffice.reports.registry import REPORTS
from shop.cart.models import Cart, CartLine
from shop.core.clock import fixed
from shop.customers.models import User
from shop.orders.models import Order, OrderLine
from shop.orders.sales import counted_orders
from shop.tests.factories import first_variant, make_category, make_product
from shop.tests.order_factories import make_line, make_order

pytestmark = pytest.mark.django_db

NOVEMBER = datetime(2026, 11, 20, 9, tzinfo=UTC)
WEEK = {"first": "2026-11-14", "last": "2026-11-20"}


@pytest.fixture
def manager(shop_site: Any) -> Client:
    """Somebody who sees every report."""
    person = User.objects.create_user("manager")
    person.groups.add(Group.objects.get(name="Managers"))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def week(shop_site: Any) -> None:
    """A week of sales: two that count, one each that was cancelled, repaid, and is too old."""
    fruits = make_category("Fruits", make_category("Produce"))
    mango = make_product("Mangoes", categories=[fruits], price=100, stock=7)
    bread = make_product("=Bread", price="64.50", stock=2)

    def line(product: Any, quantity: int, price: int, discount: int = 0) -> OrderLine:
        row = make_line(product.name, quantity, price)
        row.product_id, row.discount = product.pk, Decimal(discount)
        return row

    with fixed(NOVEMBER):
        make_order(
            lines=[line(mango, 3, 100, 50), line(bread, 1, 60)],
            voucher_code="KARIBU",
            discount=Decimal(50),
            delivery_fee=0,
            total=310,
            county="Nairobi",
        )
        # Half past midnight in Nairobi: the next day there.
        late = datetime(2026, 11, 18, 21, 30, tzinfo=UTC)
        make_order(
            lines=[line(mango, 1, 100)], placed_at=late, county="Mombasa", payment_method="mpesa"
        )
        make_order(lines=[line(mango, 90, 100)], status=Order.Status.CANCELLED)
        make_order(lines=[line(mango, 90, 100)], payment_status=Order.PaymentStatus.REFUNDED)
        make_order(lines=[line(mango, 90, 100)], placed_at=NOVEMBER - timedelta(days=30))
        cart = Cart.objects.create()
        left = cart.lines.create(
            variant=first_variant(mango), name="Mangoes", quantity=4, price_when_added=100
        )
        CartLine.objects.filter(pk=left.pk).update(created_at=NOVEMBER - timedelta(days=1))
        choosing = Cart.objects.create().lines.create(name="x", quantity=1, price_when_added=9)
        CartLine.objects.filter(pk=choosing.pk).update(created_at=NOVEMBER - timedelta(minutes=5))
        yield


def rows(client: Client, slug: str, **words: str) -> list[list[str]]:
    file = client.get(f"/admin/figures/{slug}/", {**WEEK, **words, "export": "csv"})
    return list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))[1:]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "products",
            [["Mangoes", "4", "2", "350.00", "2.00"], ["'=Bread", "1", "1", "60.00", "1.00"]],
        ),
        (
            "categories",
            [
                ["Produce / Fruits", "4", "350.00", "2.00"],
                ["(in no category)", "1", "60.00", "1.00"],
            ],
        ),
        (
            "places",
            [
                ["Mombasa", "1", "400.00", "400.00", "82.76", "0.00"],
                ["Nairobi", "1", "310.00", "310.00", "82.76", "50.00"],
            ],
        ),
        (
            "payment-methods",
            [
                ["M-Pesa", "1", "400.00", "400.00", "82.76", "0.00"],
                ["Pay on delivery", "1", "310.00", "310.00", "82.76", "50.00"],
            ],
        ),
        ("vouchers", [["KARIBU", "1", "310.00", "310.00", "82.76", "50.00"]]),
        ("carts", [["2026-11-19", "1", "4", "400.00"]]),
    ],
)
def test_what_was_sold(manager: Client, week: None, slug: str, expected: list[list[str]]) -> None:
    assert rows(manager, slug) == expected
    shown = manager.get(f"/admin/figures/{slug}/", WEEK).content.decode()
    assert '<svg viewBox="0 0 720 220"' in shown
    book = manager.get(f"/admin/figures/{slug}/", {**WEEK, "export": "xlsx"})
    cells = list(load_workbook(BytesIO(b"".join(book.streaming_content))).active.iter_rows())
    assert len(cells) == len(expected) + 1
    assert all(cell.data_type != "f" for row in cells for cell in row)


def test_days_are_the_shops_own_and_none_is_left_out(manager: Client, week: None) -> None:
    found = rows(manager, "days")
    assert [row[0] for row in found] == [f"2026-11-{day}" for day in range(14, 21)]
    assert {row[0]: row[1:3] for row in found if row[1] != "0"} == {
        "2026-11-19": ["1", "400.00"],
        "2026-11-20": ["1", "310.00"],
    }
    shown = manager.get("/admin/figures/days/", WEEK).content.decode()
    assert "KSh\u00a0710" in shown
    assert "js/date-time-chooser" in shown, "the fields for days need their script"


def test_the_stock_is_worth_its_list_prices(manager: Client, week: None) -> None:
    found = [(row[0], row[2], row[4]) for row in rows(manager, "stock-value")]
    assert found == [("Mangoes", "7", "700.00"), ("'=Bread", "2", "129.00")]


def test_days_that_make_no_sense_are_others(manager: Client, week: None) -> None:
    for words in (
        {"first": "2026-11-20", "last": "2026-11-14"},
        *({"first": text} for text in ("yesterday", "0001-01-01", "9999-12-31", "\x00")),
    ):
        assert manager.get("/admin/figures/products/", words).status_code == 200
    assert manager.get("/admin/figures/none/").status_code == 404


def test_who_sees_which(shop_site: Any) -> None:
    editor, stranger = User.objects.create_user("editor"), Client()
    editor.groups.add(Group.objects.get(name="Catalogue managers"))
    client = Client()
    client.force_login(editor)
    listed = client.get("/admin/figures/").content.decode()
    assert "/admin/figures/stock-value/" in listed, "who counts stock sees what it is worth"
    assert "/admin/figures/days/" not in listed
    for slug, report in REPORTS.items():
        answer = client.get(f"/admin/figures/{slug}/")
        assert (answer.status_code == 200) is editor.has_perm(report.right), slug
        assert stranger.get(f"/admin/figures/{slug}/").status_code == 302


def test_charts_have_round_lines_and_words() -> None:
    drawn = chart("Revenue", [("Mon", Decimal(1)), ("Tue", Decimal("98765.40"))])
    assert drawn is not None
    assert [line.figure for line in drawn.lines] == ["0", "20k", "40k", "60k", "80k", "100k"]
    assert drawn.bars[1].words == "Tue: 98,765"
    assert drawn.bars[0].height < 1 < drawn.bars[1].height
    assert chart("Nothing", [("Mon", Decimal(0))]) is None
    assert len(chart("Many", [(str(day), Decimal(day)) for day in range(1, 900)]).bars) < 100


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")
def test_the_default_days_are_found_without_reading_every_order() -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    one = make_order()
    fields = [field.attname for field in Order._meta.concrete_fields if not field.primary_key]
    kept = {name: getattr(one, name) for name in fields}
    Order.objects.bulk_create(
        Order(
            **kept
            | {
                "number": f"{number:09}",
                "token": f"t{number}",
                "checkout_key": None,
                "placed_at": long_ago + timedelta(minutes=number * 100),
            }
        )
        for number in range(4_000)
    )
    (line,) = one.lines.all()
    fields = [field.attname for field in OrderLine._meta.concrete_fields if not field.primary_key]
    kept = {name: getattr(line, name) for name in fields}
    OrderLine.objects.bulk_create(
        OrderLine(**kept | {"order_id": pk})
        for pk in Order.objects.exclude(pk=one.pk).values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE orders_order, orders_orderline")
    last = date(2020, 9, 1)
    orders = counted_orders(last - timedelta(days=29), last)
    for asked in (orders, OrderLine.objects.filter(order__in=orders)):
        plan = asked.explain()
        assert "order_by_time" in plan, plan
        assert "Seq Scan on orders_order " not in plan, plan
