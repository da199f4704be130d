"""Queryset words about products."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from shop.catalog.models.listing import WHOLE_SHOP
from shop.catalog.models.parts import ProductPlacement
from shop.catalog.rules import path_range

Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def with_live_product(rows: Rows) -> Rows:
    """Keep rows (variants, wishes) whose `product` a shopper may see.

    The same as `product__in=Product.objects.live()`, for which SQLite reads the whole catalogue.
    """
    return rows.filter(_on_a_live_shelf("product"), product__live=True)


def _on_a_live_shelf(product: str) -> Q:
    """Ask for a published category, if there is any, of the product that a field names."""
    placements = ProductPlacement.objects.filter(product=OuterRef(product))
    return Q(Exists(placements.filter(category__live=True))) | ~Q(Exists(placements))


class ProductQuerySet(models.QuerySet[Any]):
    """Words about products."""

    def live(self) -> "ProductQuerySet":
        """Keep what a shopper may see: published, and in a published category if in any."""
        return self.filter(_on_a_live_shelf("pk"), live=True)

    def listed(self, category_id: int = WHOLE_SHOP) -> "ProductQuerySet":
        """Keep what shoppers find in a category or, by default, in the whole shop."""
        return self.filter(listings__category_id=category_id)

    def in_category(self, page: Any) -> "ProductQuerySet":
        """Keep products of a category and all below it, each once, live or not."""
        first, after = path_range(page.path)
        return self.filter(
            pk__in=ProductPlacement.objects.filter(
                category__path__gte=first, category__path__lt=after
            ).values("product")
        )
