"""Variants that run out, as the API says them."""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery

from shop.catalog.models import Variant
from shop.catalog.queries.addresses import absolute
from shop.inventory.models import StockLevel
from shop.inventory.queries import low_levels


def low_variants() -> QuerySet[Variant, Any]:
    """Return variants at or below their threshold, the emptiest first: values for `stock_answers`.

    A level outlives its variant; such levels are left out.
    """
    level = StockLevel.objects.filter(variant_id=OuterRef("pk"))
    left = Subquery(level.values(units=F("on_hand") - F("reserved")), output_field=IntegerField())
    return (
        Variant.objects.filter(pk__in=low_levels().values("variant_id"))
        .annotate(
            left=left,
            on_hand=Subquery(level.values("on_hand")),
            reserved=Subquery(level.values("reserved")),
            threshold=Subquery(level.values("low_stock_threshold")),
        )
        .order_by("left", "pk")
        .values(
            "pk", "sku", "options", "product_id", "product__name", "product__live",
            "left", "on_hand", "reserved", "threshold",
        )
    )  # fmt: skip


def stock_answers(rows: QuerySet[Variant, Any]) -> list[dict[str, Any]]:
    """Read and say the rows of `low_variants`: one statement."""
    return [
        {
            "variant": row["pk"],
            "sku": row["sku"],
            "options": row["options"],
            "product": {
                "id": row["product_id"],
                "name": row["product__name"],
                "live": row["product__live"],
                "detail_url": absolute(f"/api/v2/products/{row['product_id']}/"),
            },
            "available": row["left"],
            "on_hand": row["on_hand"],
            "reserved": row["reserved"],
            "threshold": row["threshold"],
        }
        for row in rows
    ]
