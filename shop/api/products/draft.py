"""A product's latest draft as the API says it."""

from collections.abc import Collection
from typing import Any

from shop.api.errors import missing
from shop.api.products.parts import image_answer, variant_answer
from shop.api.products.reading import Row, hidden_row, product_item
from shop.api.words import LARGEST_ID
from shop.catalog.models import CategoryPage, Product, Variant
from shop.catalog.pictures import CARD, GALLERY
from shop.catalog.queries.draft import latest_draft
from shop.catalog.queries.pictures import pictures_by_use
from shop.core.money import ZERO
from shop.inventory.queries import available_units

VARIANT = ("pk", "sku", "options", "price", "sale_price", "price_difference", "weight")


def draft_answer(product_id: int, fields: Collection[str]) -> dict[str, Any]:
    """Return the latest draft, or the product itself where nobody drafted. Raises Refused (404)."""
    product = latest_draft(product_id) if product_id <= LARGEST_ID else None
    if product is None:
        raise missing("There is no such product.")
    row = hidden_row(product)
    row["price"] = row["current_price"] = product.price or ZERO
    variants = _variants(product, row)
    cheapest = min(variants, key=lambda variant: float(variant["current_price"]))
    images = _images(product)
    found: dict[str, dict[int, Any]] = {
        "categories": {product.pk: _categories(product)},
        "attributes": {
            product.pk: [
                {"name": fact.name, "value": fact.value} for fact in product.attributes.all()
            ]
        },
        "variants": {product.pk: variants},
        "images": {product.pk: images[GALLERY.name]},
        "image": {product.pk: next(iter(images[CARD.name]), None)},
    }
    shown = product_item(row, found, {*fields, "current_price", "in_stock", "on_sale"})
    shown |= {
        "current_price": cheapest["current_price"],
        "on_sale": any(variant["sale_price"] is not None for variant in variants),
        "in_stock": any(variant["in_stock"] for variant in variants),
    }
    return {name: value for name, value in shown.items() if name in fields}


def _variants(product: Product, row: Row) -> list[dict[str, Any]]:
    variants = list(product.variants.all()) or [Variant(sku=product.sku)]
    left = available_units([variant.pk for variant in variants if variant.pk])
    return [
        variant_answer(
            {name: getattr(variant, name) for name in VARIANT}
            | {"tracked": left.get(variant.pk) is not None, "left": left.get(variant.pk)},
            row,
        )
        for variant in variants
    ]


def _categories(product: Product) -> list[dict[str, Any]]:
    ids = [placement.category_id for placement in product.placements.all()]
    placed = CategoryPage.objects.filter(pk__in=ids, live=True).values("pk", "title", "slug")
    known = {row["pk"]: row for row in placed}
    return [
        {"id": pk, "title": known[pk]["title"], "slug": known[pk]["slug"]}
        for pk in ids
        if pk in known
    ]


def _images(product: Product) -> dict[str, list[dict[str, Any]]]:
    placed = [(picture.image_id, picture.alt) for picture in product.pictures.all()]
    found = pictures_by_use({image: (GALLERY, CARD) for image, _alt in placed})
    return {
        kind.name: [
            image_answer(found[image][kind.name], alt or product.name)
            for image, alt in placed
            if kind.name in found.get(image, {})
        ]
        for kind in (GALLERY, CARD)
    }
