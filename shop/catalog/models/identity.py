"""A product's address and SKUs are its own: what to do when two want the same."""

import logging
from collections.abc import Iterable
from typing import Any

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Revision

from shop.catalog.models.variant import Variant
from shop.catalog.rules import sku_key

logger = logging.getLogger(__name__)


def slug_base(name: str) -> str:
    """Return the address part for a name in any script."""
    return slugify(anyascii(name))[:200].strip("-") or "product"


def make_room(product_id: int | None, variants: Iterable[Variant]) -> None:
    """Let SKUs move between the variants of one product, which are written one after another."""
    wanted = {variant.pk: sku_key(variant.sku) for variant in variants if variant.pk}
    stored = Variant.objects.filter(product_id=product_id).values_list("pk", "sku_key")
    for pk, key in stored if wanted else ():
        if wanted.get(pk, key) != key:
            Variant.objects.filter(pk=pk).update(sku_key=f"\x1f{pk}")


def refuse_taken(product: Any) -> None:
    """Raise ValidationError when another product has got this one's address or a SKU meanwhile."""
    others = type(product).objects.exclude(pk=product.pk)
    if product.slug and others.filter(slug=product.slug).exists():
        raise ValidationError(_("Another product has the address “%s” now.") % product.slug)
    if product.sku and others.filter(sku_key=sku_key(product.sku)).exists():
        raise ValidationError(_("Another product has the SKU “%s” now.") % product.sku)
    keys = [sku_key(variant.sku) for variant in product.variants.all() if variant.sku]
    taken = Variant.objects.filter(sku_key__in=keys).exclude(product_id=product.pk).first()
    if taken:
        raise ValidationError(_("Another product has the SKU “%s” now.") % taken.sku)


def keep_as_draft(revision: Revision, problem: ValidationError) -> None:
    """Take a revision off the schedule, so that the others of the same minute still go live."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    logger.error(
        "“%s” was due to go live but stays a draft: %s",
        revision.object_str,
        " ".join(problem.messages),
    )
