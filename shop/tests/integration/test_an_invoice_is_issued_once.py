"""An order gets its invoice when it is paid or handed over; it never changes after that."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from shop.core.clock import fixed
from shop.core.errors import Conflict, ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.erase_orders import erase_orders_past_their_time
from shop.flows.place_order import Purchase, place_order
from shop.invoicing.actions import issue_credit_note, issue_due_invoice, note_fiscal_answer
from shop.invoicing.models import NumberSeries, Seller, TaxDocument, TaxTotal
from shop.invoicing.paper import pdf_of
from shop.orders import actions as orders
from shop.orders.contact import Contact, ContactProblems, Place
from shop.orders.models import Order
from shop.tests.factories import first_variant, make_product
from shop.tests.order_factories import make_order
from shop.tests.pdf_text import text_of

pytestmark = pytest.mark.django_db

NOVEMBER = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november(shop_site: Any) -> Iterator[None]:
    Seller.objects.create(
        legal_name="Wanjiku Traders Ltd", pin="P051234567Z", address="Moi Avenue, Nairobi"
    )
    with fixed(NOVEMBER):
        yield


def placed(pin: str = "", **contact: str) -> Order:
    """Order things of all three tax classes, delivered."""
    demand = {
        first_variant(make_product(name, price=price, stock=50, tax_class=tax_class)).pk: quantity
        for name, price, tax_class, quantity in (
            ("Kettle", "1999.99", "standard", 1),
            ("Maize flour", "133.33", "zero", 3),
            ("Textbook", "450", "exempt", 2),
        )
    }
    who = Contact("Zawadi Nekesa", "0722 000 111", "z@example.org", buyer_pin=pin)
    return place_order(demand, Purchase(who, Place("Nairobi"), delivery_method="delivery"))


def handed_over(order: Order) -> Order:
    Order.objects.filter(pk=order.pk).update(status=Order.Status.SHIPPED)
    return orders.move(order_id=order.pk, target=Order.Status.DELIVERED)


def invoice(order: Order) -> TaxDocument:
    return TaxDocument.objects.get(order=order, kind="invoice")


def test_paid_money_brings_an_invoice_that_adds_up() -> None:
    order = placed("p 051 234 567 z")
    assert not TaxDocument.objects.exists(), "nothing is sold yet"
    confirm_payment(order_id=order.pk, reference="cash book 7")
    document = invoice(order)
    assert (document.number, document.issued_at) == ("INV-2026-000001", NOVEMBER)
    assert (document.buyer_name, document.buyer_pin) == ("Zawadi Nekesa", "P051234567Z")
    assert document.content["seller"]["pin"] == "P051234567Z"
    assert (document.total, document.tax) == (order.total, order.tax)
    lines, taxes = document.content["lines"], document.content["taxes"]
    assert [line["code"] for line in lines][-1] == "DELIVERY"
    assert sum(Decimal(line["total"]) for line in lines) == order.total
    assert sum(Decimal(line["tax"]) for line in lines) == order.tax
    for column, whole in (("gross", order.total), ("tax", order.tax)):
        assert sum(Decimal(part[column]) for part in taxes) == whole
        assert sum(TaxTotal.objects.values_list(column, flat=True)) == whole
    assert {part["tax_class"] for part in taxes} == {"standard", "zero", "exempt"}
    assert document.settlement["reference"] == "cash book 7"


def test_goods_on_credit_are_invoiced_at_the_door_and_the_receipt_comes_with_the_money() -> None:
    order = placed()
    handed_over(order)
    before = invoice(order)
    assert before.settlement is None
    assert text_of(pdf_of(before)).startswith("WanjikuTradersLtd")
    assert "Receipt" not in text_of(pdf_of(before))
    with fixed(datetime(2027, 1, 2, tzinfo=UTC)):
        confirm_payment(order_id=order.pk, reference="SKE52PAWR9")
    after = invoice(order)
    assert (after.number, after.content) == (before.number, before.content)
    assert after.settlement["at"].startswith("2027-01-02")
    assert "Receipt" in text_of(pdf_of(after))


def test_an_order_that_comes_to_nothing_has_no_invoice() -> None:
    order = placed()
    confirm_order(order_id=order.pk)
    cancel_order(order_id=order.pk)
    assert not TaxDocument.objects.exists()
    assert not NumberSeries.objects.exists()


def test_whatever_happens_again_there_is_one() -> None:
    order = placed()
    confirm_payment(order_id=order.pk)
    kept = invoice(order)
    confirm_payment(order_id=order.pk)
    handed_over(order)
    issue_due_invoice(Order.objects.get(pk=order.pk))
    again = TaxDocument.objects.get()
    assert (again.pk, again.content, again.settlement) == (kept.pk, kept.content, kept.settlement)


def test_a_transaction_that_is_undone_leaves_no_gap() -> None:
    first, second, third = (placed() for _ in range(3))
    confirm_payment(order_id=first.pk)
    with pytest.raises(RuntimeError), transaction.atomic():
        confirm_payment(order_id=second.pk)
        assert invoice(second).sequence == 2
        raise RuntimeError
    confirm_payment(order_id=third.pk)
    confirm_payment(order_id=second.pk)
    assert [invoice(one).sequence for one in (first, third, second)] == [1, 2, 3]


def test_each_year_counts_from_one_by_the_shops_own_clock() -> None:
    order, late = placed(), placed()
    confirm_payment(order_id=order.pk)
    with fixed(datetime(2026, 12, 31, 21, 30, tzinfo=UTC)):  # half past midnight in Nairobi
        confirm_payment(order_id=late.pk)
    assert (invoice(order).number, invoice(late).number) == ("INV-2026-000001", "INV-2027-000001")


def test_what_was_issued_stays_as_it_was() -> None:
    order = placed()
    confirm_payment(order_id=order.pk)
    paper = pdf_of(invoice(order))
    Seller.objects.update(legal_name="Somebody Else", address="Elsewhere")
    Order.objects.filter(pk=order.pk).update(name="Nobody", total=1)
    order.lines.update(name="Other", unit_price=1)
    with fixed(datetime(2028, 1, 1, tzinfo=UTC)):
        assert pdf_of(invoice(order)) == paper
    document = invoice(order)
    for change in (document.save, document.delete):
        with pytest.raises(TypeError):
            change()


def test_a_pdf_says_it_all_in_a_small_file() -> None:
    order = placed("A000111222B")
    Order.objects.filter(pk=order.pk).update(name="Ζωή Привет أحمد")
    confirm_payment(order_id=order.pk, reference="SKE52PAWR9")
    document = invoice(order)
    note_fiscal_answer(
        document_id=document.pk,
        unit="KRACU0300",
        number="42",
        signature="AB-CD",
        qr_text="https://x",
    )
    document = invoice(order)
    paper = pdf_of(document)
    text = text_of(paper)
    for word in (
        *("WanjikuTradersLtd", "P051234567Z", "MoiAvenue", "INV-2026-000001", "A000111222B"),
        *("ΖωήПривет", "Maizeflour", "1,999.99", "exempt", "16%", "SKE52PAWR9"),
        *("KRACU0300", "AB-CD", f"{order.total:,.2f}".removesuffix(".00")),
    ):
        assert word in text, word
    assert "حأ" in text or "أحمد" in text
    assert paper.startswith(b"%PDF-")
    assert len(paper) < 60_000
    with pytest.raises(Conflict):
        note_fiscal_answer(document_id=document.pk, unit="x", number="43")


def test_a_credit_note_refers_to_its_invoice_and_is_made_once() -> None:
    order = placed()
    confirm_payment(order_id=order.pk)
    sold = invoice(order)
    kettle = order.lines.get(name="Kettle")

    def credit(cause: str, amount: Decimal, **units: Any) -> TaxDocument | None:
        return issue_credit_note(order_id=order.pk, cause=cause, amount=amount, **units)

    note = credit("refund:1", kettle.line_total, units={kettle.pk: 1})
    assert (note.number, note.invoice_id, note.total) == (
        "CN-2026-000001",
        sold.pk,
        kettle.line_total,
    )
    assert note.content["invoice"] == {"number": sold.number, "issued_on": "2026-11-20"}
    assert [line["code"] for line in note.content["lines"]] == [kettle.sku]
    assert note.tax == kettle.tax
    assert credit("refund:1", Decimal(5)).pk == note.pk, "the same refund is credited once"
    assert "ForinvoiceINV-2026-000001" in text_of(pdf_of(note))

    rest = credit("refund:2", order.total)
    assert rest.total == order.total - note.total
    assert note.tax + rest.tax == sold.tax
    assert credit("refund:3", Decimal(5)) is None, "nothing is left of the invoice"
    other = make_order()
    assert issue_credit_note(order_id=other.pk, cause="refund:4", amount=Decimal(5)) is None


@pytest.mark.parametrize("rounding", [Decimal("0.02"), Decimal("-0.38")])
def test_what_is_rounded_off_bears_no_vat_and_goes_back_with_the_rest(rounding: Decimal) -> None:
    order = placed()
    order.rounding, order.payment_status = rounding, Order.PaymentStatus.PAID
    sold = issue_due_invoice(order)
    assert sold.content["rounding"] == f"{rounding}"
    assert f"{order.payable:,.2f}".removesuffix(".00") in text_of(pdf_of(sold))
    part = issue_credit_note(order_id=order.pk, cause="refund:1", amount=Decimal(100))
    rest = issue_credit_note(
        order_id=order.pk, cause="refund:2", amount=order.payable - Decimal(100)
    )
    assert part.total + rest.total == order.total
    assert part.tax + rest.tax == order.tax
    assert rest.content["rounding"] == f"{rounding}"


def test_the_buyer_leaves_after_the_legal_period_and_nothing_else() -> None:
    order = placed("A000111222B")
    confirm_payment(order_id=order.pk)
    issue_credit_note(order_id=order.pk, cause="refund:1", amount=Decimal(9))
    content = invoice(order).content
    with fixed(datetime(2032, 1, 2, tzinfo=UTC)):
        assert erase_orders_past_their_time() == 1
    assert set(TaxDocument.objects.values_list("buyer_name", "buyer_pin")) == {("", "")}
    assert invoice(order).content == content
    assert Order.objects.get().buyer_pin == ""


@pytest.mark.parametrize(
    "pin", ["X051234567Z", "P05123456Z", "P0512345678", "P051234567ZZ", "ümlaut"]
)
def test_what_is_no_pin_is_said_at_its_field(pin: str) -> None:
    with pytest.raises(ShopError) as refusal:
        placed(pin)
    assert isinstance(refusal.value, ContactProblems)
    assert [(one["field"], one["code"]) for one in refusal.value.details] == [
        ("buyer_pin", "invalid_pin")
    ]
