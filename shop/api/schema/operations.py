"""Every address of the API with what it takes and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from drf_spectacular.types import OpenApiTypes

from shop.api.orders.input import CancelInput, LineInput, OrderInput, QuantityInput
from shop.api.products.input import ProductChangesInput, ProductInput
from shop.api.schema import shapes

Words = dict[str, tuple[Any, str]]

PAGING: Words = {
    "limit": (OpenApiTypes.INT, "How many items, 20 if left out"),
    "offset": (OpenApiTypes.INT, "How many items to leave out before the first"),
}
FIELDS: Words = {
    "fields": (OpenApiTypes.STR, "Fields to answer: `name,price`, `*` all, `_` none, `-name` not"),
}
SEARCH: Words = {"search": (OpenApiTypes.STR, "Words to look for")}
TOKEN: Words = {"token": (OpenApiTypes.STR, "The order's public token, for guests")}
ORDER: Words = {"order": (OpenApiTypes.STR, "A field to sort by, -field for the other way round")}
SHELF: Words = {
    **PAGING,
    **FIELDS,
    **SEARCH,
    "order": (OpenApiTypes.STR, "price, -price, name or -first_published_at"),
    "category": (OpenApiTypes.STR, "Id or slug; what lies below is included"),
    "min_price": (OpenApiTypes.DECIMAL, "Costs at least this now"),
    "max_price": (OpenApiTypes.DECIMAL, "Costs at most this now"),
    "in_stock": (OpenApiTypes.BOOL, "Can be bought now"),
    "on_sale": (OpenApiTypes.BOOL, "Costs less than its list price"),
    "featured": (OpenApiTypes.BOOL, "Chosen by the shop"),
    "brand": (OpenApiTypes.STR, "Of this brand; may be repeated"),
    "option_<name>": (OpenApiTypes.STR, "Has a variant with this value, as in option_size=M"),
}
CART = {"X-Cart-Token": "A guest's cart, by the token in the cart's answer"}
ONCE = {"Idempotency-Key": "The same key and body give the first answer again for 24 hours"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What one method of one address takes and answers."""

    answers: Mapping[int, Any] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


def _get(answer: Any, words: Words | None = None) -> Operation:
    return Operation({200: answer}, words or {})


OPERATIONS: dict[tuple[str, str], Operation] = {
    ("GET", "products/"): _get(shapes.ProductPageShape, SHELF),
    ("POST", "products/"): Operation(
        {201: shapes.WrittenProductShape}, headers=ONCE, body=ProductInput
    ),
    ("GET", "products/{product_id}/"): _get(shapes.ProductShape, FIELDS),
    ("PATCH", "products/{product_id}/"): Operation(
        {200: shapes.WrittenProductShape}, body=ProductChangesInput
    ),
    ("GET", "products/find/"): _get(
        shapes.ProductShape, {"sku": (OpenApiTypes.STR, "Whatever its case"), **FIELDS}
    ),
    ("POST", "products/upload/"): Operation(
        {200: shapes.ImportShape, 202: shapes.QueuedShape},
        {
            "wait": (OpenApiTypes.BOOL, "Answer the finished report of up to 1,000 rows"),
            "dry_run": (OpenApiTypes.BOOL, "Report what would be done, and do nothing"),
        },
        ONCE,
        {"multipart/form-data": shapes.UploadInput, "application/json": shapes.CatalogueInput},
    ),
    ("GET", "imports/{run_id}/"): _get(shapes.ImportShape),
    ("GET", "categories/"): _get(
        shapes.CategoryPageShape,
        {
            **PAGING,
            **FIELDS,
            **SEARCH,
            "order": (OpenApiTypes.STR, "path, title or -title"),
            "parent": (OpenApiTypes.INT, "Right below this category"),
        },
    ),
    ("POST", "categories/"): Operation(
        {200: shapes.CategoryShape, 201: shapes.CategoryShape},
        headers=ONCE,
        body=shapes.CategoryPathInput,
    ),
    ("GET", "categories/tree/"): _get(shapes.CategoryTreeShape),
    ("GET", "categories/average-prices/"): _get(shapes.PricesPageShape, PAGING),
    ("GET", "categories/{reference}/"): _get(shapes.CategoryShape, FIELDS),
    ("GET", "categories/{reference}/average-price/"): _get(shapes.PricesShape),
    ("GET", "cart/"): Operation({200: shapes.CartShape}, headers=CART),
    ("POST", "cart/lines/"): Operation(
        {201: shapes.CartShape}, headers={**CART, **ONCE}, body=LineInput
    ),
    ("PATCH", "cart/lines/{line_id}/"): Operation(
        {200: shapes.CartShape}, headers=CART, body=QuantityInput
    ),
    ("DELETE", "cart/lines/{line_id}/"): Operation({200: shapes.CartShape}, headers=CART),
    ("GET", "orders/"): _get(
        shapes.OrderPageShape,
        {
            "limit": PAGING["limit"],
            "cursor": (OpenApiTypes.STR, "Follow the address in meta.next"),
        },
    ),
    ("POST", "orders/"): Operation(
        {201: shapes.OrderShape}, headers={**CART, **ONCE}, body=OrderInput
    ),
    ("GET", "orders/{order_id}/"): _get(shapes.OrderShape, TOKEN),
    ("POST", "orders/{order_id}/cancel/"): Operation(
        {200: shapes.OrderShape}, TOKEN, body=CancelInput
    ),
    ("GET", "orders/{order_id}/notifications/"): _get(shapes.MessagePageShape, TOKEN),
}

# Pages, images, documents: `fields` decides what an item holds, so it is an object.
_LIST = {
    "type": "object",
    "properties": {
        "meta": {"type": "object", "properties": {"total_count": {"type": "integer"}}},
        "items": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["meta", "items"],
}
WAGTAIL = {
    "": _get(_LIST, {**PAGING, **FIELDS, **SEARCH, **ORDER}),
    "{id}/": _get(OpenApiTypes.OBJECT, FIELDS),
    "find/": Operation({302: None}, {"id": (OpenApiTypes.INT, "Leads to the item of this id")}),
}
