"""What caches in front are told when something happens; nothing is read where there is none."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from shop.catalog.models import Variant
from shop.catalog.signals import categories_added, products_changed
from shop.inventory.signals import availability_changed
from shop.storefront.edge import addresses


@receiver(products_changed)
def purge_products(product_ids: list[int], **kwargs: Any) -> None:
    """Words, prices and places of products stand on their own pages and in their categories."""
    if addresses.is_on():
        addresses.purge(addresses.addresses_of_products(product_ids))


@receiver(availability_changed)
def purge_turned_stock(variant_ids: list[int], **kwargs: Any) -> None:
    """So does whether they are sold out."""
    if addresses.is_on():
        ids = Variant.objects.filter(pk__in=variant_ids).values_list("product_id", flat=True)
        addresses.purge(addresses.addresses_of_products(set(ids)))


@receiver([page_published, page_unpublished])
def purge_page(instance: Page, **kwargs: Any) -> None:
    """A page's name stands on all pages above and below it."""
    if addresses.is_on():
        found = addresses.addresses_on_the_way([instance.path])
        addresses.purge(found | addresses.addresses_below(instance))


@receiver(page_slug_changed)
def purge_old_address(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """What stood at the old address is gone from there."""
    if addresses.is_on():
        below = addresses.addresses_below(instance)
        before, after = instance_before.url_path, instance.url_path
        addresses.purge(addresses.moved(below, before, after))


@receiver(post_page_move)
def purge_moved(
    instance: Page,
    parent_page_before: Page,
    url_path_before: str,
    url_path_after: str,
    **kwargs: Any,
) -> None:
    """A page that moved takes along what is below, and leaves a gap above."""
    if addresses.is_on():
        below = addresses.addresses_below(instance)
        addresses.purge(
            below
            | addresses.moved(below, url_path_before, url_path_after)
            | addresses.addresses_on_the_way([instance.path, parent_page_before.path])
        )


@receiver(categories_added)
def purge_above_new_categories(category_ids: list[int], **kwargs: Any) -> None:
    """New categories stand in the lists of those above."""
    if addresses.is_on():
        paths = Page.objects.filter(pk__in=category_ids).values_list("path", flat=True)
        addresses.purge(addresses.addresses_on_the_way(paths))


def purge_all(**kwargs: Any) -> None:
    """Header and footer say it on every page."""
    if addresses.is_on():
        addresses.purge(addresses.addresses_of_all())


for _shown_everywhere in ("home.SiteSettings", "wagtailcore.Site"):
    for _signal in (post_save, post_delete):
        _signal.connect(purge_all, sender=_shown_everywhere)
