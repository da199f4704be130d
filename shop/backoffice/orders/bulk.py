"""Do one thing to many orders: each in a transaction of its own, and what is refused is named."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from shop.backoffice.fulfilment.forms import known_carriers
from shop.backoffice.orders.desk import ICON
from shop.backoffice.orders.edit import CHANGES
from shop.backoffice.orders.filters import numbers_in
from shop.core.errors import ShopError
from shop.flows.confirm_order import confirm_order
from shop.flows.pack_order import pack_order
from shop.flows.ship_order import ship_order
from shop.fulfilment.models import Shipment
from shop.orders import rules
from shop.orders.models import Order

SEES = "orders.view_order"
# As many as a page of the list shows.
MOST = 50
PAPERS = ("slips", "labels")
FILES = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done to many orders: the status it leads to, and its flow."""

    target: str
    label: Any
    done: Callable[[int], str]
    flow: Callable[..., Order]


DEEDS = {
    "confirm": Deed(
        rules.CONFIRMED,
        gettext_lazy("Confirm"),
        lambda n: ngettext("%d order is confirmed.", "%d orders are confirmed.", n) % n,
        confirm_order,
    ),
    "pack": Deed(
        rules.PACKED,
        gettext_lazy("Mark as packed"),
        lambda n: ngettext("%d order is packed.", "%d orders are packed.", n) % n,
        pack_order,
    ),
    "ship": Deed(
        rules.SHIPPED,
        gettext_lazy("Hand over"),
        lambda n: ngettext("%d order is on its way.", "%d orders are on their way.", n) % n,
        ship_order,
    ),
}


@require_POST
@permission_required(SEES, raise_exception=True)
def many_orders(request: HttpRequest) -> HttpResponse:
    """Print or export the orders that were ticked, or ask before they go a step further."""
    back = _back(request.POST.get("list", ""))
    chosen = numbers_in(request.POST.getlist("order"))[:MOST]
    wish = request.POST.get("do", "")
    if not chosen:
        messages.warning(request, _("Tick the orders first."))
        return redirect(back)
    if wish in FILES:
        words = {"chosen": "-".join(map(str, chosen)), "export": wish}
        return redirect(f"{_back('')}?{urlencode(words)}")
    if wish in PAPERS:
        return _papers(request, chosen, wish, back)
    if wish not in DEEDS:
        return redirect(back)
    if not request.user.has_perm(CHANGES):
        raise PermissionDenied
    orders = list(Order.objects.filter(pk__in=chosen).order_by("placed_at", "pk"))
    deed = DEEDS[wish]
    if request.POST.get("sure"):
        _do(request, deed, orders)
        return redirect(back)
    return _ask(request, wish, deed, orders, back)


def _back(query: str) -> str:
    address = reverse("orders_order_modeladmin_index")
    return f"{address}?{query}" if query else address


def _papers(request: HttpRequest, chosen: list[int], kind: str, back: str) -> HttpResponse:
    parcels = Shipment.objects.going().filter(order__in=chosen).order_by("order_id", "number")
    found = list(parcels.values_list("pk", flat=True)[:MOST])
    if not found:
        messages.warning(
            request, _("None of these has a parcel yet. An order gets one when it is confirmed.")
        )
        return redirect(back)
    words = urlencode([("parcel", pk) for pk in found])
    return redirect(f"{reverse('parcel_papers', args=[kind])}?{words}")


def _ask(
    request: HttpRequest, wish: str, deed: Deed, orders: list[Order], back: str
) -> HttpResponse:
    fitting = [order for order in orders if rules.may_move(order.status, deed.target)]
    return render(
        request,
        "backoffice/orders/bulk.html",
        {
            "deed": deed,
            "wish": wish,
            "fitting": fitting,
            "others": [order for order in orders if order not in fitting],
            "carriers": known_carriers() if deed.target == rules.SHIPPED else [],
            "asks_tracking": deed.target == rules.SHIPPED,
            "back": back,
            "list": request.POST.get("list", ""),
            "header_title": deed.label,
            "header_icon": ICON,
            "breadcrumbs_items": [
                {"url": back, "label": _("Orders")},
                {"url": "", "label": deed.label},
            ],
        },
    )


def _do(request: HttpRequest, deed: Deed, orders: list[Order]) -> None:
    done = 0
    for order in orders:
        words: dict[str, str] = {}
        if deed.target == rules.SHIPPED:
            words = {
                "carrier": request.POST.get(f"carrier-{order.pk}", "")[:60],
                "tracking_number": request.POST.get(f"number-{order.pk}", "")[:60],
            }
        try:
            deed.flow(order_id=order.pk, actor=str(request.user), **words)
        except ShopError as refusal:
            messages.error(request, f"{order.readable_number}: {refusal.message}")
        else:
            done += 1
    if done:
        messages.success(request, deed.done(done))
