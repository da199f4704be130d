"""Tables of the catalogue."""

from shop.catalog.models.category import CategoryPage
from shop.catalog.models.importing import ImportRun
from shop.catalog.models.listing import WHOLE_SHOP, CategoryFigure, Listing, ProductFacet
from shop.catalog.models.product import (
    Product,
    ProductAttribute,
    ProductPicture,
    ProductPlacement,
    ProductQuerySet,
    TaxClass,
)
from shop.catalog.models.variant import Variant

__all__ = [
    "WHOLE_SHOP",
    "CategoryFigure",
    "CategoryPage",
    "ImportRun",
    "Listing",
    "Product",
    "ProductAttribute",
    "ProductFacet",
    "ProductPicture",
    "ProductPlacement",
    "ProductQuerySet",
    "TaxClass",
    "Variant",
]
