"""Reports over 200,000 orders of two years (R1), beside one plain sum over the same days."""

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Sum
from django.utils.timezone import get_current_timezone

from benchmarks.bench import Figure
from benchmarks.place import Place
from shop.backoffice.reports import sales
from shop.catalog.models import Variant
from shop.orders.models import Order, OrderLine
from shop.orders.sales import counted_orders

ORDERS = 200_000
DAYS = 730
LAST = date(2020, 12, 31)
BATCH = 5_000
TURNS = 9
TOKEN = "bench-report-"


def reports(_where: Place) -> list[Figure]:
    """Measure the reports that are opened most, on the days that they open with and on a year."""
    fill()
    month, year = LAST - timedelta(days=29), LAST - timedelta(days=364)
    figures = []
    for first, days in ((month, "30 days"), (year, "a year")):
        plain = milliseconds(lambda first=first: plain_sum(first))
        for name, report in (("day", sales.by_day), ("product", sales.by_product)):
            taken = milliseconds(lambda first=first, report=report: list(report(first, LAST).rows))
            what = f"sales by {name}, {days} of {ORDERS:,} orders"
            figures.append(
                Figure("R1", what, 1000 / taken, ratio=plain / taken, note=f"{taken:,.0f} ms")
            )
            print(f"  R1 {what}: {taken:,.0f} ms", flush=True)
    return figures


def plain_sum(first: date) -> Decimal | None:
    """Return the yardstick: what these days took, in one statement."""
    total: Decimal | None = counted_orders(first, LAST).aggregate(sum=Sum("total"))["sum"]
    return total


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long work takes, the middle one of several turns."""
    turns = []
    for _ in range(TURNS):
        began = time.perf_counter()
        work()
        turns.append((time.perf_counter() - began) * 1000)
    return median(turns)


def fill() -> None:
    """Write the orders that are missing; they are kept for the next run."""
    there = Order.objects.filter(token__startswith=TOKEN).count()
    variants = list(Variant.objects.order_by("pk").values_list("pk", "product_id", "sku")[:3_000])
    for start in range(there, ORDERS, BATCH):
        made = Order.objects.bulk_create(orders(start))
        OrderLine.objects.bulk_create(
            line
            for order in made
            for line in lines(order, variants[order.pk % len(variants) :][:2])
        )


def orders(start: int) -> Iterator[Order]:
    """Yield one batch, spread evenly over the days."""
    opened = datetime(LAST.year, LAST.month, LAST.day, tzinfo=get_current_timezone())
    for number in range(start, start + BATCH):
        yield Order(
            number=f"R{number:08}",
            token=f"{TOKEN}{number}",
            name="Buyer",
            phone=f"+2547{number:08}",
            county=("Nairobi", "Mombasa", "Kisumu")[number % 3],
            payment_method="cash_on_delivery",
            payment_status="paid",
            status="delivered",
            delivery_method="door",
            delivery_name="Door",
            currency="KES",
            subtotal=Decimal(200),
            delivery_fee=Decimal(100),
            tax=Decimal(41),
            total=Decimal(300),
            placed_at=opened - timedelta(minutes=number * DAYS * 24 * 60 // ORDERS),
        )


def lines(order: Order, variants: list[tuple[int, int, str]]) -> Iterator[OrderLine]:
    """Yield two lines of an order."""
    for variant, product, sku in variants:
        yield OrderLine(
            order=order,
            variant_id=variant,
            product_id=product,
            sku=sku,
            name=sku,
            quantity=1,
            unit_price=Decimal(100),
            line_total=Decimal(100),
            tax_class="standard",
            tax_percent=Decimal(16),
            tax=Decimal("13.79"),
        )
