"""What is to be packed, sent and followed up: lists on which many parcels are moved at once."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from shop.backoffice.fulfilment.doors import ICON, LISTS, MOVES, RETURNS, SEES, tabs
from shop.backoffice.fulfilment.forms import known_carriers
from shop.backoffice.fulfilment.panel import return_card
from shop.core.errors import ShopError
from shop.flows.change_shipment import change_shipment
from shop.fulfilment import rules
from shop.fulfilment.models import Return, Shipment

ROWS = 50
# The button under each list, and what its parcels become by it.
BUTTONS = {
    rules.PREPARING: (rules.PACKED, gettext_lazy("Mark as packed")),
    rules.PACKED: (rules.SHIPPED, gettext_lazy("Hand over")),
    rules.SHIPPED: (rules.DELIVERED, gettext_lazy("Mark as delivered")),
}
PAPERS = ("slips", "labels")


@permission_required(SEES, raise_exception=True)
def parcels(request: HttpRequest) -> HttpResponse:
    """Show one of the lists; on POST, move or print the parcels that were ticked."""
    here = request.GET.get("list", rules.PREPARING)
    if here not in LISTS:
        return redirect("parcels")
    if request.method == "POST" and here != RETURNS:
        return _act(request, here)
    rows = _returns(request) if here == RETURNS else _shipments(here)
    page = Paginator(rows, ROWS).get_page(request.GET.get("p"))
    target, button = BUTTONS.get(here, ("", ""))
    return render(
        request,
        "backoffice/fulfilment/parcels.html",
        {
            "tabs": tabs(here),
            "here": here,
            "page": page,
            "cards": _cards(request, page) if here == RETURNS else [],
            "target": target,
            "button": button,
            "carriers": known_carriers() if here == rules.PACKED else [],
            "moves": request.user.has_perm(MOVES),
            "header_title": _("Parcels"),
            "header_icon": ICON,
            "breadcrumbs_items": [{"url": "", "label": _("Parcels")}],
        },
    )


def _shipments(status: str) -> Any:
    return (
        Shipment.objects.filter(status=status).select_related("order").with_lines().order_by("id")
    )


def _returns(request: HttpRequest) -> Any:
    open_ones = [status for status, moves in rules.RETURN_MOVES.items() if moves]
    return (
        Return.objects.filter(status__in=open_ones)
        .select_related("order")
        .with_lines()
        .order_by("id")
    )


def _cards(request: HttpRequest, page: Iterable[Any]) -> list[Any]:
    may_change = request.user.has_perm(MOVES)
    return [return_card(asked, may_change=may_change) for asked in page]


def _act(request: HttpRequest, here: str) -> HttpResponse:
    chosen = [int(text) for text in request.POST.getlist("parcel") if text.isdecimal()][:ROWS]
    back = f"{reverse('parcels')}?list={here}"
    wish = request.POST.get("do", "")
    if not chosen:
        messages.warning(request, _("Tick the parcels first."))
    elif wish in PAPERS:
        words = urlencode([("parcel", pk) for pk in chosen])
        return redirect(f"{reverse('parcel_papers', args=[wish])}?{words}")
    elif wish == BUTTONS[here][0]:
        if not request.user.has_perm(MOVES):
            raise PermissionDenied
        _move(request, _shipments(here).filter(pk__in=chosen), wish)
    return redirect(back)


def _move(request: HttpRequest, shipments: Iterable[Shipment], target: str) -> None:
    """Move parcels, each in a transaction of its own; what is refused is named."""
    moved = 0
    for shipment in shipments:
        words = {}
        if target == rules.SHIPPED:
            words = {
                "carrier": request.POST.get(f"carrier-{shipment.pk}", "")[:60],
                "tracking_number": request.POST.get(f"number-{shipment.pk}", "")[:60],
            }
        try:
            change_shipment(
                shipment_id=shipment.pk, status=target, actor=str(request.user), **words
            )
        except ShopError as error:
            messages.error(request, f"{shipment.order.readable_number}: {error.message}")
        else:
            moved += 1
    if moved:
        messages.success(
            request,
            ngettext("%(count)d parcel: %(status)s.", "%(count)d parcels: %(status)s.", moved)
            % {"count": moved, "status": Shipment.Status(target).label.lower()},
        )
