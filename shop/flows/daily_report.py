"""Yesterday in figures, and what needs a hand today, by email every morning."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.timezone import localtime, make_aware

from shop.core.clock import now
from shop.core.money import display
from shop.inventory.queries import low_levels
from shop.notifications.actions import report_to_staff, was_reported
from shop.notifications.models import DaySpend
from shop.notifications.queries import failed_messages
from shop.orders import rules
from shop.orders.models import Order, OrderLine
from shop.orders.queries import COUNTED, PAID, waiting_orders
from shop.payments.models import Payment

BEST = 5


def send_daily_report() -> int:
    """Write yesterday's report once the hour has come; returns to how many. Safe to repeat."""
    moment = localtime(now())
    day = moment.date() - timedelta(days=1)
    if moment.hour < settings.DAILY_REPORT_HOUR or was_reported(day):
        return 0
    return report_to_staff(day=day, subject=_subject(day), body=report_of(day))


def _subject(day: date) -> str:
    return f"{settings.WAGTAIL_SITE_NAME}: {date_format(day, 'l, j F Y')}"


def report_of(day: date) -> str:
    """Return a day's report as text; days are those of the shop's own clock."""
    begin = make_aware(datetime.combine(day, time.min))
    placed = Order.objects.filter(placed_at__gte=begin, placed_at__lt=begin + timedelta(days=1))
    sums = placed.aggregate(
        orders=Count("pk", filter=COUNTED),
        revenue=Sum(F("total") - F("refunded"), filter=COUNTED),
        paid_orders=Count("pk", filter=PAID),
        paid=Sum(F("total") - F("refunded"), filter=PAID),
        cancelled=Count("pk", filter=Q(status=rules.CANCELLED)),
    )
    spent = DaySpend.objects.filter(day=day).first() or DaySpend(day=day)
    parts = [
        _section(
            date_format(day, "l, j F Y"),
            [
                ("Orders", str(sums["orders"])),
                ("Revenue", _money(sums["revenue"])),
                ("Paid", f"{_money(sums['paid'])} ({sums['paid_orders']} orders)"),
                ("Cancelled", str(sums["cancelled"])),
                ("SMS", f"{spent.messages}, cost {Decimal(spent.spent):.2f}"),
            ],
        ),
        _section("Sold best", _best(placed)),
        _section("Needs a hand today", _to_do()),
        f"{settings.WAGTAILADMIN_BASE_URL}/admin/",
        "You get this because you asked for it, or because this is the shop's own address."
        " The admin's page Messages ends it.",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _best(placed: QuerySet[Order]) -> list[tuple[str, str]]:
    lines = OrderLine.objects.filter(order__in=placed).exclude(order__status=rules.CANCELLED)
    rows = (
        lines.order_by()
        .values_list("name")
        .annotate(units=Sum(F("quantity") - F("refunded_units")))
    )
    best = rows.filter(units__gt=0).order_by("-units", "name")[:BEST]
    return [(name, f"{units} {'unit' if units == 1 else 'units'}") for name, units in best]


def _to_do() -> list[tuple[str, str]]:
    waiting = waiting_orders()
    counts = [
        ("Orders to confirm", waiting[rules.PLACED]),
        ("Orders to pack", waiting[rules.CONFIRMED]),
        ("Orders to hand over", waiting[rules.PACKED] + waiting[rules.PARTLY_SHIPPED]),
        ("Payments that need a look", Payment.objects.filter(state=Payment.State.REVIEW).count()),
        ("Messages that failed", failed_messages().count()),
        ("Running out", low_levels().count()),
    ]
    return [(name, str(count)) for name, count in counts if count] or [("Nothing", "enjoy it")]


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    if not rows:
        return ""
    return "\n".join([title, "-" * len(title), *(f"{name}: {value}" for name, value in rows)])


def _money(amount: Decimal | None) -> str:
    # Mail programs break lines as they like; a plain space is safe.
    return display(amount or Decimal(0)).replace("\u00a0", " ")
