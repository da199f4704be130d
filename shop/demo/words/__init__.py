"""Words of the demo shop: what it sells and what it says."""

from shop.demo.words.catalogue import (
    CategoryWords,
    ProductWords,
    VariantWords,
    categories,
    products,
)
from shop.demo.words.site import (
    ContactWords,
    DeliveryWords,
    HomeWords,
    PageWords,
    RateWords,
    ZoneWords,
    contacts,
    delivery,
    home,
    pages,
)

__all__ = [
    "CategoryWords",
    "ContactWords",
    "DeliveryWords",
    "HomeWords",
    "PageWords",
    "ProductWords",
    "RateWords",
    "VariantWords",
    "ZoneWords",
    "categories",
    "contacts",
    "delivery",
    "home",
    "pages",
    "products",
]
