"""Packing slips and labels as pages that a printer takes."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shop.backoffice.fulfilment.doors import SEES
from shop.core.money import ZERO, display
from shop.fulfilment.models import Shipment
from shop.fulfilment.queries import shipments_by_order
from shop.orders.models import Order
from shop.payments.queries import left_to_pay, taken_of

MOST = 50
KINDS = {"slips": _("Packing slips"), "labels": _("Labels")}
AT_THE_DOOR = "cash_on_delivery"


@permission_required(SEES, raise_exception=True)
def parcel_papers(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a page to print for each parcel that the address names."""
    if kind not in KINDS:
        raise Http404
    chosen = [int(text) for text in request.GET.getlist("parcel") if text.isdecimal()][:MOST]
    shipments = list(
        Shipment.objects.filter(pk__in=chosen).select_related("order").with_lines().order_by("id")
    )
    if not shipments:
        raise Http404
    orders = {shipment.order_id for shipment in shipments}
    siblings = shipments_by_order(orders)
    taken = taken_of(orders)
    return render(
        request,
        f"backoffice/fulfilment/{kind}.html",
        {
            "title": KINDS[kind],
            "papers": [
                _paper(shipment, siblings[shipment.order_id], taken.get(shipment.order_id, ZERO))
                for shipment in shipments
            ],
        },
    )


def _paper(shipment: Shipment, siblings: list[Shipment], taken: Decimal) -> dict[str, Any]:
    order = shipment.order
    place = [sibling.pk for sibling in siblings]
    nth = place.index(shipment.pk) + 1 if shipment.pk in place else shipment.number
    return {
        "shipment": shipment,
        "order": order,
        "nth": nth,
        "of": len(place),
        # Nobody pays twice because there are two parcels.
        "to_collect": _to_collect(order, taken) if nth == 1 else "",
    }


def _to_collect(order: Order, taken: Decimal) -> str:
    """Return what the rider takes at the door; empty where nothing is to be paid there."""
    if order.payment_method != AT_THE_DOOR or (order.payment_status != Order.PaymentStatus.UNPAID):
        return ""
    return display(left_to_pay(order, taken))
