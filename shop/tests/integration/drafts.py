"""How tests write drafts and publish them."""

from collections.abc import Callable

from wagtail.models import Revision

from shop.catalog.models import Product


def draft(product: Product, **changes: object) -> Revision:
    """Save a draft as an editor does: the whole form, of which some fields were changed."""
    edited = product.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(edited, name, value)
    revision: Revision = edited.save_revision()
    return revision


def publish(revision: Revision) -> Product:
    Revision.objects.get(pk=revision.pk).publish()
    return Product.objects.get(pk=int(revision.object_id))


def draft_of(product: Product, edit: Callable[[Product], None]) -> Revision:
    edited = product.get_latest_revision_as_object()
    edit(edited)
    revision: Revision = edited.save_revision()
    return revision


def without(sku: str) -> Callable[[Product], None]:
    def edit(product: Product) -> None:
        product.variants = [each for each in product.variants.all() if each.sku != sku]

    return edit
