"""The list of orders and how to find one in it."""

from typing import Any

import phonenumbers
from django.conf import settings
from django.contrib.admin import SimpleListFilter, display
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from shop.backoffice.records.base import DateFilter, RecordAdmin, tag
from shop.backoffice.records.order_page import OrderInspectView
from shop.core import money
from shop.orders.models import Order, OrderLine
from shop.pricing.models import DeliveryMethod

STATUS_TONES = {
    Order.Status.PLACED: "warn",
    Order.Status.CONFIRMED: "good",
    Order.Status.PACKED: "good",
    Order.Status.SHIPPED: "good",
    Order.Status.DELIVERED: "",
    Order.Status.CANCELLED: "alert",
}


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


class OrderSearch(BaseSearchHandler):
    """The search box above the orders."""

    def search_queryset(
        self, queryset: QuerySet[Order], search_term: str, **kwargs: Any
    ) -> QuerySet[Order]:
        return search_orders(queryset, search_term)


class DeliveryMethodFilter(SimpleListFilter):
    """Orders that go out the same way."""

    title = gettext_lazy("delivery")
    parameter_name = "delivery"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(DeliveryMethod.objects.order_by("sort_order").values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        return queryset.filter(delivery_method=self.value()) if self.value() else queryset


class OrderAdmin(RecordAdmin):
    """Orders, newest first."""

    model = Order
    menu_label = gettext_lazy("Orders")
    menu_icon = "clipboard-list"
    menu_order = 120
    list_display = (
        "order_number",
        "buyer",
        "goes_to",
        "units",
        "sum",
        "status_tag",
        "paid",
        "when",
    )
    list_filter = ("status", "payment_status", ("placed_at", DateFilter), DeliveryMethodFilter)
    ordering = ("-placed_at", "-id")
    search_handler_class = OrderSearch
    inspect_view_class = OrderInspectView
    inspect_template_name = "backoffice/orders/inspect.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        orders: QuerySet[Order] = super().get_queryset(request)
        lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
        return orders.annotate(line_count=Subquery(lines.annotate(n=Count("pk")).values("n")))

    @display(description=gettext_lazy("Order"), ordering="number")
    def order_number(self, order: Order) -> SafeString:
        return format_html("<strong>{}</strong>", order.readable_number)

    @display(description=gettext_lazy("Customer"), ordering="name")
    def buyer(self, order: Order) -> SafeString:
        return format_html(
            '{}<br><span class="backoffice-quiet">{}</span>', order.name, order.phone.as_national
        )

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
