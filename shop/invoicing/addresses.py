"""Where a document is read: below its order's secret address."""

from dataclasses import dataclass

from django.urls import reverse

from shop.invoicing.models import TaxDocument
from shop.invoicing.rules import CREDIT_NOTE
from shop.orders.models import Order


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths of a document as page and as PDF."""

    page: str
    pdf: str


def addresses(order: Order, document: TaxDocument) -> Addresses:
    """Return where a document of an order is read."""
    if document.kind == CREDIT_NOTE:
        args = [order.token, document.number]
        return Addresses(reverse("credit-note", args=args), reverse("credit-note-pdf", args=args))
    args = [order.token]
    return Addresses(reverse("receipt", args=args), reverse("receipt-pdf", args=args))
