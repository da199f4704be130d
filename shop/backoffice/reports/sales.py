"""Sales by day, product, category, place, way of paying and voucher."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shop.backoffice.reports.tables import DAY, MONEY, NUMBER, TEXT, Column, Table
from shop.catalog.queries.shelves import canonical_categories
from shop.core.money import ZERO, round_money
from shop.orders import sales
from shop.orders.sales import Sold
from shop.payments.gateways import GATEWAYS

MOST_BARS = 20


def by_day(first: date, last: date) -> Table:
    """Return orders and revenue of each day."""
    found = sales.sold_by_day(first, last)
    return Table(
        columns=_columns(_("Day"), DAY),
        rows=[_row(row, row.name) for row in found],
        bars=[(date_format(row.name, "j M"), row.total) for row in found],
        bars_label=_("Revenue by day"),
        summed=frozenset({1, 2, 4, 5}),
    )


def by_county(first: date, last: date) -> Table:
    """Return orders and revenue of each county."""
    found = sales.sold_by_county(first, last)
    return _named(found, _("County"), _("Revenue by county"), lambda name: name or _("Fetched"))


def by_payment_method(first: date, last: date) -> Table:
    """Return orders and revenue of each way of paying."""

    def label(code: str) -> str:
        return str(GATEWAYS[code].label) if code in GATEWAYS else code

    found = sales.sold_by_payment_method(first, last)
    return _named(found, _("Way of paying"), _("Revenue by way of paying"), label)


def by_voucher(first: date, last: date) -> Table:
    """Return the orders that used each voucher, and what was taken off them."""
    found = sales.sold_by_voucher(first, last)
    return _named(found, _("Voucher"), _("Revenue by voucher"), str)


def by_product(first: date, last: date) -> Table:
    """Return units and revenue of each product."""
    found = sales.sold_by_product(first, last)
    return Table(
        columns=[
            Column(_("Product")),
            Column(_("Units"), NUMBER),
            Column(_("Orders"), NUMBER),
            Column(_("Revenue"), MONEY),
            Column(_("VAT in it"), MONEY),
        ],
        rows=[(row.name, row.units, row.orders, row.total, row.tax) for row in found],
        bars=[(row.name, row.total) for row in found[:MOST_BARS]],
        bars_label=_("Revenue of the best sellers"),
        summed=frozenset({1, 3, 4}),
    )


def by_category(first: date, last: date) -> Table:
    """Return units and revenue of each category; a product counts in its first one only."""
    found = sales.sold_by_product(first, last)
    shelves = canonical_categories([row.product_id for row in found])
    sums: dict[str, tuple[int, Decimal, Decimal]] = {}
    for row in found:
        shelf = shelves.get(row.product_id) or _("(in no category)")
        units, total, tax = sums.get(shelf, (0, ZERO, ZERO))
        sums[shelf] = (units + row.units, total + row.total, tax + row.tax)
    rows = sorted(((shelf, *figures) for shelf, figures in sums.items()), key=_by_total)
    return Table(
        columns=[
            Column(_("Category")),
            Column(_("Units"), NUMBER),
            Column(_("Revenue"), MONEY),
            Column(_("VAT in it"), MONEY),
        ],
        rows=rows,
        bars=[(shelf, total) for shelf, _units, total, _tax in rows[:MOST_BARS]],
        bars_label=_("Revenue by category"),
        summed=frozenset({1, 2, 3}),
    )


def _by_total(row: tuple[str, int, Decimal, Decimal]) -> tuple[Decimal, str]:
    return -row[2], row[0]


def _named(found: list[Sold], head: str, bars_label: str, label: Callable[[str], str]) -> Table:
    return Table(
        columns=_columns(head, TEXT),
        rows=[_row(row, label(row.name)) for row in found],
        bars=[(label(row.name), row.total) for row in found[:MOST_BARS]],
        bars_label=bars_label,
        summed=frozenset({1, 2, 4, 5}),
    )


def _columns(head: str, kind: str) -> list[Column]:
    return [
        Column(head, kind),
        Column(_("Orders"), NUMBER),
        Column(_("Revenue"), MONEY),
        Column(_("Average order"), MONEY),
        Column(_("VAT in it"), MONEY),
        Column(_("Taken off"), MONEY),
    ]


def _row(row: Sold, name: Any) -> tuple[Any, ...]:
    average = round_money(row.total / row.orders) if row.orders else ZERO
    return name, row.orders, row.total, average, row.tax, row.discount
