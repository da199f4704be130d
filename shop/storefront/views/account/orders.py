"""The orders of a customer."""

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shop.core.money import display
from shop.orders.models import Order, OrderLine
from shop.storefront.moments import moment
from shop.storefront.views.account.own_page import own_page, show
from shop.storefront.views.cart import count_label
from shop.storefront.views.orders import TONES

ORDERS_A_PAGE = 20


def account_home(request: HttpRequest) -> HttpResponse:
    """Lead to the customer's orders."""
    return redirect("account-orders")


@own_page
def account_orders(request: HttpRequest) -> HttpResponse:
    """Show the customer's orders, newest first."""
    orders = Order.objects.filter(user=request.user.pk).order_by("-placed_at", "-pk")
    page = Paginator(orders, ORDERS_A_PAGE).get_page(request.GET.get("page"))
    units = dict(
        OrderLine.objects.filter(order__in=[order.pk for order in page])
        .values_list("order")
        .annotate(units=Sum("quantity"))
    )
    pagination = {
        "previous_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"?page={page.next_page_number()}" if page.has_next() else "",
        "links": [
            {"label": str(number), "url": f"?page={number}", "current": number == page.number}
            for number in page.paginator.page_range
        ],
    }
    return show(
        request,
        "orders",
        _("Your orders"),
        orders=[
            {
                "number": order.readable_number,
                "url": order.get_absolute_url(),
                "placed_at": moment(order.placed_at),
                "status_label": order.get_status_display(),
                "status_tone": TONES[order.status],
                "total": display(order.total),
                "count_label": count_label(units[order.pk]),
            }
            for order in page
        ],
        pagination=pagination if page.paginator.num_pages > 1 else None,
    )
