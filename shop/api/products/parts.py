"""What only some answers say of products: one statement for all products of a page."""

import html
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery

from shop.catalog.models import ProductAttribute, ProductPicture, Variant
from shop.catalog.pictures import GALLERY
from shop.catalog.queries.addresses import absolute
from shop.catalog.queries.pictures import Picture, pictures
from shop.catalog.rules import SaleWindow, unit_price
from shop.core.clock import now
from shop.core.money import currency, plain
from shop.inventory.models import StockLevel

Row = dict[str, Any]


def image_answer(shown: Picture, alt: str) -> dict[str, Any]:
    return {
        "alt": alt,
        "url": absolute(html.unescape(shown["src"])),
        "width": int(shown["width"]),
        "height": int(shown["height"]),
    }


def images(rows: Sequence[Row]) -> dict[int, list[dict[str, Any]]]:
    names = {row["id"]: row["name"] for row in rows}
    placed = list(
        ProductPicture.objects.filter(product__in=names)
        .order_by("sort_order", "pk")
        .values_list("product_id", "image_id", "alt")
    )
    shown = pictures([image for _pk, image, _alt in placed], GALLERY)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for pk, image, alt in placed:
        if picture := shown.get(image, {}).get(GALLERY.name):
            found[pk].append(image_answer(picture, alt or names[pk]))
    return found


def attributes(ids: list[int]) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    rows = (
        ProductAttribute.objects.filter(product__in=ids)
        .order_by("sort_order", "pk")
        .values_list("product_id", "name", "value")
    )
    for pk, name, value in rows:
        found[pk].append({"name": name, "value": value})
    return found


def variants(rows: Sequence[Row]) -> dict[int, list[dict[str, Any]]]:
    products = {row["id"]: row for row in rows}
    level = StockLevel.objects.filter(variant_id=OuterRef("pk"))
    variants = (
        Variant.objects.filter(product__in=products)
        .order_by("sort_order", "pk")
        .values(
            "pk", "product_id", "sku", "options", "price", "sale_price", "price_difference",
            "weight",
            tracked=Subquery(level.values("tracked")),
            left=Subquery(level.values(units=F("on_hand") - F("reserved"))),
        )
    )  # fmt: skip
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for variant in variants:
        found[variant["product_id"]].append(
            variant_answer(variant, products[variant["product_id"]])
        )
    return found


def variant_answer(variant: Row, product: Row) -> dict[str, Any]:
    price = unit_price(
        product_price=product["price"],
        product_sale_price=product["sale_price"],
        variant_price=variant["price"],
        variant_sale_price=variant["sale_price"],
        price_difference=variant["price_difference"],
        window=SaleWindow(product["sale_from"], product["sale_until"]),
        moment=now(),
    )
    left = max(variant["left"], 0) if variant["tracked"] else None
    return {
        "id": variant["pk"],
        "sku": variant["sku"],
        "options": variant["options"],
        "price": plain(price.list_price),
        "sale_price": plain(price.current) if price.on_sale else None,
        "current_price": plain(price.current),
        "currency": currency(),
        "in_stock": left is None or left > 0,
        "available": left,
        "weight": None if variant["weight"] is None else str(variant["weight"]),
    }
