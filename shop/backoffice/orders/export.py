"""Orders as a file for a spreadsheet program, a row each."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shop.fulfilment.models import Shipment
from shop.orders.models import Order, OrderLine

CHUNK = 500


def head() -> list[str]:
    """Return what the columns are called."""
    return [
        _("Order"), _("Placed"), _("Status"), _("Paid"), _("Way of paying"), _("Name"),
        _("Phone"), _("Email"), _("KRA PIN"), _("Delivery"), _("County"), _("Area"),
        _("Landmark"), _("Pickup point"), _("Goods"), _("Units"), _("Voucher"), _("Subtotal"),
        _("Discount"), _("Delivery fee"), _("VAT in it"), _("Total"), _("Currency"),
        _("Tracking"), _("Note"),
    ]  # fmt: skip


def rows(orders: QuerySet[Order, Any]) -> Iterator[list[Any]]:
    """Give the rows of orders, some hundred at a time: memory does not grow with the list."""
    lines = OrderLine.objects.order_by("pk")
    parcels = Shipment.objects.going().order_by("number")
    found = orders.prefetch_related(Prefetch("lines", lines), Prefetch("shipments", parcels))
    for order in found.iterator(chunk_size=CHUNK):
        yield _row(order)


def _row(order: Order) -> list[Any]:
    lines = list(order.lines.all())
    return [
        order.number,
        f"{localtime(order.placed_at):%Y-%m-%d %H:%M}",
        order.get_status_display(),
        order.get_payment_status_display(),
        order.payment_name,
        order.name,
        order.phone.as_e164.lstrip("+") if order.phone else "",
        order.email,
        order.buyer_pin,
        order.delivery_name,
        order.county,
        order.area,
        order.landmark,
        order.pickup_place,
        "; ".join(f"{line.quantity} x {line.sku} {line.name}" for line in lines),
        sum(line.quantity for line in lines),
        order.voucher_code,
        order.subtotal,
        order.discount,
        order.delivery_fee,
        order.tax,
        order.total,
        order.currency,
        ", ".join(filter(None, (parcel.carried for parcel in order.shipments.all()))),
        order.notes,
    ]
