"""What a product page is made of: read from the tables, or taken from a draft in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from shop.catalog.models import (
    Product,
    ProductAttribute,
    ProductPicture,
    ProductPlacement,
    Variant,
)
from shop.catalog.rules import SaleWindow, UnitPrice, unit_price
from shop.core.statements import Statement
from shop.inventory.models import StockLevel
from shop.inventory.queries import available_units


@dataclass(frozen=True, slots=True)
class Offer:
    """One variant with its price and what is left of it (None: nobody counts)."""

    sku: str
    options: Mapping[str, str]
    price: UnitPrice
    left: int | None
    low_at: int = 0
    picture_id: int | None = None

    @property
    def available(self) -> bool:
        """Tell whether it can be bought now."""
        return self.left is None or self.left > 0


@dataclass(frozen=True, slots=True)
class ProductParts:
    """All that the page of one product says, before it is worded."""

    pk: int | None
    name: str
    slug: str
    sku: str
    brand: str
    description: str
    seo_title: str
    seo_description: str
    offers: list[Offer]
    attributes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[int, str]] = field(default_factory=list)
    category_id: int | None = None
    category_path: str = ""
    draft: bool = False


def _product(slug: str) -> QuerySet[Product, Any]:
    placed = ProductPlacement.objects.filter(product=OuterRef("pk"), category__live=True).order_by(
        "sort_order", "pk"
    )
    return (
        Product.objects.live()
        .filter(slug=slug)
        .values_list(
            *WORDS,
            *PRICES,
            "pk",
            Subquery(placed.values("category")[:1]),
            Subquery(placed.values("category__path")[:1]),
        )
    )


def _variants(product_id: int) -> QuerySet[Variant, Any]:
    level = StockLevel.objects.filter(variant_id=OuterRef("pk"))
    return (
        Variant.objects.filter(product=product_id)
        .order_by("sort_order", "pk")
        .values_list(
            *VARIANT,
            Subquery(level.values("tracked")),
            Subquery(level.values(units=F("on_hand") - F("reserved"))),
            Subquery(level.values("low_stock_threshold")),
        )
    )


def _attributes(product_id: int) -> QuerySet[ProductAttribute, Any]:
    facts = ProductAttribute.objects.filter(product=product_id).order_by("sort_order", "pk")
    return facts.values_list("name", "value")


def _pictures(product_id: int) -> QuerySet[ProductPicture, Any]:
    shown = ProductPicture.objects.filter(product=product_id).order_by("sort_order", "pk")
    return shown.values_list("image_id", "alt")


WORDS = ("name", "slug", "sku", "brand", "description", "seo_title", "seo_description")
PRICES = ("price", "sale_price", "sale_from", "sale_until")
VARIANT = ("sku", "options", "price", "sale_price", "price_difference", "picture_id")

_PRODUCT = Statement(_product)
_VARIANTS = Statement(_variants)
_ATTRIBUTES = Statement(_attributes)
_PICTURES = Statement(_pictures)


def stored_parts(slug: str, moment: datetime) -> ProductParts | None:
    """Read a visible product: four statements. None if shoppers may not see it."""
    rows = _PRODUCT.rows(slug)
    if not rows:
        return None
    *own, pk, category_id, category_path = rows[0]
    product = dict(zip((*WORDS, *PRICES), own, strict=True))
    offers = []
    for *columns, tracked, left, low_at in _VARIANTS.rows(pk):
        variant = dict(zip(VARIANT, columns, strict=True))
        offers.append(_offer(product, variant, left if tracked else None, low_at or 0, moment))
    return ProductParts(
        **{name: product[name] for name in WORDS},
        pk=pk,
        category_id=category_id,
        category_path=category_path or "",
        offers=offers,
        attributes=[(name, value) for name, value in _ATTRIBUTES.rows(pk)],
        pictures=[(image, alt) for image, alt in _PICTURES.rows(pk)],
    )


def draft_parts(product: Product, moment: datetime) -> ProductParts:
    """Take what a page needs from a product in memory, saved or not."""
    row = {name: getattr(product, name) for name in (*WORDS, *PRICES)}
    variants = list(product.variants.all()) or [Variant(sku=product.sku)]
    left = available_units([variant.pk for variant in variants if variant.pk])
    offers = [
        _offer(
            row, {name: getattr(variant, name) for name in VARIANT}, left.get(variant.pk), 0, moment
        )
        for variant in variants
    ]
    places = [placement.category for placement in product.placements.all()]
    canonical = next((category for category in places if category.live), None)
    return ProductParts(
        pk=product.pk,
        **{name: row[name] for name in WORDS},
        offers=offers,
        attributes=[(fact.name, fact.value) for fact in product.attributes.all()],
        pictures=[
            (picture.image_id, picture.alt)
            for picture in product.pictures.all()
            if picture.image_id
        ],
        category_id=canonical.pk if canonical else None,
        category_path=canonical.path if canonical else "",
        draft=True,
    )


def _offer(
    product: Mapping[str, Any],
    variant: Mapping[str, Any],
    left: int | None,
    low_at: int,
    moment: datetime,
) -> Offer:
    price = unit_price(
        product_price=product["price"] or Decimal(0),
        product_sale_price=product["sale_price"],
        variant_price=variant["price"],
        variant_sale_price=variant["sale_price"],
        price_difference=variant["price_difference"],
        window=SaleWindow(product["sale_from"], product["sale_until"]),
        moment=moment,
    )
    return Offer(variant["sku"], variant["options"], price, left, low_at, variant["picture_id"])


__all__ = ["Offer", "ProductParts", "draft_parts", "stored_parts"]
