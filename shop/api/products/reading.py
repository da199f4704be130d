"""Read products as the API says them: values, not objects, a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from shop.api.products import parts
from shop.catalog.models import (
    Listing,
    Product,
    ProductPicture,
    ProductPlacement,
)
from shop.catalog.pictures import CARD
from shop.catalog.queries.addresses import absolute, product_address
from shop.catalog.queries.pictures import Picture, file_address, pictures
from shop.catalog.queries.product_page import rich_text
from shop.catalog.rules import SaleWindow
from shop.core.clock import now
from shop.core.money import currency, plain
from shop.core.statements import Statement

ITEM = (
    "id", "meta", "name", "sku", "brand", "price", "sale_price", "current_price", "currency",
    "on_sale", "in_stock", "featured", "categories", "image",
)  # fmt: skip
DETAIL = ("description", "attributes", "images", "variants")
FIELDS = (*ITEM, *DETAIL)

# What the answer needs of a product, from the list's own row first.
COLUMNS = {
    "id": "product_id",
    "name": "name",
    "current_price": "price",
    "price": "list_price",
    "on_sale": "on_sale",
    "in_stock": "in_stock",
    "featured": "featured",
    "published_at": "published_at",
    "slug": "product__slug",
    "sku": "product__sku",
    "brand": "product__brand",
    "sale_price": "product__sale_price",
    "sale_from": "product__sale_from",
    "sale_until": "product__sale_until",
}

Row = dict[str, Any]


def product_rows(listings: QuerySet[Listing], fields: Collection[str]) -> list[Row]:
    """Read the rows of a page in their order: one statement."""
    wanted = [extra for extra in EXTRA if extra in fields]
    return _named(_columns(listings, wanted), wanted)


def shelf_rows(
    category_id: int, order: tuple[str, ...], fields: Collection[str], *, limit: int, offset: int
) -> list[Row]:
    """Read a window of a category that nothing narrows: one statement, compiled before."""
    wanted = tuple(extra for extra in EXTRA if extra in fields)
    return _named(_SHELF.rows(category_id, shape=(order, wanted, offset, limit)), wanted)


def _columns(listings: QuerySet[Listing], wanted: Iterable[str]) -> QuerySet[Listing, Any]:
    return listings.values_list(*COLUMNS.values(), *(EXTRA[extra]() for extra in wanted))


def _shelf(
    category_id: int, order: tuple[str, ...], wanted: tuple[str, ...], offset: int, limit: int
) -> QuerySet[Listing, Any]:
    rows = Listing.objects.filter(category_id=category_id).order_by(*order)
    return _columns(rows, wanted)[offset : offset + limit]


_SHELF = Statement(_shelf)


def _named(rows: Iterable[Sequence[Any]], wanted: Sequence[str]) -> list[Row]:
    names = (*COLUMNS, *wanted)
    return [dict(zip(names, row, strict=True)) for row in rows]


def hidden_row(product: Product) -> Row:
    """Return the row of a product that no list holds, for those who may write it."""
    columns = (name for name in COLUMNS.values() if name.startswith("product__"))
    return {
        **{
            name.removeprefix("product__"): getattr(product, name.removeprefix("product__"))
            for name in columns
        },
        "id": product.pk,
        "name": product.name,
        "current_price": product.price,
        "price": product.price,
        "on_sale": False,
        "in_stock": False,
        "featured": product.featured,
        "published_at": product.first_published_at,
        "description": product.description,
        "image": None,
    }


def _first_picture() -> Subquery:
    """Return each product's first picture with the size that cards show, if that was made."""
    made = FilteredRelation(
        "image__renditions", condition=Q(image__renditions__filter_spec=CARD.fallback)
    )
    return Subquery(
        ProductPicture.objects.filter(product=OuterRef("product_id"))
        .annotate(made=made)
        .order_by("sort_order", "pk")
        .values(
            found=JSONObject(
                image="image_id",
                alt="alt",
                file="made__file",
                width="made__width",
                height="made__height",
            )
        )[:1]
    )


# What only some answers need, and where it comes from.
EXTRA: dict[str, Any] = {
    "description": lambda: F("product__description"),
    "image": _first_picture,
}


def product_items(rows: Sequence[Row], fields: Collection[str]) -> list[dict[str, Any]]:
    """Return the answer's items: a statement each for categories, images, attributes, variants."""
    ids = [row["id"] for row in rows]
    found: dict[str, dict[int, Any]] = {}
    if "categories" in fields:
        found["categories"] = _categories(ids)
    if "images" in fields:
        found["images"] = parts.images(rows)
    if "attributes" in fields:
        found["attributes"] = parts.attributes(ids)
    if "variants" in fields:
        found["variants"] = parts.variants(rows)
    if "image" in fields:
        found["image"] = _cards(rows)
    return [product_item(row, found, fields) for row in rows]


def product_item(
    row: Row, found: dict[str, dict[int, Any]], fields: Collection[str]
) -> dict[str, Any]:
    """Return one product; `found` has its parts by name and id."""
    pk = row["id"]
    money = currency()
    on_sale = row["sale_price"] is not None and _sale_counts(row)
    item = {
        "id": pk,
        "meta": {
            "type": "catalog.Product",
            "detail_url": absolute(f"/api/v2/products/{pk}/"),
            "html_url": absolute(product_address(row["slug"])),
            "slug": row["slug"],
            "first_published_at": row["published_at"],
        },
        "name": row["name"],
        "sku": row["sku"],
        "brand": row["brand"],
        "price": plain(row["price"]),
        "sale_price": plain(row["sale_price"]) if on_sale else None,
        "current_price": plain(row["current_price"]),
        "currency": money,
        "on_sale": row["on_sale"],
        "in_stock": row["in_stock"],
        "featured": row["featured"],
        "categories": found.get("categories", {}).get(pk, []),
        "image": found.get("image", {}).get(pk),
    }
    if "description" in fields:
        item["description"] = str(rich_text(row["description"]))
    for name in ("attributes", "images", "variants"):
        if name in found:
            item[name] = found[name].get(pk, [])
    return {name: value for name, value in item.items() if name in fields}


def _sale_counts(row: Row) -> bool:
    window = SaleWindow(row["sale_from"], row["sale_until"])
    return bool(row["sale_price"] < row["price"] and window.contains(now()))


def _categories(ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for product_id, pk, title, slug in _PLACED.rows(ids):
        found[product_id].append({"id": pk, "title": title, "slug": slug})
    return found


def _placed(product_ids: list[int]) -> QuerySet[ProductPlacement, Any]:
    return (
        ProductPlacement.objects.filter(product__in=product_ids, category__live=True)
        .order_by("sort_order", "pk")
        .values_list("product_id", "category_id", "category__title", "category__slug")
    )


_PLACED = Statement(_placed)


def _cards(rows: Sequence[Row]) -> dict[int, dict[str, Any] | None]:
    """Return first pictures; one whose size is not made yet is made now."""
    unmade = {row["image"]["image"] for row in rows if row["image"] and not row["image"]["file"]}
    made = pictures(unmade, CARD) if unmade else {}
    return {row["id"]: _card(row, made) for row in rows if row["image"]}


def _card(row: Row, made: dict[int, dict[str, Picture]]) -> dict[str, Any] | None:
    picture = row["image"]
    alt = picture["alt"] or row["name"]
    if not picture["file"]:
        shown = made.get(picture["image"], {}).get(CARD.name)
        return parts.image_answer(shown, alt) if shown else None
    return {
        "alt": alt,
        "url": absolute(str(file_address(picture["file"]))),
        "width": picture["width"],
        "height": picture["height"],
    }
