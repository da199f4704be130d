"""What lies on the shelf, and what is left in carts."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shop.backoffice.reports.tables import DAY, MONEY, NUMBER, Column, Table
from shop.cart.abandoned import abandoned_carts
from shop.catalog.queries.stock_value import stock_values

MOST_BARS = 20


def stock_value(first: date, last: date) -> Table:
    """Return what is on the shelf now, at list prices."""
    found = stock_values()
    return Table(
        columns=[
            Column(_("Product")),
            Column("SKU"),
            Column(_("On the shelf"), NUMBER),
            Column(_("List price"), MONEY),
            Column(_("Value"), MONEY),
        ],
        rows=[(row.name, row.sku, row.units, row.price, row.value) for row in found],
        bars=[(row.name, row.value) for row in found[:MOST_BARS]],
        bars_label=_("What is worth most"),
        summed=frozenset({2, 4}),
    )


def carts_left(first: date, last: date) -> Table:
    """Return what somebody put into a cart and did not buy."""
    found = abandoned_carts(first, last)
    return Table(
        columns=[
            Column(_("Day"), DAY),
            Column(_("Carts"), NUMBER),
            Column(_("Units"), NUMBER),
            Column(_("Worth"), MONEY),
        ],
        rows=[(row.day, row.carts, row.units, row.value) for row in found],
        bars=[(date_format(row.day, "j M"), row.value) for row in found],
        bars_label=_("Left in carts by day"),
        summed=frozenset({1, 2, 3}),
    )
