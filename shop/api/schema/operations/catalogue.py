"""Products, categories, files of products."""

from shop.api.categories.views import ORDERS as TREE_ORDERS
from shop.api.products.input import ProductChangesInput, ProductInput
from shop.api.products.listing import ORDERS as SHELF_ORDERS
from shop.api.schema.operation import (
    AMOUNT,
    FIELDS,
    ID,
    NAME,
    ONCE,
    PAGING,
    PREVIEW,
    SEARCH,
    SWITCH,
    Operation,
    Table,
    Words,
    choice,
    reads,
)
from shop.api.schema.shapes import catalogue as shapes
from shop.api.schema.shapes.basics import page

SHELF: Words = {
    **PAGING,
    **FIELDS,
    **SEARCH,
    "order": (
        choice(SHELF_ORDERS),
        "How to sort; best matches or the shop's own order if left out",
    ),
    "category": (NAME, "Id or slug; what lies below is included"),
    "min_price": (AMOUNT, "Costs at least this now"),
    "max_price": (AMOUNT, "Costs at most this now"),
    "in_stock": (SWITCH, "Can be bought now"),
    "on_sale": (SWITCH, "Costs less than its list price"),
    "featured": (SWITCH, "Chosen by the shop"),
    "brand": (NAME, "Of this brand; may be repeated"),
    "option_<name>": (NAME, "Has a variant with this value, as in option_size=M"),
}
TREE: Words = {
    **PAGING,
    **FIELDS,
    **SEARCH,
    "order": (choice(TREE_ORDERS), "How to sort; by path if left out"),
    "parent": (ID, "Right below this category"),
}
SKU: Words = {"sku": ({"type": "string", "minLength": 1}, "Whatever its case")}
FILE: Words = {
    "wait": (SWITCH, "Answer the finished report of up to 1,000 rows"),
    "dry_run": (SWITCH, "Report what would be done, and do nothing"),
}

OPERATIONS: Table = {
    ("GET", "products/"): reads(page(shapes.ProductItemShape), SHELF),
    ("POST", "products/"): Operation(
        {201: shapes.WrittenProductShape}, headers=ONCE, body=ProductInput, public=False
    ),
    ("GET", "products/{product_id}/"): reads(
        shapes.ProductShape, {**FIELDS, **PREVIEW}, errors={403}, tagged=True
    ),
    ("PATCH", "products/{product_id}/"): Operation(
        {200: shapes.WrittenProductShape}, body=ProductChangesInput, public=False
    ),
    ("GET", "products/find/"): reads(shapes.ProductShape, {**SKU, **FIELDS}, errors={404}),
    ("POST", "products/upload/"): Operation(
        {200: shapes.ImportShape, 202: shapes.QueuedShape},
        FILE,
        ONCE,
        {"multipart/form-data": shapes.UploadInput, "application/json": shapes.CatalogueInput},
        public=False,
    ),
    ("GET", "imports/{run_id}/"): reads(shapes.ImportShape, public=False),
    ("POST", "imports/{run_id}/undo/"): Operation(
        {200: shapes.ImportShape, 202: shapes.ImportShape},
        {"wait": (SWITCH, "Answer after an undoing of up to 1,000 changes")},
        ONCE,
        errors={409},
        public=False,
    ),
    ("GET", "categories/"): reads(page(shapes.CategoryShape), TREE),
    ("POST", "categories/"): Operation(
        {200: shapes.CategoryShape, 201: shapes.CategoryShape},
        headers=ONCE,
        body=shapes.CategoryPathInput,
        public=False,
    ),
    ("GET", "categories/tree/"): reads(page(shapes.CategoryNodeShape)),
    ("GET", "categories/average-prices/"): reads(page(shapes.PricesShape), PAGING),
    ("GET", "categories/{reference}/"): reads(shapes.CategoryShape, FIELDS),
    ("GET", "categories/{reference}/average-price/"): reads(shapes.PricesShape),
}
