"""Pictures of variants, for carts and orders."""

from collections.abc import Collection

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from shop.catalog.models import ProductPicture, Variant
from shop.catalog.queries.pictures import THUMB, Picture, pictures


def variant_pictures(variant_ids: Collection[int]) -> dict[int, Picture]:
    """Return each variant's own picture, or its product's first one: two statements."""
    first = ProductPicture.objects.filter(product=OuterRef("product")).order_by("sort_order", "pk")
    images = dict(
        Variant.objects.filter(pk__in=variant_ids).values_list(
            "pk",
            Coalesce(
                "picture", Subquery(first.values("image")[:1]), output_field=BigIntegerField()
            ),
        )
    )
    found = pictures([image for image in images.values() if image], THUMB)
    return {
        pk: found[image][THUMB.name]
        for pk, image in images.items()
        if THUMB.name in found.get(image, {})
    }
