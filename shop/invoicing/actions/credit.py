"""Issue a credit note: some or all of an invoice is taken back."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from shop.core.clock import now
from shop.core.money import ZERO
from shop.invoicing.actions.invoice import seller
from shop.invoicing.actions.numbering import write_document
from shop.invoicing.frozen import freeze, lines_of
from shop.invoicing.models import TaxDocument, TaxTotal
from shop.invoicing.rules import (
    CREDIT_NOTE,
    INVOICE,
    Line,
    TaxSum,
    Wish,
    credited_lines,
    left_of,
    tax_sums,
)

# What a line is called that stands for money and no goods; frozen as it was issued.
WITHOUT_GOODS = "Price reduction"


@transaction.atomic
def issue_credit_note(
    *,
    order_id: int,
    cause: str,
    amount: Decimal,
    units: Mapping[int, int] | None = None,
    settlement: dict[str, Any] | None = None,
) -> TaxDocument | None:
    """Credit `amount` of an order's invoice, for `units` of its lines (id to how many) if any.

    At most what is left of the invoice. The same `cause` gives the note it made before. None where
    the order has no invoice or nothing is left of it. Seller and buyer are the invoice's.
    """
    invoice = (
        TaxDocument.objects.select_for_update(of=("self",))
        .filter(order=order_id, kind=INVOICE, superseded=False)
        .first()
    )
    if invoice is None:
        return None
    known = TaxDocument.objects.filter(cause=cause).first()
    if known is not None:
        return known
    lines = _lines(invoice, amount, units or {})
    total = sum((line.total for line in lines), ZERO)
    if not total:
        return None
    return write_document(
        kind=CREDIT_NOTE,
        moment=now(),
        lines=lines,
        total=total,
        order_id=order_id,
        invoice=invoice,
        cause=cause,
        buyer_name=invoice.buyer_name,
        buyer_pin=invoice.buyer_pin,
        currency=invoice.currency,
        content=freeze(
            seller=seller(),
            name=settings.WAGTAIL_SITE_NAME,
            order=invoice.content["order"],
            lines=lines,
            rounding=amount - total if abs(amount - total) < 1 else ZERO,
            invoice={"number": invoice.number, "issued_on": invoice.issued_on.isoformat()},
        ),
        settlement=settlement,
    )


def _lines(invoice: TaxDocument, amount: Decimal, units: Mapping[int, int]) -> list[Line]:
    sold = lines_of(invoice.content)
    before: Counter[int | None] = Counter()
    for note in invoice.credit_notes.all():
        before.update({line.line_id: line.quantity for line in lines_of(note.content)})
    wishes = []
    for line in sold:
        left_units = line.quantity - before[line.line_id]
        wanted = min(units.get(line.line_id or 0, 0), left_units)
        if wanted > 0:
            wishes.append(Wish(line, wanted, before[line.line_id]))
    credited = [
        TaxSum(row.tax_class, row.percent, row.gross, row.tax)
        for row in TaxTotal.objects.filter(document__invoice=invoice)
    ]
    left = left_of(tax_sums(sold), credited)
    open_amount = sum((part.gross for part in left.values()), ZERO)
    # Who gets back all that was paid gets back all that was sold, whatever was rounded off.
    if amount >= open_amount + Decimal(invoice.content["rounding"]):
        amount = open_amount
    return credited_lines(amount, wishes, left, WITHOUT_GOODS)
