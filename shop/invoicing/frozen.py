"""The content of a document as it is kept: plain JSON, read back into lines and sums."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from shop.core.money import plain
from shop.invoicing.models import Seller
from shop.invoicing.rules import Line, tax_sums

VERSION = 1
AMOUNTS = ("unit_price", "discount", "tax_percent", "total", "tax")


def freeze(
    *, seller: Seller, name: str, order: str, lines: list[Line], rounding: Decimal, **more: Any
) -> Any:
    """Return what a document says beside its number, its buyer and how it was paid.

    `rounding` is what the way of paying adds to the total or takes off it, without VAT.
    """
    return {
        "version": VERSION,
        "seller": {
            "name": seller.legal_name or name,
            "pin": seller.pin,
            "address": seller.address,
            "phone": seller.phone,
            "email": seller.email,
        },
        "order": order,
        "lines": [_plain(asdict(line)) for line in lines],
        "taxes": [
            {
                "tax_class": part.tax_class,
                "tax_percent": plain(part.percent),
                "net": plain(part.net),
                "tax": plain(part.tax),
                "gross": plain(part.gross),
            }
            for part in tax_sums(lines)
        ],
        "rounding": plain(rounding),
        **more,
    }


def lines_of(content: dict[str, Any]) -> list[Line]:
    """Return the lines of a kept document."""
    return [
        Line(**{**kept, **{name: Decimal(kept[name]) for name in AMOUNTS}})
        for kept in content["lines"]
    ]


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, **{name: plain(line[name]) for name in AMOUNTS}}
