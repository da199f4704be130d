"""Copy a product: everything but its identity, ready to be saved with one click."""

from django.utils.translation import gettext as _

from shop.backoffice.products.forms import free_sku
from shop.catalog.models import (
    Product,
    ProductAttribute,
    ProductPicture,
    ProductPlacement,
    Variant,
)

COPIED = (
    "description", "brand", "price", "sale_price", "sale_from", "sale_until", "tax_class",
    "seo_title", "seo_description",
)  # fmt: skip


def unsaved_copy(original: Product) -> Product:
    """Return a product that is not in the database yet, with a SKU of its own.

    Its address and its variants' SKUs are left empty: saving makes them from name and SKU.
    """
    copy = Product(
        name=_("%s (copy)") % original.name[:290],
        sku=free_sku(original.sku[:56]),
        live=False,
        **{name: getattr(original, name) for name in COPIED},
    )
    copy.variants = [
        Variant(
            sort_order=place,
            options=variant.options,
            price=variant.price,
            price_difference=variant.price_difference,
            sale_price=variant.sale_price,
            picture_id=variant.picture_id,
        )
        for place, variant in enumerate(original.variants.all())
    ]
    copy.placements = [
        ProductPlacement(category_id=placement.category_id, sort_order=place)
        for place, placement in enumerate(original.placements.all())
    ]
    copy.pictures = [
        ProductPicture(image_id=picture.image_id, alt=picture.alt, sort_order=place)
        for place, picture in enumerate(original.pictures.all())
    ]
    copy.attributes = [
        ProductAttribute(name=fact.name, value=fact.value, sort_order=place)
        for place, fact in enumerate(original.attributes.all())
    ]
    return copy
