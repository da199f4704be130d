"""What came in each day by provider, and which orders were paid with it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils.timezone import localdate, make_aware

from shop.core.clock import now
from shop.core.money import ZERO
from shop.orders.models import Order, OrderEvent
from shop.payments.models import Payment, Refund

DAYS = 14
MOST_DAYS = 366
# Beyond these, days break the arithmetic of dates and time zones.
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
CAME = Coalesce("received", "amount")


@dataclass(slots=True)
class Day:
    """One day, or the sum of all: amounts by way to pay, and orders as they were agreed.

    `unplaced` is what of `came` is money that people must look at.
    """

    day: date | None = None
    by_method: dict[str, Decimal] = field(default_factory=dict)
    payments: int = 0
    unplaced: Decimal = ZERO
    refunded: Decimal = ZERO
    orders: int = 0
    orders_total: Decimal = ZERO

    @property
    def came(self) -> Decimal:
        """All that came in."""
        return sum(self.by_method.values(), ZERO)

    @property
    def difference(self) -> Decimal:
        """What came beyond what the orders paid on this day cost."""
        return self.came - self.orders_total


@dataclass(frozen=True, slots=True)
class Figures:
    """Days, the latest first, their sums, and the ways to pay that occur."""

    first: date
    last: date
    methods: tuple[str, ...]
    days: list[Day]
    total: Day


def daily_figures(first: date | None = None, last: date | None = None) -> Figures:
    """Return the figures of the days from `first` to `last`, two weeks if unsaid: three statements.

    Days are the shop's own; at most a year is told at once, its end.
    """
    last = _possible(last or localdate(now()))
    first = _possible(first or last - timedelta(days=DAYS - 1))
    first, last = min(first, last), max(first, last)
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    begin = make_aware(datetime.combine(first, time.min))
    end = make_aware(datetime.combine(last + timedelta(days=1), time.min))
    count = (last - first).days + 1
    days = {day: Day(day) for day in (last - timedelta(days=back) for back in range(count))}
    for row in _money(begin, end):
        _add_money(days[row["day"]], row)
    gone = Refund.objects.filter(
        state=Refund.State.DONE, done_at__gte=begin, done_at__lt=end
    ).annotate(day=TruncDate("done_at"))
    for sent in gone.order_by().values("day").annotate(sum=Sum("amount")):
        days[sent["day"]].refunded = sent["sum"]
    for row in _paid_orders(begin, end):
        days[row["day"]].orders = row["orders"]
        days[row["day"]].orders_total = row["sum"]
    methods = tuple(sorted({method for day in days.values() for method in day.by_method}))
    return Figures(first, last, methods, list(days.values()), _sum(days.values()))


def _possible(day: date) -> date:
    return min(max(day, EARLIEST), LATEST)


def _money(begin: datetime, end: datetime) -> Any:
    came = Payment.objects.filter(
        state__in=[Payment.State.PAID, Payment.State.REVIEW],
        received_at__gte=begin,
        received_at__lt=end,
    )
    return (
        came.annotate(day=TruncDate("received_at"), came=CAME)
        .order_by()
        .values("day", "method", "state")
        .annotate(count=Count("pk"), sum=Sum(F("came")))
    )


def _add_money(day: Day, row: dict[str, Any]) -> None:
    method = row["method"]
    day.by_method[method] = day.by_method.get(method, ZERO) + row["sum"]
    day.payments += row["count"]
    if row["state"] == Payment.State.REVIEW:
        day.unplaced += row["sum"]


def _paid_orders(begin: datetime, end: datetime) -> Any:
    """An order counts on the day on which the timeline says that it was paid."""
    paid = OrderEvent.objects.filter(
        kind=Order.PaymentStatus.PAID, created_at__gte=begin, created_at__lt=end
    )
    return (
        paid.annotate(day=TruncDate("created_at"))
        .order_by()
        .values("day")
        .annotate(orders=Count("order"), sum=Sum("order__total"))
    )


def _sum(days: Any) -> Day:
    total = Day()
    for day in days:
        for method, amount in day.by_method.items():
            total.by_method[method] = total.by_method.get(method, ZERO) + amount
        total.payments += day.payments
        total.unplaced += day.unplaced
        total.refunded += day.refunded
        total.orders += day.orders
        total.orders_total += day.orders_total
    return total
