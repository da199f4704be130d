"""Find the order that money without one may be for."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from shop.core.clock import now
from shop.core.money import ZERO
from shop.orders import rules as order_rules
from shop.orders.models import Order
from shop.orders.queries import search_orders
from shop.payments.models import Payment
from shop.payments.queries import left_to_pay, taken_of
from shop.payments.reconciliation.desk import is_payable
from shop.payments.reconciliation.rules import order_numbers_in

# Whoever pays an order does so within days.
RECENT = timedelta(days=30)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Fit:
    """An order and how money stands to it: `off` is what came above, or below, what it costs."""

    order: Order
    off: Decimal
    payable: bool


def orders_for(payment: Payment, *, text: str = "", account: str = "") -> list[Fit]:
    """Return orders that money may be for, the likeliest first: two statements.

    With `text` those that it finds; else those whose number the payer wrote as `account`, and
    unpaid ones of the last days that cost just what came.
    """
    came = payment.received if payment.received is not None else payment.amount
    found = search_orders(Order.objects.all(), text) if text.strip() else _alike(came, account)
    likely = [
        order for order in _likeliest_first(found, came)[:SHOWN] if order.pk != payment.order_id
    ]
    taken = taken_of([order.pk for order in likely])
    return [
        Fit(order, came - left_to_pay(order, taken.get(order.pk, ZERO)), is_payable(order))
        for order in likely
    ]


def _alike(came: Decimal, account: str) -> QuerySet[Order]:
    # An amount in whole shillings may be a total with cents.
    near = Q(total__gte=came - Decimal("0.50"), total__lte=came + Decimal("0.50"))
    open_ones = Q(
        near, payment_status=Order.PaymentStatus.UNPAID, placed_at__gte=now() - RECENT
    ) & ~Q(status=order_rules.CANCELLED)
    return Order.objects.filter(open_ones | Q(number__in=order_numbers_in(account)))


def _likeliest_first(orders: QuerySet[Order], came: Decimal) -> QuerySet[Order]:
    waits = Q(payment_status=Order.PaymentStatus.UNPAID) & ~Q(status=order_rules.CANCELLED)
    near = Q(total__gte=came - Decimal("0.50"), total__lte=came + Decimal("0.50"))
    rank = Case(
        When(waits & near, then=Value(0)),
        When(waits, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return orders.order_by(rank, "-placed_at", "-pk")
