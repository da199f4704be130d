"""Writes of the catalogue."""

from shop.catalog.actions.categories import ensure_categories, find_categories
from shop.catalog.actions.drafts import drafts_follow, merge_into_drafts
from shop.catalog.actions.importing import import_catalogue, start_import
from shop.catalog.actions.listings import refresh_listings
from shop.catalog.actions.products import ProductChanges, create_product, update_product
from shop.catalog.actions.turned_sales import refresh_turned_sales

__all__ = [
    "ProductChanges",
    "create_product",
    "drafts_follow",
    "ensure_categories",
    "find_categories",
    "import_catalogue",
    "merge_into_drafts",
    "refresh_listings",
    "refresh_turned_sales",
    "start_import",
    "update_product",
]
