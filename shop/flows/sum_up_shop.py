"""Sum up how the shop is doing, and what waits for somebody: the home panel's and the API's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.utils.timezone import localdate

from shop.cart.abandoned import filled_carts
from shop.catalog.queries.unbuyable import unbuyable
from shop.core.clock import now
from shop.inventory.queries import low_levels
from shop.notifications.queries import failed_messages
from shop.orders import rules
from shop.orders.queries import PERIODS, Sales, sales, waiting_orders
from shop.orders.sales import ProductSold, Sold, sold_by_day, sold_by_product, unpaid_before
from shop.payments.reconciliation import desk

DAYS = PERIODS["last_30_days"]
BEST_SELLERS = 5
# After that somebody asks where the money is.
UNPAID_TOO_LONG = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Period:
    """Sales of some days, and the carts of those days that were filled and not bought."""

    sales: Sales
    carts_left: int

    @property
    def conversion(self) -> Decimal | None:
        """Of a hundred filled carts, how many became an order; None without any."""
        filled = self.sales.orders + self.carts_left
        return round(Decimal(100 * self.sales.orders) / filled, 1) if filled else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What needs a hand now, as counts."""

    to_confirm: int
    to_pack: int
    to_ship: int
    on_their_way: int
    unpaid_too_long: int
    failed_messages: int
    unmatched_money: int
    low_stock: int
    unbuyable_products: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The shop at a glance; days and best sellers are those of the longest period."""

    periods: Mapping[str, Period]
    waiting: Waiting
    days: list[Sold]
    best_sellers: list[ProductSold]


def sum_up_shop() -> Overview:
    """Return all figures of the home panel. Each is one statement over an index."""
    first = first_day()
    today = localdate(now())
    carts = filled_carts({name: today - timedelta(days=n - 1) for name, n in PERIODS.items()})
    orders = waiting_orders()
    return Overview(
        periods={name: Period(period, carts[name]) for name, period in sales().items()},
        waiting=Waiting(
            to_confirm=orders[rules.PLACED],
            to_pack=orders[rules.CONFIRMED],
            to_ship=orders[rules.PACKED] + orders[rules.PARTLY_SHIPPED],
            on_their_way=orders[rules.SHIPPED],
            **_counted(
                unpaid_too_long=[unpaid_before(now() - UNPAID_TOO_LONG)],
                failed_messages=[failed_messages()],
                unmatched_money=[
                    desk.open_reviews(),
                    desk.events_to_look_at(),
                    desk.refunds_to_make(),
                    desk.money_of_cancelled_orders(),
                ],
                low_stock=[low_levels()],
                unbuyable_products=[unbuyable()],
            ),
        ),
        days=sold_by_day(first, today),
        best_sellers=sold_by_product(first, today, most=BEST_SELLERS),
    )


def _counted(**things: Sequence[QuerySet[Any]]) -> dict[str, int]:
    """Count several kinds of things, each in one or more querysets: one statement."""
    counts = [
        rows.order_by()
        .prefetch_related(None)
        .annotate(what=Value(name))
        .values_list("what")
        .annotate(n=Count("pk"))
        for name, kinds in things.items()
        for rows in kinds
    ]
    found = dict.fromkeys(things, 0)
    for name, number in counts[0].union(*counts[1:], all=True):
        found[name] += number
    return found


def first_day() -> date:
    """Return the first of the days of the chart."""
    return localdate(now()) - timedelta(days=DAYS - 1)
