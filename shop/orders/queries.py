"""Find orders, and sum them up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import phonenumbers
from django.conf import settings
from django.db.models import Count, DecimalField, F, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime, make_aware

from shop.core.clock import now
from shop.core.money import ZERO, round_money
from shop.orders import rules
from shop.orders.models import Order, OrderLine
from shop.pricing.rules.quotes import DELIVERY_CLASS, ClassTax, class_taxes

# What the shop lives on: an order that was cancelled or paid back is no revenue.
COUNTED = ~Q(status=rules.CANCELLED) & ~Q(payment_status=Order.PaymentStatus.REFUNDED)
PAID = COUNTED & Q(
    payment_status__in=[Order.PaymentStatus.PAID, Order.PaymentStatus.PARTLY_REFUNDED]
)
# Each period by its days, today included.
PERIODS = {"today": 1, "last_7_days": 7, "last_30_days": 30}


def phone_in_e164(text: str) -> str:
    """Return a phone number written in any way in the form it is stored in; empty if it is none."""
    try:
        number = phonenumbers.parse(text, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def search_orders(orders: QuerySet[Order], text: str) -> QuerySet[Order]:
    """Find orders by number, phone, name, email or the SKU of a line, however they are written."""
    text = text.strip()
    if not text:
        return orders
    by_sku = OrderLine.objects.filter(sku__iexact=text).values("order_id")
    wanted = Q(name__icontains=text) | Q(email__icontains=text) | Q(pk__in=by_sku)
    digits = "".join(char for char in text if char.isdecimal() and char.isascii())
    if digits and not any(char.isalpha() for char in text):
        wanted |= Q(number__startswith=digits)
        if len(digits) >= 4:
            wanted |= Q(phone__contains=digits.lstrip("0"))
        phone = phone_in_e164(text)
        if phone:
            wanted |= Q(phone=phone)
    return orders.filter(wanted)


@dataclass(frozen=True, slots=True)
class Sales:
    """What was sold in a period: orders neither cancelled nor paid back, less what went back."""

    orders: int
    revenue: Decimal
    paid_orders: int
    paid: Decimal

    @property
    def average(self) -> Decimal:
        """What an order comes to; nothing where there is none."""
        return round_money(self.revenue / self.orders) if self.orders else ZERO


def sales() -> dict[str, Sales]:
    """Return the sales of each period, days as the shop's own clock has them: one statement."""
    today = make_aware(datetime.combine(localtime(now()).date(), time.min))
    begins = {name: today - timedelta(days=days - 1) for name, days in PERIODS.items()}
    sums: dict[str, Any] = {}
    for name, since in begins.items():
        placed = Q(placed_at__gte=since)
        sums[f"{name}_orders"] = Count("pk", filter=COUNTED & placed)
        sums[f"{name}_revenue"] = _total(COUNTED & placed)
        sums[f"{name}_paid_orders"] = Count("pk", filter=PAID & placed)
        sums[f"{name}_paid"] = _total(PAID & placed)
    found = Order.objects.filter(placed_at__gte=min(begins.values())).aggregate(**sums)
    return {
        name: Sales(
            found[f"{name}_orders"],
            found[f"{name}_revenue"],
            found[f"{name}_paid_orders"],
            found[f"{name}_paid"],
        )
        for name in PERIODS
    }


def _total(wanted: Q) -> Coalesce:
    money = DecimalField(max_digits=14, decimal_places=2)
    left = Sum(F("total") - F("refunded"), filter=wanted, output_field=money)
    return Coalesce(left, Value(ZERO), output_field=money)


def waiting_orders() -> dict[str, int]:
    """Count the orders that somebody has to work on, by status: one statement over an index."""
    waiting = [status for status, moves in rules.MOVES.items() if moves]
    rows = Order.objects.filter(status__in=waiting).order_by().values_list("status")
    return {**dict.fromkeys(waiting, 0), **dict(rows.annotate(Count("pk")))}


@dataclass(frozen=True, slots=True)
class Bought:
    """What somebody bought so far."""

    orders: int = 0
    spent: Decimal = ZERO
    last_at: datetime | None = None


def bought_by(user_ids: list[int]) -> dict[int, Bought]:
    """Return what each customer bought; cancelled and repaid orders do not count: one statement."""
    rows = (
        Order.objects.filter(COUNTED, user__in=user_ids)
        .order_by()
        .values_list("user")
        .annotate(orders=Count("pk"), spent=Sum(F("total") - F("refunded")), last=Max("placed_at"))
    )
    return {user: Bought(orders, spent, last) for user, orders, spent, last in rows}


def taxes_of(order: Order, lines: Iterable[OrderLine]) -> tuple[ClassTax, ...]:
    """Return the VAT of an order by class, its delivery included."""
    rows = [(line.tax_class, line.tax_percent, line.net, line.tax) for line in lines]
    if order.delivery_fee:
        delivery = (order.delivery_tax_percent, order.delivery_fee, order.delivery_tax)
        rows.append((DELIVERY_CLASS, *delivery))
    return class_taxes(rows)
