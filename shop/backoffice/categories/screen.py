"""What the screens about categories share."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from shop.catalog.models import CategoryPage

SEES = "catalog.view_product"
ICON = "folder-open-inverse"

may_see = permission_required(SEES, raise_exception=True)


class CategoryMenuItem(MenuItem):
    """Stands in the menu of who may see products."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEES)


def menu_item() -> CategoryMenuItem:
    """Return the item of the main menu."""
    return CategoryMenuItem(
        gettext_lazy("Categories"),
        reverse("category_prices"),
        name="category-tools",
        icon_name=ICON,
        order=114,
    )


def category(pk: int) -> CategoryPage:
    """Return a category, or answer 404."""
    found: CategoryPage = get_object_or_404(CategoryPage, pk=pk) if pk < 2**31 else _missing()
    return found


def _missing() -> CategoryPage:
    return get_object_or_404(CategoryPage.objects.none())


def may_arrange(user: Any, page: CategoryPage) -> bool:
    """Tell whether somebody decides what shoppers see on this shelf."""
    return bool(page.permissions_for_user(user).can_publish())


def require_arranger(user: Any, page: CategoryPage) -> None:
    """Raise PermissionDenied for who may not."""
    if not may_arrange(user, page):
        raise PermissionDenied


def header(title: str, *names: str) -> dict[str, Any]:
    """Return what stands above a screen: its title and the way to it."""
    url = reverse("category_prices") if names else ""
    return {
        "header_title": title,
        "header_icon": ICON,
        "breadcrumbs_items": [
            {"url": url, "label": _("Categories")},
            *({"url": "", "label": name} for name in names),
        ],
    }


def header_buttons(page: Any, user: Any, view_name: str, next_url: Any = None) -> Any:
    """Offer the tools where a category is edited or looked at in the tree."""
    if not isinstance(page.specific_deferred, CategoryPage) or not user.has_perm(SEES):
        return
    tools = [
        (gettext_lazy("Order of products"), "category_order", "list-ol", 67),
        (gettext_lazy("What a move would change"), "category_change", "redirect", 68),
        (gettext_lazy("Prices below"), "category_prices_of", "decimal", 69),
    ]
    for label, name, icon, priority in tools:
        url = reverse(name, args=[page.pk])
        yield Button(label, url, icon_name=icon, priority=priority)
