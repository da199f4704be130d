"""Who gets in, and the way between the lists of parcels and returns."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from shop.fulfilment import rules
from shop.fulfilment.queries import waiting_returns, waiting_shipments

SEES = "orders.view_order"
MOVES = "orders.change_order"
ICON = "redirect"
RETURNS = "returns"

LISTS = {
    rules.PREPARING: gettext_lazy("To pack"),
    rules.PACKED: gettext_lazy("To send"),
    rules.SHIPPED: gettext_lazy("On their way"),
    RETURNS: gettext_lazy("Returns"),
}


class ParcelMenuItem(MenuItem):
    """Stands in the menu of who may see orders."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEES)


def menu_item() -> ParcelMenuItem:
    """Return the item of the main menu."""
    return ParcelMenuItem(
        gettext_lazy("Parcels"), reverse("parcels"), name="parcels", icon_name=ICON, order=122
    )


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists, with how much there is to do in it."""

    name: str
    label: str
    url: str
    count: int
    here: bool


def tabs(here: str) -> list[Tab]:
    """Return the lists: two statements."""
    counts = {**waiting_shipments(), RETURNS: waiting_returns()}
    return [
        Tab(name, str(label), f"{reverse('parcels')}?list={name}", counts[name], name == here)
        for name, label in LISTS.items()
    ]


def around(title: str, *trail: tuple[str, str]) -> dict[str, Any]:
    """Return what a screen shows above its own matter: the way back, address and name each."""
    steps = [{"url": url, "label": label} for url, label in trail]
    return {
        "header_title": title,
        "header_icon": ICON,
        "breadcrumbs_items": [
            {"url": reverse("parcels"), "label": _("Parcels")},
            *steps,
            {"url": "", "label": title},
        ],
    }
