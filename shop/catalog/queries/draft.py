"""The latest draft of a product, for reading only."""

from typing import Any

from shop.catalog.models import Product, Variant


def latest_draft(product_id: int) -> Product | None:
    """Return the latest draft, or the product itself where nobody drafted; None if there is none.

    Three statements however many children it has: nobody asks for each picture or category of the
    draft whether it is still there, as Wagtail does for what is going to be saved. Whoever shows
    them leaves out what is gone.
    """
    stored = Product.objects.select_related("latest_revision").filter(pk=product_id).first()
    if stored is None or stored.latest_revision is None:
        return stored
    content: dict[str, Any] = dict(stored.latest_revision.content)
    known = content.pop("known_variants", [])
    draft: Product = Product.from_serializable_data(content, check_fks=False)
    draft.pk = stored.pk
    # As in Product.with_content_json: a revision takes out only what it knew.
    present = {variant.pk for variant in draft.variants.all()}
    newer = Variant.objects.filter(product=stored.pk).exclude(pk__in=[*known, *present])
    draft.variants = [*draft.variants.all(), *newer]
    return draft
