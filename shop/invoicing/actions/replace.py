"""Replace the invoice of an order that was changed after it was issued."""

from decimal import Decimal

from django.db import transaction

from shop.invoicing.actions.credit import issue_credit_note
from shop.invoicing.actions.invoice import issue
from shop.invoicing.frozen import lines_of
from shop.invoicing.models import TaxDocument
from shop.invoicing.rules import INVOICE
from shop.orders.models import Order


@transaction.atomic
def replace_invoice(order: Order) -> TaxDocument | None:
    """Credit all that is left of an order's invoice and issue one for the order as it is now.

    None where no invoice was issued yet. The caller's transaction holds the order.
    """
    invoice = TaxDocument.objects.filter(order=order, kind=INVOICE, superseded=False).first()
    if invoice is None:
        return None
    issue_credit_note(
        order_id=order.pk,
        cause=f"replaced:{invoice.pk}",
        amount=invoice.total + Decimal(invoice.content["rounding"]),
        units={line.line_id: line.quantity for line in lines_of(invoice.content) if line.line_id},
    )
    TaxDocument.objects.filter(pk=invoice.pk).update(superseded=True)
    return issue(order, cause=f"order:{order.pk}:{invoice.pk}")
