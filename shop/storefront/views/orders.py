"""An order's page: whoever has its unguessable address may see it."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shop.core.errors import ShopError
from shop.core.money import display
from shop.flows.cancel_order import cancel_order
from shop.orders import rules
from shop.orders.models import Order, OrderEvent
from shop.orders.queries import taxes_of
from shop.payments.gateways import GATEWAYS
from shop.storefront.forms import PayForm
from shop.storefront.moments import moment
from shop.storefront.sums import reduction_rows, rounding_rows, tax_rows
from shop.storefront.views.checkout import JUST_PLACED, fee_label
from shop.storefront.views.parcels import parcels_context
from shop.storefront.views.payment_panel import payment_panel
from shop.storefront.views.receipts import document_links

TONES = {
    rules.PLACED: "new",
    rules.CONFIRMED: "progress",
    rules.PACKED: "progress",
    rules.PARTLY_SHIPPED: "progress",
    rules.SHIPPED: "progress",
    rules.DELIVERED: "done",
    rules.CANCELLED: "stopped",
}
STEPS = (
    rules.PLACED,
    rules.CONFIRMED,
    rules.PACKED,
    rules.PARTLY_SHIPPED,
    rules.SHIPPED,
    rules.DELIVERED,
)


@require_GET
@never_cache
def show_order(request: HttpRequest, token: str) -> HttpResponse:
    """Show an order: where it is, what it costs, how to stop it."""
    return order_page(request, get_object_or_404(Order, token=token))


def order_page(
    request: HttpRequest, order: Order, *, form: PayForm | None = None, status: int = 200
) -> HttpResponse:
    """Show an order, with the form to pay it as it was sent where something was wrong with it."""
    just_placed = request.session.get(JUST_PLACED) == order.token
    if just_placed:
        del request.session[JUST_PLACED]
    # The address stays in the shop by its Referrer-Policy, same-origin; "no-referrer" would make
    # browsers send `Origin: null` with the form that cancels, which is then refused as forged.
    return render(
        request,
        "storefront/order.html",
        {
            "order": order_context(order),
            "payment": payment_panel(order, form),
            "documents": document_links(order),
            **parcels_context(order),
            "just_placed": just_placed,
            "meta": {"title": _("Order %s") % order.readable_number, "robots": "noindex"},
        },
        status=status,
    )


@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel an order that is not being prepared yet."""
    order = get_object_or_404(Order, token=token)
    try:
        cancel_order(
            order_id=order.pk, actor=_("Customer"), note=_("On the order page"), by_customer=True
        )
    except ShopError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Your order is cancelled."))
    return redirect(order)


def payment_label(order: Order) -> str:
    """Say how an order is paid."""
    gateway = GATEWAYS.get(order.payment_method)
    return gateway.label if gateway else order.payment_method


def order_context(order: Order) -> dict[str, Any]:
    """Say an order in words and finished prices, as the template wants it."""
    lines = list(order.lines.order_by("pk"))
    return {
        "number": order.readable_number,
        "status": order.status,
        "status_label": order.get_status_display(),
        "status_tone": TONES[order.status],
        "placed_at": moment(order.placed_at),
        "payment_label": payment_label(order),
        "payment_note": order.get_payment_status_display(),
        "lines": [
            {
                "name": line.name,
                "options": line.options,
                "sku": line.sku,
                "quantity": line.quantity,
                "unit_price": display(line.unit_price),
                "line_total": display(line.net),
                "line_total_before": display(line.line_total) if line.discount else "",
            }
            for line in lines
        ],
        "subtotal": display(order.subtotal),
        "discount": display(order.discount) if order.discount else "",
        "reductions": reduction_rows(
            (each["kind"], each["name"], Decimal(each["amount"])) for each in order.reductions
        ),
        "delivery_label": order.delivery_name,
        "delivery_fee": fee_label(order.delivery_fee),
        "tax_label": _("VAT included"),
        "tax": display(order.tax),
        "taxes": tax_rows(taxes_of(order, lines)),
        "total": display(order.total),
        **rounding_rows(order.total, order.rounding),
        "contact_name": order.name,
        "phone": order.phone.as_international if order.phone else "",
        "email": order.email,
        "place": [order.pickup_place]
        if order.pickup_place
        else [part for part in (order.landmark, order.area, order.county) if part]
        or [order.delivery_name],
        "notes": order.notes,
        "timeline": timeline(order, list(order.events.order_by("pk"))),
        "can_cancel": order.status in rules.CUSTOMER_MAY_CANCEL,
        "cancel_url": reverse("order-cancel", args=[order.token]),
    }


def timeline(order: Order, events: list[OrderEvent]) -> list[dict[str, Any]]:
    """Return the steps an order took and those still to come."""
    reached = {event.kind: event for event in events}
    cancelled = order.status == rules.CANCELLED
    path = [
        step
        for step in STEPS
        if step != rules.PARTLY_SHIPPED or step in reached or step == order.status
    ]
    # Where one parcel is ahead of the others, the order never was packed as a whole.
    passed = [] if cancelled else path[: path.index(order.status)]
    steps = []
    for status in path:
        done = status == rules.PLACED or status in reached or status in passed
        if cancelled and not done:
            continue
        at = order.placed_at if status == rules.PLACED else None
        if status in reached:
            at = reached[status].created_at
        steps.append(
            {
                "label": Order.Status(status).label,
                "at": moment(at) if at else "",
                "state": "current" if status == order.status else "done" if done else "todo",
            }
        )
    if cancelled:
        event = reached.get(rules.CANCELLED)
        steps.append(
            {
                "label": Order.Status.CANCELLED.label,
                "at": moment(event.created_at) if event else "",
                "state": "current",
            }
        )
    return steps
