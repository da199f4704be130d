"""An order's receipt and credit notes as the API says them."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.errors import missing
from shop.api.orders.views import OrderView
from shop.catalog.queries.addresses import absolute
from shop.core.money import plain
from shop.invoicing.addresses import addresses
from shop.invoicing.models import TaxDocument
from shop.invoicing.queries import invoice_of
from shop.invoicing.rules import CREDIT_NOTE
from shop.orders.models import Order

LINE = "code name options quantity unit_price discount tax_class tax_percent total tax".split()


class OrderReceipt(OrderView):
    """What the books say of one order."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request, order_id: int) -> Response:
        """Show the receipt (an invoice, while it is unpaid) with its credit notes."""
        return Response(receipt_answer(self.order(request, order_id)))


def receipt_answer(order: Order) -> dict[str, Any]:
    """Return an order's invoice with its credit notes. Raises NotFound where none was issued."""
    invoice = invoice_of(order)
    if invoice is None:
        raise missing("There is no receipt before the order is paid or delivered.")
    notes = [document_answer(order, note) for note in invoice.credit_notes.all()]
    return {**document_answer(order, invoice), "credit_notes": notes}


def document_answer(order: Order, document: TaxDocument) -> dict[str, Any]:
    """Return one document; its lines and sums are as they were issued."""
    content, where = document.content, addresses(order, document)
    note = document.kind == CREDIT_NOTE
    return {
        "number": document.number,
        "kind": document.kind,
        "issued_at": document.issued_at,
        "order": content["order"],
        "invoice": content["invoice"]["number"] if note else None,
        "seller": content["seller"],
        "buyer": {"name": document.buyer_name, "pin": document.buyer_pin},
        "currency": document.currency,
        "lines": [{name: line[name] for name in LINE} for line in content["lines"]],
        "taxes": content["taxes"],
        "net": plain(document.total - document.tax),
        "tax": plain(document.tax),
        "total": plain(document.total),
        "rounding": content["rounding"],
        "payment": document.settlement,
        "fiscal": {
            "control_unit": document.control_unit,
            "number": document.control_number,
            "signature": document.control_signature,
            "qr": document.qr_text,
        },
        "html_url": absolute(where.page),
        "pdf_url": absolute(where.pdf),
    }
