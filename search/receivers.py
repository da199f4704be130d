"""What search does when something happens."""

from typing import Any

from django.dispatch import receiver

from search.actions import index_products
from shop.catalog.signals import products_changed


@receiver(products_changed)
def index_changed_products(product_ids: list[int], **kwargs: Any) -> None:
    """Words change in the transaction that changes the product."""
    index_products(product_ids)
