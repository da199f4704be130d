"""Find documents, and sum up the VAT."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Prefetch, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from shop.catalog.models import TaxClass
from shop.core.money import ZERO
from shop.invoicing.models import TaxDocument, TaxTotal
from shop.invoicing.rules import CREDIT_NOTE, INVOICE
from shop.orders.models import Order
from shop.payments.models import Payment, Refund


def documents_of(order: Order) -> list[TaxDocument]:
    """Return an order's invoice and credit notes in the order of issue: one statement."""
    return list(TaxDocument.objects.filter(order=order).order_by("pk"))


def invoice_of(order: Order) -> TaxDocument | None:
    """Return an order's invoice with its credit notes; None before it is due.

    Of an order that was changed it is the last one.
    """
    notes = Prefetch("credit_notes", TaxDocument.objects.order_by("pk"))
    invoices: QuerySet[TaxDocument] = TaxDocument.objects.filter(
        order=order, kind=INVOICE, superseded=False
    )
    return invoices.prefetch_related(notes).first()


def overpaid_before(refund: Refund) -> Decimal:
    """Return by how much more was paid for an order than its invoice says, this refund not gone.

    Less than one unit of the currency is rounding.
    """
    order_id = refund.payment.order_id
    invoice = TaxDocument.objects.filter(order=order_id, kind=INVOICE, superseded=False).first()
    if invoice is None:
        return ZERO
    credited = invoice.credit_notes.aggregate(all=Sum("total"))["all"] or ZERO
    paid = Payment.objects.filter(order=order_id, state=Payment.State.PAID)
    came = sum((p.amount if p.received is None else p.received for p in paid), ZERO)
    before = Refund.objects.filter(payment__in=paid, state=Refund.State.DONE).exclude(pk=refund.pk)
    gone = before.aggregate(all=Sum("amount"))["all"] or ZERO
    sold = invoice.total + Decimal(invoice.content["rounding"]) - credited
    surplus: Decimal = came - gone - sold
    return surplus if surplus >= 1 else ZERO


def documents_kept_about(user: Any) -> list[dict[str, Any]]:
    """Return what the shop keeps of what was issued to a customer."""
    rows = TaxDocument.objects.filter(order__user=user).order_by("pk")
    kept = "number issued_at buyer_name buyer_pin total tax currency content".split()
    return [{name: getattr(row, name) for name in kept} for row in rows]


@dataclass(frozen=True, slots=True)
class MonthVat:
    """What was sold in a month at one VAT rate; credit notes are taken off."""

    month: date
    tax_class: str
    percent: Decimal
    gross: Decimal
    tax: Decimal

    @property
    def net(self) -> Decimal:
        """Without the VAT."""
        return self.gross - self.tax


def vat_by_month(first: date, last: date) -> list[MonthVat]:
    """Sum up the VAT of documents by month of issue and by rate: one statement."""
    rows = (
        TaxTotal.objects.filter(document__issued_on__range=(first, last))
        .order_by()
        .annotate(month=TruncMonth("document__issued_on"))
        .values_list("month", "tax_class", "percent")
        .annotate(gross_sum=_signed("gross"), tax_sum=_signed("tax"))
        .order_by("month", "-percent", "tax_class")
    )
    return [MonthVat(*row) for row in rows]


def _signed(column: str) -> Sum:
    amount = DecimalField(max_digits=18, decimal_places=2)
    credit = When(document__kind=CREDIT_NOTE, then=-F(column))
    return Sum(Case(credit, default=F(column), output_field=amount), output_field=amount)


def ledger(documents: QuerySet[TaxDocument]) -> Iterator[tuple[Any, ...]]:
    """Give documents as rows for an accountant (LEDGER); credit notes are below zero."""
    found = documents.select_related("order", "invoice").prefetch_related("taxes")
    for document in found.order_by("issued_at", "pk").iterator(chunk_size=500):
        sign = -1 if document.kind == CREDIT_NOTE else 1
        by_class = dict.fromkeys(TaxClass.values, ZERO)
        for part in document.taxes.all():
            by_class[part.tax_class] = by_class.get(part.tax_class, ZERO) + part.gross - part.tax
        yield (
            document.number,
            document.get_kind_display(),
            document.issued_on,
            document.order.number,
            document.invoice.number if document.invoice else "",
            document.buyer_name,
            document.buyer_pin,
            document.currency,
            *(sign * by_class[tax_class] for tax_class in TaxClass.values),
            sign * document.tax,
            sign * document.total,
            (document.settlement or {}).get("label", ""),
            (document.settlement or {}).get("reference", ""),
            document.control_number,
        )


LEDGER = (
    *("number", "kind", "date", "order", "invoice", "buyer", "buyer PIN", "currency"),
    *(f"{tax_class} without VAT" for tax_class in TaxClass.values),
    *("VAT", "total", "paid by", "reference", "control unit's number"),
)
