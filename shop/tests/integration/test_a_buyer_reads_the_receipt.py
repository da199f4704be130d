"""A buyer reads the receipt as page, PDF and JSON; nobody else does."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from shop.customers.models import User
from shop.flows.confirm_payment import confirm_payment
from shop.flows.refund_order import RefundedLine, refund_order, refund_payment
from shop.invoicing.actions import note_fiscal_answer
from shop.invoicing.models import Seller, TaxDocument
from shop.invoicing.paper import pdf_of
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.tests.factories import make_product
from shop.tests.integration.api_orders import body, errors, post
from shop.tests.integration.graphql_door import data, refusals
from shop.tests.order_factories import make_order, make_receipt
from shop.tests.pdf_text import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(shop_site: Any) -> Order:
    """An order of a business, paid."""
    Seller.objects.create(legal_name="Wanjiku Traders Ltd", pin="P051234567Z")
    make_product("Kettle <b>", sku="KT", price="1500", stock=5)
    contact = {"name": "Wanjiku Kamau", "phone": "0712 345 678", "buyer_pin": "a001234567x"}
    placed = post(Client(), body({"sku": "KT", "quantity": 2}, contact=contact))
    assert placed["contact"]["buyer_pin"] == "A001234567X"
    confirm_payment(order_id=placed["id"], reference="SKE52PAWR9")
    return Order.objects.get(pk=placed["id"])


def page(order: Order, path: str) -> str:
    answer = Client().get(f"/orders/{order.token}/{path}")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
    return " ".join(answer.content.decode().split())


def test_the_order_page_leads_to_a_page_and_a_pdf(order: Order) -> None:
    assert f"/orders/{order.token}/receipt.pdf" in page(order, "")
    shown = page(order, "receipt/")
    for words in (
        *("Receipt", "Tax invoice", "INV-", "Wanjiku Traders Ltd", "P051234567Z", "A001234567X"),
        *("Kettle &lt;b&gt;", "SKE52PAWR9", "3,000.00", "16 %", 'content="noindex"'),
    ):
        assert words in shown, words
    assert "style=" not in re.sub("<head>.*</head>", "", shown)
    file = Client().get(f"/orders/{order.token}/receipt.pdf")
    assert file["Content-Type"] == "application/pdf"
    number = TaxDocument.objects.get().number
    assert file["Content-Disposition"] == f'inline; filename="{number}.pdf"'
    for words in (number, "Kettle<b>", "3,000.00"):
        assert words in text_of(file.content), words
    assert Client().get(f"/orders/{order.token}/receipt.pdf").content == file.content


def test_money_that_goes_back_brings_a_credit_note(order: Order) -> None:
    line = order.lines.get()
    refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 1)], reference="SKE99BACK1")
    note = TaxDocument.objects.get(kind="credit_note")
    assert (note.total, note.tax) == (Decimal("1500.00"), Decimal("206.90"))
    assert note.settlement["reference"] == "SKE99BACK1"
    shown = page(order, f"credit-notes/{note.number}/")
    assert "Credit note" in shown
    assert note.invoice.number in shown
    file = Client().get(f"/orders/{order.token}/credit-notes/{note.number}.pdf")
    assert note.number in text_of(file.content)
    assert note.number in page(order, "receipt/")


def test_the_api_says_the_same(order: Order) -> None:
    path = f"/api/v2/orders/{order.pk}/receipt/"
    answer = Client().get(f"{path}?token={order.token}").json()
    assert answer["buyer"] == {"name": "Wanjiku Kamau", "pin": "A001234567X"}
    assert (answer["total"], answer["tax"]) == (f"{order.total}", f"{order.tax}")
    assert sum(Decimal(part["tax"]) for part in answer["taxes"]) == order.tax
    assert answer["payment"]["reference"] == "SKE52PAWR9"
    assert answer["pdf_url"].endswith(f"/orders/{order.token}/receipt.pdf")
    assert answer["credit_notes"] == []


def test_what_etims_said_stands_on_it(order: Order) -> None:
    document = TaxDocument.objects.get()
    note_fiscal_answer(document_id=document.pk, unit="KRACU03", number="7", qr_text="https://kra")
    shown = page(order, "receipt/")
    assert "KRACU03" in shown
    assert 'class="receipt__qr"' in shown
    answer = Client().get(f"/api/v2/orders/{order.pk}/receipt/?token={order.token}").json()
    assert answer["fiscal"] == {
        "control_unit": "KRACU03",
        "number": "7",
        "signature": "",
        "qr": "https://kra",
    }


def test_others_and_orders_without_one_get_nothing(order: Order) -> None:
    unpaid, other = make_order(), make_order()
    make_receipt(other)
    number = TaxDocument.objects.get(order=order).number
    for path in (
        *("/orders/wrong/receipt/", "/orders/wrong/receipt.pdf"),
        *(f"/orders/{unpaid.token}/receipt/", f"/orders/{unpaid.token}/receipt.pdf"),
        # Another order's paper under one's own address, or an invoice as a credit note.
        f"/orders/{other.token}/credit-notes/{number}/",
        f"/orders/{order.token}/credit-notes/{number}.pdf",
        f"/api/v2/orders/{order.pk}/receipt/",
        f"/api/v2/orders/{order.pk}/receipt/?token={other.token}",
        f"/api/v2/orders/{unpaid.pk}/receipt/?token={unpaid.token}",
    ):
        assert Client().get(path).status_code == 404, path
    stranger = Client()
    stranger.force_login(User.objects.create_user("brian"))
    assert stranger.get(f"/api/v2/orders/{order.pk}/receipt/").status_code == 404
    assert "credit-notes" not in page(unpaid, "")


def test_a_wrong_pin_is_said_where_it_was_typed(shop_site: Any) -> None:
    make_product("Kettle", sku="KT", stock=5)
    contact = {"name": "Wanjiku Kamau", "phone": "0712 345 678", "buyer_pin": "12"}
    refusal = post(Client(), body({"sku": "KT"}, contact=contact), status=400)
    assert errors(refusal) == {("contact.buyer_pin", "invalid_pin")}


def test_money_that_came_twice_was_never_sold(order: Order) -> None:
    again = Payment(order=order, method="mpesa", amount=order.total, currency="KES")
    again.state, again.received, again.receipt = Payment.State.REVIEW, order.total, "SKE77TWICE"
    again.save()
    refund_payment(payment_id=again.pk, reference="SKE99BACK1")
    assert not TaxDocument.objects.filter(kind="credit_note").exists()
    refund_order(order_id=order.pk, reference="SKE99BACK2")
    assert TaxDocument.objects.get(kind="credit_note").total == order.total


RECEIPT = """query ($id: ID, $token: String!) { receipt(id: $id, token: $token) {
  number kind issuedAt order seller { name pin } buyer { name pin } currency net tax total rounding
  lines { code name quantity unitPrice discount taxPercent total tax }
  taxes { taxClass taxPercent net tax gross } payment { method label reference amount at }
  fiscal { controlUnit number signature qr } htmlUrl pdfUrl
  creditNotes { number kind invoice total lines { name quantity } payment { reference } } } }"""


def test_graphql_says_what_rest_says(order: Order) -> None:
    line = order.lines.get()
    refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 1)], reference="Till 9")
    rest = Client().get(f"/api/v2/orders/{order.pk}/receipt/?token={order.token}").json()
    for words in ({"id": order.pk, "token": order.token}, {"token": order.token}):
        told = data(Client(), RECEIPT, **words)["receipt"]
        for name in ("number", "kind", "order", "currency", "net", "tax", "total", "rounding"):
            assert told[name] == rest[name], name
        assert (told["pdfUrl"], told["taxes"][0]["gross"]) == (
            rest["pdf_url"],
            rest["taxes"][0]["gross"],
        )
        assert told["payment"]["reference"] == "SKE52PAWR9"
        (note,), (same,) = told["creditNotes"], rest["credit_notes"]
        assert (note["number"], note["invoice"], note["total"]) == (
            same["number"],
            rest["number"],
            same["total"],
        )
        assert note["payment"]["reference"] == "Till 9"


def test_graphql_tells_a_receipt_to_nobody_else(order: Order) -> None:
    other = make_order()
    stranger = Client()
    stranger.force_login(User.objects.create_user("brian"))
    for client, words in (
        (Client(), {"id": order.pk, "token": ""}),
        (Client(), {"id": order.pk, "token": other.token}),
        (stranger, {"id": order.pk, "token": ""}),
        (Client(), {"token": ""}),
        (Client(), {"id": other.pk, "token": other.token}),  # nothing was issued yet
    ):
        assert refusals(client, RECEIPT, **words) == [(None, "not_found")]


@pytest.mark.parametrize(
    ("name", "drawn", "told"),
    [
        ("አበበ በቀለ", "አበበበቀለ", False),
        ("Wanjiku አበበ", "Wanjikuአበበ", False),
        ("王小明", "", True),
        ("Wanjiku Kamau", "WanjikuKamau", False),
    ],
    ids=["Ethiopic", "both", "Chinese", "Latin"],
)
def test_a_name_is_drawn_in_its_own_letters_or_the_paper_says_so(
    shop_site: Any, name: str, drawn: str, told: bool
) -> None:
    document = make_receipt(make_order(name=name))
    file = pdf_of(document)
    assert drawn in text_of(file)
    assert ("Someletterscannotbedrawnhere" in text_of(file)) is told
    assert (b"NotoSansEthiopic" in file) is ("አ" in name)
    assert pdf_of(document) == file
