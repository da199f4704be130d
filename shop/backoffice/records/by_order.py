"""What records that belong to an order share: a link to it, and being found through it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from shop.orders.models import Order
from shop.orders.queries import search_orders


def link_to_order(order: Order | None) -> SafeString | str:
    """Return the order's number as a link to its page; a dash where there is no order."""
    if order is None:
        return "–"
    return format_html(
        '<a href="{}">{}</a>',
        reverse("orders_order_modeladmin_inspect", args=[order.pk]),
        order.readable_number,
    )


class ByOrderSearch(BaseSearchHandler):
    """Find records through their order, or by their own reference or recipient."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        term = search_term.strip()
        if not term:
            return queryset
        own = Q()
        for field in self.search_fields:
            own |= Q(**{f"{field}__icontains": term})
        orders = search_orders(Order.objects.all(), term).values("pk")
        return queryset.filter(own | Q(order__in=orders))
