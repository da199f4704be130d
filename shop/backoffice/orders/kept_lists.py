"""Keep a list of orders under a name, and let it go again."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from shop.backoffice.orders.bulk import SEES
from shop.backoffice.orders.filters import VIEWS
from shop.core.errors import ShopError
from shop.orders.saved_views import PLACE_IN_IT, forget_view, keep_view, views_for


@dataclass(frozen=True, slots=True)
class Tab:
    """A list one click away; with `mine` its owner can remove it."""

    label: str
    url: str
    here: bool
    mine: int = 0
    shared: bool = False


def asked_for(query: str) -> str:
    """Return what of an address says which list it is, in one order."""
    words = [(key, value) for key, value in parse_qsl(query) if key not in PLACE_IN_IT]
    return urlencode(sorted(words))


def tabs(request: HttpRequest) -> list[Tab]:
    """Return the lists that every shop needs, and the kept ones: one statement."""
    index = reverse("orders_order_modeladmin_index")
    here = asked_for(request.GET.urlencode())
    found = [Tab(_("All"), index, not here)]
    for name, label in VIEWS.items():
        query = urlencode({"view": name})
        found.append(Tab(str(label), f"{index}?{query}", here == query))
    for view in views_for(request.user):
        mine = view.pk if view.owner_id == request.user.pk else 0
        found.append(Tab(view.name, f"{index}?{view.query}", here == view.query, mine, view.shared))
    return found


@require_POST
@permission_required(SEES, raise_exception=True)
def keep_list(request: HttpRequest) -> HttpResponse:
    """Keep the list that one looks at, or remove one that was kept."""
    words: Any = request.POST
    index = reverse("orders_order_modeladmin_index")
    query = asked_for(words.get("list", ""))
    try:
        if words.get("remove", "").isdecimal():
            forget_view(owner=request.user, view_id=int(words["remove"][:18]))
            messages.success(request, _("The list is removed."))
            return redirect(index)
        kept = keep_view(
            owner=request.user,
            name=words.get("name", ""),
            query=query,
            shared=bool(words.get("shared")),
        )
    except ShopError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("“%s” is kept.") % kept.name)
    return redirect(f"{index}?{query}" if query else index)
