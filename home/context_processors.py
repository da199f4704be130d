"""What every template may say about the shop and its visitor."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.models import SiteSettings
from home.sites import parts_of

ADDRESSES = {
    "account_url": "/account/",
    "login_url": "/account/login/",
    "cart_url": "/cart/",
    "search_url": "/search/",
    "suggest_url": "/search/suggest/",
}


def shop(request: HttpRequest) -> dict[str, Any]:
    """Add `shop`, read only where a template asks for it."""
    return {"shop": SimpleLazyObject(lambda: _shop(request))}


def _shop(request: HttpRequest) -> dict[str, Any]:
    parts = parts_of(request)
    settings = parts.settings if parts else SiteSettings()
    session = getattr(request, "session", {})
    user = getattr(request, "user", None)
    return {
        "version": parts.version if parts else 0,
        "name": settings.shop_name,
        "tagline": settings.tagline,
        "announcement": settings.announcement,
        "phone": settings.phone,
        "phone_href": f"tel:{''.join(c for c in settings.phone if c.isdecimal() or c == '+')}",
        "email": settings.email,
        "address": settings.address,
        "opening_hours": settings.opening_hours,
        "menu": parts.menu if parts else [],
        "footer_pages": parts.footer if parts else [],
        "cart_count": session.get("cart_count", 0),
        "signed_in": bool(user and user.is_authenticated),
        **ADDRESSES,
    }
