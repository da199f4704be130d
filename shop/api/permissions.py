"""Who may do what. Reading is free; writing asks for the rights that the admin gives."""

from typing import Any, ClassVar

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class WritersOnly(BasePermission):
    """Everybody reads; people with all of `rights` write."""

    rights: ClassVar[tuple[str, ...]] = ()

    def has_permission(self, request: Request, view: Any) -> bool:
        return request.method in SAFE_METHODS or bool(request.user.has_perms(self.rights))


class MayAddProducts(WritersOnly):
    """People who add products add categories too."""

    rights = ("catalog.add_product",)


class MayChangeProducts(WritersOnly):
    """People who change products."""

    rights = ("catalog.change_product",)


class MayImport(BasePermission):
    """People who add and change products, for reading reports as well."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user.has_perms(("catalog.add_product", "catalog.change_product")))


def sees_all_orders(user: Any) -> bool:
    """Tell whether somebody may read everybody's orders."""
    return bool(user.is_authenticated and user.has_perm("orders.view_order"))


def changes_all_orders(user: Any) -> bool:
    """Tell whether somebody may move everybody's orders along."""
    return bool(user.is_authenticated and user.has_perm("orders.change_order"))
