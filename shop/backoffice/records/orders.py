"""The list of orders and how to find one in it."""

from typing import Any

from django.contrib.admin import display
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from shop.backoffice.orders.bulk import DEEDS
from shop.backoffice.orders.edit import CHANGES
from shop.backoffice.orders.export import head, rows
from shop.backoffice.orders.filters import FILTERS, ON_SCREEN, DatesFilter
from shop.backoffice.orders.kept_lists import asked_for, tabs
from shop.backoffice.records.base import RecordAdmin, RecordIndexView, tag
from shop.backoffice.records.order_page import OrderInspectView
from shop.backoffice.reports.files import FORMATS, table_file
from shop.core import money
from shop.orders.models import Order, OrderLine
from shop.orders.queries import search_orders

STATUS_TONES = {
    Order.Status.PLACED: "warn",
    Order.Status.CONFIRMED: "good",
    Order.Status.PACKED: "good",
    Order.Status.PARTLY_SHIPPED: "warn",
    Order.Status.SHIPPED: "good",
    Order.Status.DELIVERED: "",
    Order.Status.CANCELLED: "alert",
}


class OrderSearch(BaseSearchHandler):
    """The search box above the orders."""

    def search_queryset(
        self, queryset: QuerySet[Order], search_term: str, **kwargs: Any
    ) -> QuerySet[Order]:
        return search_orders(queryset, search_term)


class OrderIndexView(RecordIndexView):
    """The list with its kept lists, its filters as one form, and what can be done to many."""

    def as_spreadsheet(self, queryset: QuerySet[Order], spreadsheet_format: str) -> Any:
        return table_file(spreadsheet_format, "orders", head(), rows(queryset))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = asked_for(self.request.GET.urlencode())
        specs = {type(spec): spec for spec in self.filter_specs}
        return super().get_context_data(
            tabs=tabs(self.request),
            choices=[specs[kind] for kind in ON_SCREEN if kind in specs],
            dates=specs.get(DatesFilter),
            chosen_only=bool(self.request.GET.get("chosen")),
            narrowed=bool(asked),
            filtered=bool(set(self.params) - {"view", "q", "o", "chosen"}),
            list_query=self.request.GET.urlencode(),
            export_urls={kind: self.get_query_string({self.EXPORT_VAR: kind}) for kind in FORMATS},
            deeds=DEEDS if self.request.user.has_perm(CHANGES) else {},
            may_change=self.request.user.has_perm(CHANGES),
            **kwargs,
        )


class OrderAdmin(RecordAdmin):
    """Orders, newest first."""

    model = Order
    menu_label = gettext_lazy("Orders")
    menu_icon = "clipboard-list"
    menu_order = 120
    list_display = (
        "tick",
        "order_number",
        "buyer",
        "goes_to",
        "units",
        "sum",
        "status_tag",
        "paid",
        "when",
    )
    list_display_add_buttons = "order_number"
    list_filter = FILTERS
    ordering = ("-placed_at", "-id")
    search_handler_class = OrderSearch
    index_view_class = OrderIndexView
    index_template_name = "backoffice/orders/index.html"
    inspect_view_class = OrderInspectView
    inspect_template_name = "backoffice/orders/inspect.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        orders: QuerySet[Order] = super().get_queryset(request)
        lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
        return orders.annotate(line_count=Subquery(lines.annotate(n=Count("pk")).values("n")))

    @display(description=gettext_lazy("Choose"))
    def tick(self, order: Order) -> SafeString:
        return format_html(
            '<input type="checkbox" name="order" value="{}" form="orders-many" aria-label="{}">',
            order.pk,
            _("Choose order %s") % order.readable_number,
        )

    @display(description=gettext_lazy("Order"), ordering="number")
    def order_number(self, order: Order) -> SafeString:
        return format_html("<strong>{}</strong>", order.readable_number)

    @display(description=gettext_lazy("Customer"), ordering="name")
    def buyer(self, order: Order) -> SafeString:
        phone = order.phone.as_national if order.phone else ""
        return format_html('{}<br><span class="backoffice-quiet">{}</span>', order.name, phone)

    @display(description=gettext_lazy("Delivery"))
    def goes_to(self, order: Order) -> SafeString:
        return format_html(
            '{}<br><span class="backoffice-quiet">{}</span>',
            order.delivery_name,
            ", ".join(filter(None, [order.area, order.county])),
        )

    @display(description=gettext_lazy("Lines"))
    def units(self, order: Any) -> int:
        return order.line_count or 0

    @display(description=gettext_lazy("Total"), ordering="total")
    def sum(self, order: Order) -> str:
        return money.display(order.total)

    @display(description=gettext_lazy("Status"), ordering="status")
    def status_tag(self, order: Order) -> SafeString:
        return tag(order.get_status_display(), STATUS_TONES[Order.Status(order.status)])

    @display(description=gettext_lazy("Payment"), ordering="payment_status")
    def paid(self, order: Order) -> SafeString:
        tone = "good" if order.payment_status == Order.PaymentStatus.PAID else ""
        return tag(order.get_payment_status_display(), tone)

    @display(description=gettext_lazy("Placed"), ordering="placed_at")
    def when(self, order: Order) -> str:
        return f"{localtime(order.placed_at):%-d %b %Y, %H:%M}"

    def get_extra_attrs_for_row(self, obj: Order, context: Any) -> dict[str, str]:
        return {"data-status": obj.status}
