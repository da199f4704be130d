"""Goods on the desk: what is in an order, and what else can be put into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from shop.catalog.models import Variant, with_live_product
from shop.catalog.rules import sku_key
from shop.inventory.models import StockLevel
from shop.pricing.queries import price_lines

MOST_FOUND = 12


@dataclass(frozen=True, slots=True)
class Ware:
    """A variant as the desk shows it; `left` is None where nobody counts."""

    variant_id: int
    name: str
    options: str
    sku: str
    price: Decimal | None
    units: int
    left: int | None
    gone: bool = False

    @property
    def sold_out(self) -> bool:
        """Tell whether nobody can buy one now."""
        return self.left is not None and self.left <= 0


def find_variants(text: str) -> list[Ware]:
    """Return what is for sale under these words of a name or SKU, the exact SKU alone."""
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        return []
    for_sale = with_live_product(Variant.objects.all())
    exact = for_sale.filter(sku_key=sku_key(text)).values_list("pk", flat=True)
    ids = list(exact[:1])
    if not ids:
        for word in text.split()[:8]:
            for_sale = for_sale.filter(
                Q(sku_key__contains=sku_key(word)) | Q(product__name__icontains=word)
            )
        found = for_sale.order_by("product__name", "pk").values_list("pk", flat=True)
        ids = list(found[:MOST_FOUND])
    return wares(dict.fromkeys(ids, 1))


def wares(units: Mapping[int, int], known: Mapping[int, Any] | None = None) -> list[Ware]:
    """Return variants (id to units) as the desk shows them: two statements.

    `known` are lines of an order by variant: what is no longer for sale is shown by them.
    """
    lines = {line.variant_id: line for line in price_lines(units)[0]} if units else {}
    levels = StockLevel.objects.in_bulk(list(units))
    rows = []
    for variant_id, quantity in units.items():
        line = lines.get(variant_id) or (known or {}).get(variant_id)
        if line is None:
            continue
        level = levels.get(variant_id)
        rows.append(
            Ware(
                variant_id,
                line.name,
                line.options,
                line.sku,
                line.unit_price,
                quantity,
                level.available if level else None,
                gone=variant_id not in lines,
            )
        )
    return rows
