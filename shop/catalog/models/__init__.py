"""Tables of the catalogue."""

from shop.catalog.models.category import CategoryPage
from shop.catalog.models.change import CatalogueChange
from shop.catalog.models.importing import ImportedRow, ImportRun
from shop.catalog.models.listing import UNPLACED, WHOLE_SHOP, CategoryFigure, Listing, ProductFacet
from shop.catalog.models.parts import ProductAttribute, ProductPicture, ProductPlacement
from shop.catalog.models.product import Product, TaxClass
from shop.catalog.models.shelf import CatalogueSettings, ShelfPlace
from shop.catalog.models.variant import Variant
from shop.catalog.models.words import ProductQuerySet, with_live_product

__all__ = [
    "UNPLACED",
    "WHOLE_SHOP",
    "CatalogueChange",
    "CatalogueSettings",
    "CategoryFigure",
    "CategoryPage",
    "ImportRun",
    "ImportedRow",
    "Listing",
    "Product",
    "ProductAttribute",
    "ProductFacet",
    "ProductPicture",
    "ProductPlacement",
    "ProductQuerySet",
    "ShelfPlace",
    "TaxClass",
    "Variant",
    "with_live_product",
]
