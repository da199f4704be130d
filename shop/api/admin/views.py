"""The addresses that are for staff."""

from dataclasses import asdict
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.admin.low_stock import low_variants, stock_answers
from shop.api.door import ApiView
from shop.api.paging import PAGING, read_window
from shop.api.permissions import SeesCustomers, SeesFigures, SeesStock
from shop.api.words import read_text, refuse_unknown
from shop.core.money import currency, plain
from shop.customers.models import User
from shop.customers.queries import search_customers
from shop.flows.sum_up_shop import Period, sum_up_shop
from shop.orders.queries import Bought, bought_by


class Dashboard(ApiView):
    """How the shop is doing."""

    permission_classes = [SeesFigures]
    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request) -> Response:
        """Show sales of today and of the last 7 and 30 days, and what waits for somebody."""
        refuse_unknown(request.GET, ())
        shop = sum_up_shop()
        return Response(
            {
                "currency": currency(),
                "periods": {name: _sales(period) for name, period in shop.periods.items()},
                **asdict(shop.waiting),
                "sales_by_day": [
                    {"date": day.name, "orders": day.orders, "revenue": plain(day.total)}
                    for day in shop.days
                ],
                "best_sellers": [
                    {
                        "product": row.product_id,
                        "name": row.name,
                        "units": row.units,
                        "revenue": plain(row.total),
                    }
                    for row in shop.best_sellers
                ],
            }
        )


def _sales(part: Period) -> dict[str, Any]:
    period, conversion = part.sales, part.conversion
    return {
        "carts_left": part.carts_left,
        "conversion": None if conversion is None else str(conversion),
        "orders": period.orders,
        "revenue": plain(period.revenue),
        "average_order": plain(period.average),
        "paid_orders": period.paid_orders,
        "paid": plain(period.paid),
        "unpaid_orders": period.orders - period.paid_orders,
        "unpaid": plain(period.revenue - period.paid),
    }


class Customers(ApiView):
    """People with an account."""

    permission_classes = [SeesCustomers]
    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request) -> Response:
        """List customers, the newest first; `search` looks at name, email and phone."""
        refuse_unknown(request.GET, PAGING | {"search"})
        offset, limit = read_window(request.GET)
        found = search_customers(read_text(request.GET, "search") or "")
        people = list(found.order_by("-pk")[offset : offset + limit])
        bought = bought_by([person.pk for person in people]) if people else {}
        items = [_customer(person, bought.get(person.pk, Bought())) for person in people]
        return Response({"meta": {"total_count": found.count()}, "items": items})


def _customer(person: User, bought: Bought) -> dict[str, Any]:
    return {
        "id": person.pk,
        "name": person.get_full_name(),
        "email": person.email,
        "phone": str(person.phone) if person.phone else None,
        "phone_verified": person.phone_verified,
        "is_active": person.is_active,
        "joined_at": person.date_joined,
        "orders": bought.orders,
        "spent": plain(bought.spent),
        "currency": currency(),
        "last_order_at": bought.last_at,
    }


class LowStock(ApiView):
    """What runs out."""

    permission_classes = [SeesStock]
    scopes: ClassVar[dict[str, str]] = {"GET": "catalog:write"}

    def get(self, request: Request) -> Response:
        """List variants at or below their threshold, the emptiest first."""
        refuse_unknown(request.GET, PAGING)
        offset, limit = read_window(request.GET)
        found = low_variants()
        items = stock_answers(found[offset : offset + limit])
        return Response({"meta": {"total_count": found.count()}, "items": items})
