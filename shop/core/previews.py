"""Links that show one draft for a day to whoever holds them."""

from datetime import datetime, timedelta

from django.core import signing

from shop.core.clock import now

SALT = "shop.core.previews"
LASTS = timedelta(hours=24)
PRODUCT, PAGE = "product", "page"


def preview_token(kind: str, pk: int) -> str:
    """Return the word that opens the latest draft of one product or page."""
    until = int((now() + LASTS).timestamp())
    return signing.dumps([kind, pk, until], salt=SALT)


def opens(token: str, kind: str, pk: int) -> bool:
    """Tell whether a word opens this draft, now."""
    try:
        named, number, until = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return False
    return (named, number) == (kind, pk) and now().timestamp() < until


def closes_at() -> datetime:
    """Return until when a word made now opens its draft."""
    return now() + LASTS
