"""Products and categories as GraphQL says them. Every value comes from a mapping by its name."""

from __future__ import annotations

from datetime import datetime

import strawberry

from shop.api.graphql.categories import Node
from shop.api.graphql.context import Info, window
from shop.api.graphql.products import ProductOrder, products_by_category
from shop.api.graphql.scalars import Money

# Nested lists are shorter where no length is said.
DEFAULT_INSIDE = 10


@strawberry.type(description="A picture in the size that cards or product pages show.")
class Image:
    url: str
    alt: str
    width: int
    height: int


@strawberry.type(description="A name with its value: an option of a variant, a fact of a product.")
class Pair:
    name: str
    value: str


@strawberry.type(description="What is sold: a product in one choice of its options.")
class Variant:
    id: strawberry.ID
    sku: str
    options: list[Pair]
    price: Money
    sale_price: Money | None
    current_price: Money
    currency: str
    in_stock: bool
    available: int | None = strawberry.field(description="Units left; null where nobody counts.")
    weight: str | None = strawberry.field(description="In kg, with its packing.")
    stock_note: str = strawberry.field(description="What is left, in words.")


@strawberry.type(description="A product that is for sale.")
class Product:
    id: strawberry.ID
    name: str
    slug: str
    url: str
    first_published_at: datetime | None
    sku: str
    brand: str
    price: Money = strawberry.field(description="The list price.")
    sale_price: Money | None
    current_price: Money = strawberry.field(description="What it costs now, at least.")
    currency: str
    on_sale: bool
    in_stock: bool
    featured: bool
    categories: list[Category]
    image: Image | None
    description: str = strawberry.field(description="Rich text as HTML.")
    attributes: list[Pair]
    images: list[Image]
    variants: list[Variant]


@strawberry.type(description="A page of products with the length of the whole list.")
class ProductPage:
    total_count: int
    items: list[Product]


@strawberry.type(description="A category of the shop's tree.")
class Category:
    id: strawberry.ID
    title: str
    slug: str
    url: str | None
    path: list[str] = strawberry.field(description="The titles from the top down to this one.")
    depth: int | None = strawberry.field(description="1 at the top.")
    product_count: int
    parent: Category | None
    children: list[Category]
    average_price: Money | None = strawberry.field(
        description="What products here and below cost, each counted once."
    )
    min_price: Money | None
    max_price: Money | None

    @strawberry.field(description="Products of this category and all below it.")
    def products(
        node: strawberry.Parent[Node],
        info: Info,
        first: int = DEFAULT_INSIDE,
        offset: int = 0,
        order: ProductOrder = ProductOrder.FEATURED,
    ) -> list[Product]:
        limit, start = window(first, offset)
        group, asked = node.group, (order, limit, start)
        if asked not in group.answers:
            ids = [node["id"] for node in group.open] if limit else []
            group.answers[asked] = products_by_category(info.context, ids, order, limit, start)
        return group.answers[asked].get(node["id"], [])
