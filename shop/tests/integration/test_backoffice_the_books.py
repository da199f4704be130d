"""Whoever keeps the books finds invoices, takes them along as files, and sees the VAT."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from openpyxl import load_workbook

from shop.core.clock import fixed
from shop.customers.models import User
from shop.invoicing.actions import issue_credit_note
from shop.orders.models import Order
from shop.tests.order_factories import make_line, make_order, make_receipt

pytestmark = pytest.mark.django_db

INVOICES = "/admin/invoicing/taxdocument/"
VAT = "/admin/figures/vat/"


@pytest.fixture
def clerk(shop_site: Any) -> Client:
    """Somebody of the order desk."""
    return worker("Order desk")


def worker(role: str) -> Client:
    person = User.objects.create_user(role, is_staff=False)
    person.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(person)
    return client


def sold(day: datetime, **fields: Any) -> Order:
    with fixed(day):
        line = make_line(price=580, quantity=2)
        line.tax = Decimal("160.00")
        order = make_order(
            lines=[line],
            **{"delivery_fee": 0, "total": 1160, "tax": Decimal("160.00"), **fields},
        )
        make_receipt(order)
    return order


@pytest.fixture
def year() -> list[Order]:
    """Sales of two months, one of them taken back in part."""
    october = sold(datetime(2026, 10, 5, 9, tzinfo=UTC), name='=HYPERLINK("x")')
    november = sold(datetime(2026, 11, 6, 9, tzinfo=UTC), buyer_pin="A001234567X")
    with fixed(datetime(2026, 11, 7, 9, tzinfo=UTC)):
        issue_credit_note(order_id=october.pk, cause="refund:1", amount=Decimal(580))
    return [october, november]


def test_invoices_are_found_and_lead_to_their_order(clerk: Client, year: list[Order]) -> None:
    shown = clerk.get(INVOICES, {"q": year[1].number}).content.decode()
    assert "INV-2026-000002" in shown
    assert "INV-2026-000001" not in shown
    assert "A001234567X" in clerk.get(INVOICES, {"q": "a001234"}).content.decode()
    notes = clerk.get(INVOICES, {"kind__exact": "credit_note"}).content.decode()
    assert "CN-2026-000001" in notes
    assert "INV-2026-000002" not in notes
    unpaid = clerk.get(INVOICES, {"paid": "no"}).content.decode()
    assert "INV-2026-000001" not in unpaid
    assert clerk.get(INVOICES, {"paid": "yes' or 1"}).status_code == 200
    page = clerk.get(f"/admin/orders/order/inspect/{year[0].pk}/").content.decode()
    assert "INV-2026-000001" in page
    assert f"/orders/{year[0].token}/credit-notes/CN-2026-000001/" in page


def test_the_accountants_file_adds_up_and_runs_nothing(clerk: Client, year: list[Order]) -> None:
    file = clerk.get(INVOICES, {"export": "csv"})
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["number"] for row in rows] == [
        "INV-2026-000001", "INV-2026-000002", "CN-2026-000001",
    ]  # fmt: skip
    assert rows[0]["buyer"] == """'=HYPERLINK("x")"""
    assert [row["total"] for row in rows] == ["1160.00", "1160.00", "-580.00"]
    assert sum(Decimal(row["VAT"]) for row in rows) == Decimal("240.00")
    assert rows[2]["standard without VAT"] == "-500.00"
    assert rows[2]["invoice"] == "INV-2026-000001"
    book = clerk.get(INVOICES, {"export": "xlsx"})
    cells = list(load_workbook(BytesIO(b"".join(book.streaming_content))).active.iter_rows())
    assert [cell.data_type for cell in cells[1]][5] == "s", "text, not a formula"
    assert cells[3][12].value == -580


def test_vat_by_month_takes_off_what_was_credited(clerk: Client, year: list[Order]) -> None:
    asked = {"first": "2026-10-01", "last": "2026-11-30"}
    shown = clerk.get(VAT, asked).content.decode()
    for words in ("October 2026", "November 2026", "<svg", 'role="img"', "Nov 2026: 80"):
        assert words in shown, words
    file = clerk.get(VAT, {**asked, "export": "csv"})
    rows = list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert rows[1:] == [
        ["2026-10-01", "16 %", "1000.00", "160.00", "1160.00"],
        ["2026-11-01", "16 %", "500.00", "80.00", "580.00"],
    ]
    assert (
        "Nothing" in clerk.get(VAT, {"first": "2020-01-01", "last": "2020-12-31"}).content.decode()
    )


@pytest.mark.parametrize(
    ("role", "allowed"), [("Finance", True), ("Support", True), ("Editors", False)]
)
def test_who_sees_the_books(shop_site: Any, role: str, allowed: bool) -> None:
    client = worker(role)
    for path in (INVOICES, f"{INVOICES}?export=csv", VAT, f"{VAT}?export=xlsx"):
        answer = client.get(path)
        assert (answer.status_code == 200) is allowed, path
    assert Client().get(VAT).status_code == 302
