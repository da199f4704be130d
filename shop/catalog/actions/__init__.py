"""Writes of the catalogue."""

from shop.catalog.actions.categories import ensure_categories, find_categories
from shop.catalog.actions.listings import refresh_listings, refresh_turned_sales

__all__ = ["ensure_categories", "find_categories", "refresh_listings", "refresh_turned_sales"]
