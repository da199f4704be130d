"""Writes of the catalogue."""

from shop.catalog.actions.listings import refresh_listings, refresh_turned_sales

__all__ = ["refresh_listings", "refresh_turned_sales"]
