"""What other programs read on a page: search engines, messengers, price comparisons."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from shop.catalog.queries.addresses import absolute
from shop.core.money import currency, plain

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def json_ld(data: object) -> SafeString:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_ESCAPES))


def short_text(html: str, length: int = 160) -> str:
    """Return the beginning of a rich text as one plain line."""
    return Truncator(" ".join(strip_tags(html.replace("<", " <")).split())).chars(length)


def breadcrumb_data(steps: Iterable[Mapping[str, str]], here: str, url: str) -> dict[str, Any]:
    """Return schema.org's BreadcrumbList down to this page."""
    ways = [*steps, {"title": here, "url": url}]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": way["title"],
                "item": absolute(way["url"]),
            }
            for place, way in enumerate(ways, start=1)
        ],
    }


def product_data(
    *,
    name: str,
    sku: str,
    url: str,
    price: Any,
    in_stock: bool,
    brand: str = "",
    description: str = "",
    images: Iterable[str] = (),
) -> dict[str, Any]:
    """Return schema.org's Product with its Offer."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": name,
        "sku": sku,
        "url": absolute(url),
        "offers": {
            "@type": "Offer",
            "price": plain(price),
            "priceCurrency": currency(),
            "availability": f"https://schema.org/{'InStock' if in_stock else 'OutOfStock'}",
            "itemCondition": "https://schema.org/NewCondition",
            "url": absolute(url),
        },
    }
    if brand:
        data["brand"] = {"@type": "Brand", "name": brand}
    if description:
        data["description"] = description
    if addresses := [absolute(image) for image in images]:
        data["image"] = addresses
    return data
