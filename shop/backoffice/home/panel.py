"""The panel that the admin begins with: what needs a hand now, figures, chart, best sellers."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from shop.backoffice.reports.chart import chart
from shop.core.money import display
from shop.flows.sum_up_shop import Period, Waiting, sum_up_shop
from shop.orders import rules

SEES = "orders.view_order"
ORDERS = "orders_order_modeladmin_index"


class ShopPanel(Component):
    """Stands above Wagtail's own panels, for whoever sees orders."""

    name = "shop"
    order = 50
    template_name = "backoffice/home/panel.html"

    def render_html(self, parent_context: Any = None) -> SafeString | str:
        request: HttpRequest = parent_context["request"]
        return super().render_html(parent_context) if request.user.has_perm(SEES) else ""

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        overview = sum_up_shop()
        return {
            "tasks": _tasks(overview.waiting, parent_context["request"].user),
            "periods": PERIODS.values(),
            "figures": _figures([overview.periods[name] for name in PERIODS]),
            "chart": chart(
                _("Revenue of the last 30 days"),
                [(date_format(day.name, "j M"), day.total) for day in overview.days],
            ),
            "best": [
                {"name": row.name, "units": row.units, "total": display(row.total)}
                for row in overview.best_sellers
            ],
            "reports_url": reverse("shop_reports"),
        }


def construct_homepage_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Put the shop's panel onto the admin's first page."""
    panels.append(ShopPanel())


def _tasks(waiting: Waiting, user: Any) -> list[dict[str, Any]]:
    """Return what needs a hand, each with its way there; what is done is not named."""
    orders = reverse(ORDERS)
    products = reverse("products:list")
    found = [
        (waiting.to_confirm, _("to confirm"), f"{orders}?status__exact={rules.PLACED}", SEES),
        (waiting.to_pack, _("to pack"), f"{orders}?status__exact={rules.CONFIRMED}", SEES),
        (
            waiting.to_ship,
            _("to send off"),
            f"{orders}?status__in={rules.PACKED},{rules.PARTLY_SHIPPED}",
            SEES,
        ),
        (
            waiting.unpaid_too_long,
            _("unpaid for three days"),
            f"{orders}?view=unpaid_too_long",
            SEES,
        ),
        (
            waiting.unmatched_money,
            _("matters of money"),
            reverse("money"),
            "payments.view_payment",
        ),
        (
            waiting.failed_messages,
            _("messages that failed"),
            reverse("messages_overview"),
            "notifications.view_message",
        ),
        (
            waiting.low_stock,
            _("variants that run out"),
            f"{products}?stock=low",
            "catalog.view_product",
        ),
        (
            waiting.unbuyable_products,
            _("published, but nobody can buy them"),
            f"{products}?stock=out",
            "catalog.view_product",
        ),
    ]
    return [
        {"count": count, "label": label, "url": url}
        for count, label, url, right in found
        if count and user.has_perm(right)
    ]


PERIODS = {
    "today": gettext_lazy("Today"),
    "last_7_days": gettext_lazy("7 days"),
    "last_30_days": gettext_lazy("30 days"),
}


def _figures(periods: list[Period]) -> list[tuple[str, list[Any]]]:
    """Return a row a figure, with what it was in each period."""
    sold = [period.sales for period in periods]
    return [
        (_("Revenue"), [_short(part.revenue) for part in sold]),
        (_("Orders"), [part.orders for part in sold]),
        (_("Average order"), [_short(part.average) for part in sold]),
        (_("Paid"), [_short(part.paid) for part in sold]),
        (_("Not paid yet"), [_short(part.revenue - part.paid) for part in sold]),
        (_("Carts that became orders"), [_percent(period.conversion) for period in periods]),
    ]


def _short(amount: Decimal) -> str:
    """Leave out cents: nobody looks at them here."""
    return display(amount.quantize(Decimal(1)))


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else f"{share} %"
