"""VAT by month and rate, as the documents have it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shop.backoffice.reports.tables import MONEY, MONTH, Column, Table
from shop.core.money import ZERO
from shop.invoicing.printed import tax_label
from shop.invoicing.queries import vat_by_month


def vat(first: date, last: date) -> Table:
    """Return what was sold with which VAT in each month; credit notes are taken off."""
    found = vat_by_month(first, last)
    bars = {row.month: ZERO for row in found}
    for row in found:
        bars[row.month] += row.tax
    return Table(
        columns=[
            Column(_("Month"), MONTH),
            Column(_("Rate")),
            Column(_("Without VAT"), MONEY),
            Column(_("VAT"), MONEY),
            Column(_("With VAT"), MONEY),
        ],
        rows=[
            (row.month, tax_label(row.tax_class, row.percent), row.net, row.tax, row.gross)
            for row in found
        ],
        bars=[(date_format(month, "M Y"), amount) for month, amount in bars.items()],
        bars_label=_("VAT by month"),
        summed=frozenset({2, 3, 4}),
    )
