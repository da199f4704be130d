"""The parcels of an order on its page, and giving something of it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.core.errors import ShopError
from shop.core.numbers import new_token
from shop.flows.ask_for_return import ask_for_return
from shop.fulfilment import rules
from shop.fulfilment.models import Return, Shipment
from shop.fulfilment.queries import returnable_lines, returns_of, shipments_by_order
from shop.orders.models import Order
from shop.storefront.moments import moment

TONES = {
    rules.PREPARING: "progress",
    rules.PACKED: "progress",
    rules.SHIPPED: "progress",
    rules.DELIVERED: "done",
    rules.ASKED: "new-order",
    rules.ACCEPTED: "progress",
    rules.REFUSED: "stopped",
    rules.RECEIVED: "progress",
    rules.REFUNDED: "done",
}
BUYER = "Customer"
MOST_UNITS_TEXT = 4


def parcels_context(order: Order) -> dict[str, Any]:
    """Return parcels, returns and the form that asks for one: five statements."""
    shipments = shipments_by_order([order.pk])[order.pk]
    left = [shipment for shipment in shipments if shipment.status in rules.GONE]
    lines = returnable_lines(order) if left else []
    return {
        # One parcel that has not left says no more than the order's own lines.
        "parcels": [_parcel(s) for s in shipments] if left or len(shipments) > 1 else [],
        "returns": [_return(asked) for asked in returns_of(order)] if left else [],
        "return_form": _form(order, lines) if lines else None,
    }


def _parcel(shipment: Shipment) -> dict[str, Any]:
    arrived = shipment.delivered_at or shipment.shipped_at
    return {
        "label": str(shipment),
        "status_label": shipment.get_status_display(),
        "tone": TONES[shipment.status],
        "lines": _lines(shipment),
        "carrier": shipment.carrier_name,
        "tracking_number": shipment.tracking_number,
        "tracking_url": shipment.tracking_url,
        "at": moment(arrived) if arrived else "",
    }


def _return(asked: Return) -> dict[str, Any]:
    return {
        "label": str(asked),
        "status_label": asked.get_status_display(),
        "tone": TONES[asked.status],
        "lines": _lines(asked),
        "reason": asked.get_reason_display(),
        "answer": asked.answer,
        "at": moment(asked.asked_at),
    }


def _lines(of: Shipment | Return) -> list[dict[str, Any]]:
    return [
        {
            "quantity": line.quantity,
            "name": line.order_line.name,
            "options": line.order_line.options,
        }
        for line in of.lines.all()
    ]


def _form(order: Order, lines: Any) -> dict[str, Any]:
    return {
        "url": reverse("order-return", args=[order.token]),
        "key": new_token(),
        "lines": [
            {"field": f"line-{line.pk}", "name": line.name, "options": line.options, "most": most}
            for line, most in lines
        ],
        "reasons": Return.Reason.choices,
    }


@require_POST
def ask_back(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to give something of an order back."""
    order = get_object_or_404(Order, token=token)
    wish = request.POST.get("key", "").replace("\x00", "")
    units = {}
    for line_id in order.lines.values_list("pk", flat=True):
        text = request.POST.get(f"line-{line_id}", "").strip()
        if text.isascii() and text.isdecimal() and len(text) <= MOST_UNITS_TEXT and int(text):
            units[line_id] = int(text)
    try:
        ask_for_return(
            order_id=order.pk,
            units=units,
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", "").replace("\x00", ""),
            actor=BUYER,
            key=f"{order.pk}:{wish[:40]}" if wish else None,
        )
    except ShopError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("We have your wish and will answer soon."))
    return redirect(order)
