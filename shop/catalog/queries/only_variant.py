"""Products that are bought without choosing."""

from collections.abc import Collection

from django.db.models import Count, Min

from shop.catalog.models import Variant


def only_variants(product_ids: Collection[int]) -> dict[int, str]:
    """Return by product the SKU of its one variant; products with a choice are left out."""
    if not product_ids:
        return {}
    rows = (
        Variant.objects.filter(product__in=product_ids)
        .order_by()
        .values_list("product")
        .annotate(variants=Count("pk"), sku=Min("sku"))
        .filter(variants=1)
    )
    return {product: sku for product, _count, sku in rows}
