"""Take a parcel one step further, or give some of an order a parcel of its own."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from shop.backoffice.fulfilment.doors import MOVES, around
from shop.backoffice.fulfilment.forms import NoteForm, ReasonForm, TrackingForm, UnitsForm
from shop.backoffice.fulfilment.panel import PARCEL_STEPS, TRACKING, legal_parcel_steps
from shop.core.errors import ShopError
from shop.flows.change_shipment import change_shipment
from shop.flows.make_shipment import make_shipment
from shop.fulfilment import rules
from shop.fulfilment.models import Shipment, ShipmentLine
from shop.orders.models import Order, OrderLine
from shop.orders.rules import PLACED

CONSEQUENCES = {
    rules.PACKED: gettext_lazy("The parcel is closed and ready to go."),
    rules.SHIPPED: gettext_lazy("Its units leave the stock, and the buyer is told."),
    rules.DELIVERED: gettext_lazy("The buyer has it, and is told so."),
    TRACKING: gettext_lazy("Shown on the order's page."),
    rules.CANCELLED: gettext_lazy(
        "Its units can be sold to others again; the rest of the order goes on. Money that was paid"
        " for them is to be given back."
    ),
}


def page_of(order: Order) -> str:
    """Return the address of an order's page."""
    return reverse("orders_order_modeladmin_inspect", args=[order.pk])


def _form(shipment: Shipment, step: str, sent: Any) -> forms.Form:
    if step in (rules.SHIPPED, TRACKING):
        return TrackingForm(sent, shipment=shipment)
    return (ReasonForm if step == rules.CANCELLED else NoteForm)(sent)


@permission_required(MOVES, raise_exception=True)
def parcel_step(request: HttpRequest, shipment_id: int, step: str) -> HttpResponse:
    """Ask whether a parcel shall go a step further; on POST, let it."""
    shipments = Shipment.objects.select_related("order").with_lines()
    shipment = get_object_or_404(shipments, pk=shipment_id)
    if step not in PARCEL_STEPS:
        raise Http404
    page = page_of(shipment.order)
    if request.method == "GET" and step not in legal_parcel_steps(shipment):
        messages.warning(
            request, _("This cannot be done now: %s.") % shipment.get_status_display().lower()
        )
        return redirect(page)
    form = _form(shipment, step, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_shipment(
                shipment_id=shipment_id,
                status=None if step == TRACKING else step,
                actor=str(request.user),
                **form.cleaned_data,
            )
        except ShopError as error:
            messages.error(request, error.message)
        else:
            done = PARCEL_STEPS[step] if step == TRACKING else Shipment.Status(step).label
            messages.success(request, f"{shipment}: {str(done).lower()}.")
        return redirect(page)
    title = str(PARCEL_STEPS[step])
    return render(
        request,
        "backoffice/fulfilment/step.html",
        {
            "order": shipment.order,
            "about": shipment,
            "lines": shipment.lines.all(),
            "form": form,
            "label": title,
            "consequence": CONSEQUENCES[step],
            "serious": step == rules.CANCELLED,
            "page": page,
            **around(f"{shipment}: {title}", (page, shipment.order.readable_number)),
        },
    )


@permission_required(MOVES, raise_exception=True)
def split_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Ask which units shall go out on their own; on POST, give them a parcel."""
    order = get_object_or_404(Order, pk=order_id)
    rows = _to_pack(order)
    page = page_of(order)
    if not rows:
        messages.warning(request, _("Nothing of this order is left to pack."))
        return redirect(page)
    form = UnitsForm(request.POST if request.method == "POST" else None, rows=rows)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_shipment(order_id=order_id, units=form.units, actor=str(request.user))
        except ShopError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("%s is what goes out on its own.") % made)
            return redirect(page)
    title = _("Split into parcels")
    consequence = _("How many of each go into a parcel of their own? The rest stays.")
    if order.status == PLACED:
        consequence = f"{consequence} {_('The order is confirmed by this, and its buyer told so.')}"
    return render(
        request,
        "backoffice/fulfilment/step.html",
        {
            "order": order,
            "form": form,
            "label": title,
            "consequence": consequence,
            "page": page,
            **around(title, (page, order.readable_number)),
        },
    )


def _to_pack(order: Order) -> list[tuple[int, str, int, int]]:
    """Return the rows of UnitsForm: all of an order that has no parcels before it is confirmed."""
    if order.status == PLACED:
        sold = order.lines.order_by("pk")
        return [(line.pk, _name(line), line.quantity, 0) for line in sold]
    left: Counter[int] = Counter()
    names: dict[int, str] = {}
    lines = ShipmentLine.objects.filter(
        shipment__order=order, shipment__status=rules.PREPARING
    ).select_related("order_line")
    for line in lines.order_by("order_line_id"):
        left[line.order_line_id] += line.quantity
        names[line.order_line_id] = _name(line.order_line)
    return [(line_id, names[line_id], most, 0) for line_id, most in left.items()]


def _name(line: OrderLine) -> str:
    return ", ".join(filter(None, [line.name, line.options]))
