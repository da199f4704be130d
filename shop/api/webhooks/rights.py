"""Who may look at webhooks and change them."""

from typing import Any, ClassVar

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from shop.api.authentication import require_scope
from shop.api.permissions import has_rights


class MayTendWebhooks(BasePermission):
    """Staff with the admin's rights about webhooks; each view names those of its methods.

    A token needs `orders:read` for whatever it does here, for orders are what webhooks tell of;
    to change anything it needs the scope that the view names beside it.
    """

    needed: ClassVar[dict[str, tuple[str, ...]]] = {
        "GET": ("webhooks.view_endpoint",),
        "POST": ("webhooks.add_endpoint",),
        "PATCH": ("webhooks.change_endpoint",),
        "DELETE": ("webhooks.delete_endpoint",),
    }

    def has_permission(self, request: Request, view: Any) -> bool:
        method = "GET" if request.method in ("HEAD", "OPTIONS") else str(request.method)
        rights = {**self.needed, **getattr(view, "rights", {})}.get(method, ())
        if not has_rights(request, view, rights):
            return False
        require_scope(request.auth, "orders:read")
        return True
