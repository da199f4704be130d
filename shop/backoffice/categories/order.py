"""The order of products on a shelf: by drag, by keyboard, or by numbers in a plain form."""

import re
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from shop.backoffice.categories.screen import category, header, may_see, require_arranger
from shop.catalog.actions.shelving import MOST_PLACED, arrange_shelf
from shop.catalog.models import UNPLACED, Listing
from shop.catalog.queries.cards import ORDERS, cards
from shop.core.errors import ShopError

# So many products are shown to be put in order; the rest follow in the usual order.
SHOWN = 100

_NAME = re.compile(r"place-([0-9]{1,18})")


@may_see
def category_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the first products of a category and take their order."""
    page = category(pk)
    require_arranger(request.user, page)
    if request.method == "POST":
        ids = [] if "reset" in request.POST else _wanted(request.POST)
        try:
            arrange_shelf(category_id=page.pk, product_ids=ids)
        except ShopError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Shoppers see “%s” in this order now.") % page.title)
        return redirect("category_order", page.pk)
    listed = Listing.objects.filter(category_id=page.pk)
    shown = cards(listed.order_by(*ORDERS["featured"])[:SHOWN])
    placed = dict(listed.filter(place__lt=UNPLACED).values_list("product_id", "place"))
    return render(
        request,
        "backoffice/categories/order.html",
        {
            "page": page,
            "rows": [{"card": card, "place": _number(placed.get(card["id"]))} for card in shown],
            "placed": len(placed),
            "total": listed.count(),
            "shown": SHOWN,
            **header(_("Order of products: %s") % page.title, page.title, _("Order")),
        },
    )


def _number(place: int | None) -> int | None:
    return None if place is None else place + 1


def _wanted(sent: QueryDict) -> list[int]:
    """Return the products that were given a number, the lowest first; of equals as shown."""
    return [pk for _place, pk in sorted(_places(sent), key=lambda pair: pair[0])]


def _places(sent: QueryDict) -> Iterable[tuple[int, int]]:
    for name in list(sent)[: 2 * MOST_PLACED]:
        match = _NAME.fullmatch(name)
        text = sent.get(name, "").strip()
        if match and text.isascii() and text.isdecimal() and len(text) < 8:
            yield int(text), int(match[1])
