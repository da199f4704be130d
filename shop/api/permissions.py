"""Who may do what. Reading is free; writing asks for the rights that the admin gives."""

from typing import Any, ClassVar

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from shop.api.authentication import Grant, InsufficientScope


def has_rights(request: Request, view: Any, rights: tuple[str, ...]) -> bool:
    """Tell whether the caller has rights, and a token the scope that goes with them.

    An address that asks for rights but names no scope for the method is closed to tokens: raises
    InsufficientScope.
    """
    if not request.user.has_perms(rights):
        return False
    method = "GET" if request.method == "HEAD" else request.method
    if isinstance(request.auth, Grant) and method not in view.scopes:
        raise InsufficientScope(None)
    return True


class WritersOnly(BasePermission):
    """Everybody reads; people with all of `rights` write."""

    rights: ClassVar[tuple[str, ...]] = ()

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.method in SAFE_METHODS or has_rights(request, view, self.rights)


class MayAddProducts(WritersOnly):
    """People who add products; what shoppers see at once asks for more, see `products.rights`."""

    rights = ("catalog.add_product",)


class MayAddCategories(WritersOnly):
    """People who add products and publish them add categories, which are live at once."""

    rights = ("catalog.add_product", "catalog.publish_product")


class MayChangeProducts(WritersOnly):
    """People who change products."""

    rights = ("catalog.change_product",)


class MayMoveOrders(WritersOnly):
    """People who move orders along move their shipments and returns."""

    rights = ("orders.change_order",)


class MayRefund(WritersOnly):
    """People who may give money back."""

    rights = ("payments.add_refund",)


class Entitled(BasePermission):
    """People with all of `rights` read and write; nobody else does either."""

    rights: ClassVar[tuple[str, ...]] = ()

    def has_permission(self, request: Request, view: Any) -> bool:
        return has_rights(request, view, self.rights)


class MayImport(Entitled):
    """People who may send catalogue files, in the admin as well as here."""

    rights = ("catalog.add_importrun",)


class SeesFigures(Entitled):
    """People who see all orders see what they come to."""

    rights = ("orders.view_order",)


class SeesCustomers(Entitled):
    """People who look after customers."""

    rights = ("customers.view_user",)


class SeesStock(Entitled):
    """People who look after the shelves."""

    rights = ("inventory.view_stocklevel",)


class MayAlert(Entitled):
    """People who may wake all others."""

    rights = ("notifications.add_message",)


def sees_all_orders(user: Any) -> bool:
    """Tell whether somebody may read everybody's orders."""
    return bool(user.is_authenticated and user.has_perm("orders.view_order"))


def changes_all_orders(user: Any) -> bool:
    """Tell whether somebody may move everybody's orders along."""
    return bool(user.is_authenticated and user.has_perm("orders.change_order"))


def asks_for_money(request: Request) -> bool:
    """Tell whether somebody may ask phones for money of no order."""
    return bool(request.user.is_authenticated and request.user.has_perm("payments.add_payment"))


def sees_all_payments(user: Any) -> bool:
    """Tell whether somebody may read everybody's payments."""
    return bool(user.is_authenticated and user.has_perm("payments.view_payment"))
