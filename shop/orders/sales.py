"""What was sold in some days: by day, product, place, way of paying, voucher.

Each is one statement over the orders of those days, found by an index on the time of placing.
Cancelled and wholly repaid orders do not count, and of an order that was repaid in part what is
left. A refund of an amount lowers its order's figures, one of units also their product's; VAT goes
down in the same proportion. Days are the day of the order and the shop's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, Max, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate
from django.utils.timezone import make_aware

from shop.core.money import ZERO, round_money
from shop.orders import rules
from shop.orders.models import Order, OrderLine
from shop.orders.queries import COUNTED

MONEY = DecimalField(max_digits=18, decimal_places=2)
EXACT = DecimalField(max_digits=30, decimal_places=8)


@dataclass(frozen=True, slots=True)
class Sold:
    """What was sold under one heading: a day, a county, a way of paying, a voucher."""

    name: Any
    orders: int
    total: Decimal
    tax: Decimal
    discount: Decimal


@dataclass(frozen=True, slots=True)
class ProductSold:
    """What was sold of one product; `total` is after discounts and refunds."""

    product_id: int
    name: str
    units: int
    orders: int
    total: Decimal
    tax: Decimal


def counted_orders(first: date, last: date) -> QuerySet[Order]:
    """Return the orders of some days that count as sales."""
    after = last + timedelta(days=1)
    start = make_aware(datetime.combine(first, time.min))
    end = make_aware(datetime.combine(after, time.min))
    return Order.objects.filter(COUNTED, placed_at__gte=start, placed_at__lt=end).order_by()


def sold_by_day(first: date, last: date) -> list[Sold]:
    """Return one entry a day, days without an order among them."""
    found = {
        row.name: row
        for row in _sold(counted_orders(first, last).annotate(day=TruncDate("placed_at")), "day")
    }
    return [found.get(day, Sold(day, 0, ZERO, ZERO, ZERO)) for day in _days(first, last)]


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def sold_by_county(first: date, last: date) -> list[Sold]:
    """Return one entry a county, the largest first; empty where it was fetched."""
    return _largest_first(_sold(counted_orders(first, last), "county"))


def sold_by_delivery(first: date, last: date) -> list[Sold]:
    """Return one entry a way of delivery, the largest first."""
    return _largest_first(_sold(counted_orders(first, last), "delivery_name"))


def sold_by_payment_method(first: date, last: date) -> list[Sold]:
    """Return one entry a way of paying, the largest first."""
    return _largest_first(_sold(counted_orders(first, last), "payment_method"))


def sold_by_voucher(first: date, last: date) -> list[Sold]:
    """Return one entry a voucher, with the discount of the orders that used it."""
    orders = counted_orders(first, last).exclude(voucher_code="")
    return _largest_first(_sold(orders, "voucher_code"))


def _sold(orders: QuerySet[Order, Any], name: str) -> list[Sold]:
    rows = orders.values_list(name).annotate(
        count=Count("pk"),
        left=Sum(F("total") - F("refunded"), output_field=MONEY),
        vat=_left_of("tax", "refunded", F("total")),
        off=Sum("discount", output_field=MONEY),
    )
    return [Sold(key, count, total, round_money(tax), off) for key, count, total, tax, off in rows]


def _left_of(part: str, refunded: str, whole: Combinable) -> Sum:
    """Sum up what is left of a part of a price once some of the price went back."""
    gone = Cast(F(part) * F(refunded), EXACT) / NullIf(Cast(whole, EXACT), Value(ZERO))
    return Sum(Cast(F(part), EXACT) - Coalesce(gone, Value(ZERO), output_field=EXACT))


def _largest_first(rows: list[Sold]) -> list[Sold]:
    return sorted(rows, key=lambda row: (-row.total, str(row.name)))


def sold_by_product(first: date, last: date, *, most: int | None = None) -> list[ProductSold]:
    """Return one entry a product, the largest first; its latest name if it had several."""
    lines = (
        OrderLine.objects.filter(order__in=counted_orders(first, last))
        .order_by()
        .values_list("product_id")
        .annotate(
            called=Max("name"),
            units=Sum(F("quantity") - F("refunded_units")),
            orders=Count("order_id", distinct=True),
            gross=Sum(F("line_total") - F("discount") - F("refunded"), output_field=MONEY),
            vat=_left_of("tax", "refunded", F("line_total") - F("discount")),
        )
        .order_by("-gross", "product_id")
    )
    return [
        ProductSold(product, name, units, orders, total, round_money(tax))
        for product, name, units, orders, total, tax in (lines[:most] if most else lines)
    ]


def unpaid_before(moment: datetime) -> QuerySet[Order]:
    """Return orders placed before a moment that were neither paid nor cancelled."""
    unpaid = Order.objects.filter(payment_status=Order.PaymentStatus.UNPAID)
    return unpaid.exclude(status=rules.CANCELLED).filter(placed_at__lt=moment)
