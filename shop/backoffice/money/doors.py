"""Who gets in, and the way between the screens about money."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

SEES = "payments.view_payment"
DECIDES = "payments.change_payment"
GIVES_BACK = "payments.add_refund"
ENDS_REFUNDS = "payments.change_refund"
BRINGS_STATEMENTS = "payments.add_statementimport"

ICON = "table"
EVENTS = "payments_providerevent_modeladmin_index"


class MoneyMenuItem(MenuItem):
    """Stands in the menu of who may see payments."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEES)


def menu_item() -> MoneyMenuItem:
    """Return the item of the main menu."""
    return MoneyMenuItem(
        gettext_lazy("Money"), reverse("money"), name="money", icon_name=ICON, order=125
    )


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may decide about money."""

    decides: bool = False
    gives_back: bool = False
    ends_refunds: bool = False

    @classmethod
    def of(cls, user: Any) -> "Rights":
        """Return the rights of somebody."""
        decides = user.has_perm(DECIDES)
        return cls(
            decides,
            decides and user.has_perm(GIVES_BACK),
            decides and user.has_perm(ENDS_REFUNDS),
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """One of the screens about money."""

    name: str
    label: str
    url: str
    here: bool


def around(request: HttpRequest, here: str, title: str = "") -> dict[str, Any]:
    """Return what every screen about money shows around its own matter."""
    screens = [
        ("money", _("To sort out"), reverse("money"), SEES),
        ("statements", _("Statements"), reverse("money_statements"), SEES),
        ("days", _("Day by day"), reverse("money_days"), SEES),
        (
            "events",
            _("What providers said"),
            reverse("payments_providerevent_modeladmin_index"),
            SEES,
        ),
    ]
    shown = [
        Screen(name, label, url, name == here)
        for name, label, url, right in screens
        if request.user.has_perm(right)
    ]
    trail = [{"url": reverse("money") if here != "money" or title else "", "label": _("Money")}]
    if here != "money":
        screen = next(screen for screen in shown if screen.here)
        trail.append({"url": screen.url if title else "", "label": screen.label})
    if title:
        trail.append({"url": "", "label": title})
    return {
        "screens": shown,
        "header_title": title or str(trail[-1]["label"]),
        "header_icon": ICON,
        "breadcrumbs_items": trail,
    }
