"""Pictures of variants, for carts and orders."""

from collections.abc import Collection
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shop.catalog.models import ProductPicture, Variant
from shop.catalog.queries.pictures import THUMB, Picture, pictures
from shop.core.statements import Statement


def _images(variant_ids: list[int]) -> QuerySet[Variant, Any]:
    first = ProductPicture.objects.filter(product=OuterRef("product")).order_by("sort_order", "pk")
    return (
        Variant.objects.filter(pk__in=variant_ids)
        .order_by()
        .values_list(
            "pk",
            Coalesce(
                "picture", Subquery(first.values("image")[:1]), output_field=BigIntegerField()
            ),
        )
    )


_IMAGES = Statement(_images)


def variant_pictures(variant_ids: Collection[int]) -> dict[int, Picture]:
    """Return each variant's own picture, or its product's first one: two statements."""
    images: dict[int, int | None] = dict(_IMAGES.rows(list(variant_ids))) if variant_ids else {}
    found = pictures([image for image in images.values() if image], THUMB)
    return {
        pk: found[image][THUMB.name]
        for pk, image in images.items()
        if image and THUMB.name in found.get(image, {})
    }
