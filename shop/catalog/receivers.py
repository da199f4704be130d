"""What the catalogue does when something happens."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from shop.catalog.actions import refresh_listings
from shop.catalog.actions.shelving import empty_shelf
from shop.catalog.actions.sold_out import settings_changed
from shop.catalog.models import (
    CatalogueSettings,
    CategoryPage,
    Product,
    ProductPlacement,
    Variant,
)
from shop.catalog.rules import path_range
from shop.catalog.signals import products_changed
from shop.core.queue import enqueue_after_commit
from shop.inventory.actions import open_levels
from shop.inventory.signals import availability_changed


@receiver(products_changed)
def list_changed_products(product_ids: list[int], listed: bool = False, **kwargs: Any) -> None:
    """Bring the lists up to date with what changed, unless the sender has done it."""
    if not listed:
        refresh_listings(product_ids)


@receiver(availability_changed)
def list_stock_that_turned(variant_ids: list[int], **kwargs: Any) -> None:
    """Products sold out or came back."""
    refresh_listings(
        Variant.objects.filter(pk__in=variant_ids).values_list("product_id", flat=True)
    )


@receiver(post_save, sender=Variant)
def open_stock(instance: Variant, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Give a new variant its stock row."""
    if created and not raw:
        open_levels([instance.pk])


@receiver(post_save, sender=Image)
def make_picture_sizes(
    instance: Image,
    created: bool,
    update_fields: Any = None,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    """Cut the sizes of a changed picture anew; `tasks.prepare_new_pictures` finds new ones."""
    if not (created or raw) and (update_fields is None or "file" in update_fields):
        enqueue_after_commit("shop.catalog.tasks.prepare_pictures", instance.pk)


@receiver(pre_delete, sender=Product)
def unlist_product(instance: Product, **kwargs: Any) -> None:
    """A product that is about to go counts nowhere any more."""
    Product.objects.filter(pk=instance.pk).update(live=False)
    products_changed.send(sender=Product, product_ids=[instance.pk])


@receiver(pre_delete, sender=CategoryPage)
def empty_category(instance: CategoryPage, origin: Any = None, **kwargs: Any) -> None:
    """Products leave a category before it goes, so that its ancestors stop counting them."""
    empty_shelf(instance, origin)


@receiver([page_published, page_unpublished], sender=CategoryPage)
def list_category(instance: CategoryPage, **kwargs: Any) -> None:
    """A category that appears or disappears takes its products along."""
    _relist(ProductPlacement.objects.filter(category=instance))


@receiver(post_page_move)
def list_moved_category(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Products below a category that moved count for other ancestors."""
    if parent_page_before.pk != parent_page_after.pk:
        first, after = path_range(instance.path)
        _relist(
            ProductPlacement.objects.filter(category__path__gte=first, category__path__lt=after)
        )


@receiver(post_save, sender=CatalogueSettings)
def read_choice_anew(**kwargs: Any) -> None:
    """A changed choice counts at once in the process that changed it; the clock applies it."""
    settings_changed()


def _relist(placements: Any) -> None:
    product_ids = list(placements.values_list("product_id", flat=True).distinct())
    products_changed.send(sender=Product, product_ids=product_ids)
