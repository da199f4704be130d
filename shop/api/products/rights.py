"""What writing a product asks for beside the right to write: publishing, and counting stock."""

from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import PermissionDenied

from shop.catalog.actions import find_categories


def may_publish(user: Any) -> bool:
    """Tell whether somebody decides what shoppers see."""
    return bool(user.has_perm("catalog.publish_product"))


def require_rights(user: Any, fields: Mapping[str, Any], *, shown: bool) -> None:
    """Raise PermissionDenied for fields that this person may not write.

    `shown` says that shoppers see the change at once: the product is for sale, becomes so or ends
    being so. Categories that a path would make are seen at once too.
    """
    if not may_publish(user):
        if shown:
            raise PermissionDenied("What shoppers see at once needs the right to publish.")
        paths = [tuple(p) for p in fields.get("categories", ()) if not isinstance(p, int)]
        if paths and len(find_categories(paths)) < len(set(paths)):
            raise PermissionDenied("New categories need the right to publish.")
    if "stock" in fields and not user.has_perm("inventory.change_stocklevel"):
        raise PermissionDenied("Stock needs the right to change stock.")
