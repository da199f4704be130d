"""Give out numbers without gaps."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from shop.invoicing.models import NumberSeries, TaxDocument, TaxTotal
from shop.invoicing.rules import SERIES, Line, document_number, tax_sums


@transaction.atomic
def write_document(
    *, kind: str, moment: datetime, lines: list[Line], total: Decimal, **fields: Any
) -> TaxDocument:
    """Write a document under the next number of its series and year.

    The counter's row is locked until the caller's transaction ends: whoever comes next waits, and
    where that transaction is undone the number was never given out. It is locked last of all.
    """
    day = localdate(moment)
    series = SERIES[kind]
    counters = NumberSeries.objects.select_for_update()
    counter, _new = counters.get_or_create(series=series, year=day.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    sums = tax_sums(lines)
    document = TaxDocument(
        kind=kind,
        series=series,
        year=day.year,
        sequence=counter.last,
        number=document_number(series, day.year, counter.last),
        issued_at=moment,
        issued_on=day,
        total=total,
        tax=sum((part.tax for part in sums), Decimal("0.00")),
        **fields,
    )
    document.save(force_insert=True)
    TaxTotal.objects.bulk_create(
        TaxTotal(
            document=document,
            tax_class=part.tax_class,
            percent=part.percent,
            gross=part.gross,
            tax=part.tax,
        )
        for part in sums
    )
    return document
