"""Publish a product's latest version after looking whether its SKUs and address are still free."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shop.catalog.models import Product, Variant
from shop.catalog.rules import sku_key


def refuse_taken(product: Product) -> None:
    """Raise ValidationError when another product has got this one's address or a SKU meanwhile."""
    others = Product.objects.exclude(pk=product.pk)
    if product.slug and others.filter(slug=product.slug).exists():
        raise ValidationError(_("Another product has the address “%s” now.") % product.slug)
    if product.sku and others.filter(sku_key=sku_key(product.sku)).exists():
        raise ValidationError(_("Another product has the SKU “%s” now.") % product.sku)
    keys = [sku_key(variant.sku) for variant in product.variants.all() if variant.sku]
    taken = Variant.objects.filter(sku_key__in=keys).exclude(product_id=product.pk).first()
    if taken:
        raise ValidationError(_("Another product has the SKU “%s” now.") % taken.sku)


@transaction.atomic
def publish_product(product: Product, *, user: Any) -> None:
    """Publish the latest version, or schedule it where it has a time of its own.

    Raises ValidationError where the draft is not complete or something of it is taken.
    """
    draft = product.get_latest_revision_as_object()
    draft.full_clean()
    refuse_taken(draft)
    revision = product.latest_revision or product.save_revision(user=user)
    revision.publish(user=user)
