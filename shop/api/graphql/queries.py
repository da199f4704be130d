"""Everything that can be read."""

from __future__ import annotations

from inspect import signature
from typing import Any

import strawberry
from django.http import QueryDict
from rest_framework.exceptions import NotAuthenticated

from shop.api.customers.answers import profile_answer
from shop.api.graphql.catalogue import Category, Product, ProductPage
from shop.api.graphql.categories import listed_categories, one_category
from shop.api.graphql.context import DEFAULT_FIRST, MOST_FIRST, Info, number, window
from shop.api.graphql.parcels import with_shipments
from shop.api.graphql.people import Customer, customer
from shop.api.graphql.products import ProductOrder, listed_products, one_product
from shop.api.graphql.receipts import Receipt, receipt_of
from shop.api.graphql.sales import Cart, DeliveryOption, Order, Quote
from shop.api.graphql.scalars import Money
from shop.api.orders.access import order_for, unknown_order, visible_orders
from shop.api.orders.answers import order_answers
from shop.api.orders.carts import current_cart, shown_cart
from shop.api.orders.delivery import delivery_answers
from shop.api.orders.quoting import quote_answer
from shop.api.permissions import sees_all_orders
from shop.cart.queries import cart_contents
from shop.catalog.queries.listing_query import OPTION_PREFIX
from shop.orders.models import Order as StoredOrder
from shop.pricing.queries import Goods


@strawberry.input(description="Values of one option, any of which will do: Size S or M.")
class OptionFilter:
    name: str
    values: list[str]


def _product_page(
    info: Info,
    first: int = DEFAULT_FIRST,
    offset: int = 0,
    order: ProductOrder = ProductOrder.FEATURED,
    search: str | None = None,
    category: strawberry.ID | None = None,
    min_price: Money | None = None,
    max_price: Money | None = None,
    in_stock: bool | None = None,
    on_sale: bool | None = None,
    featured: bool | None = None,
    brand: list[str] | None = None,
    options: list[OptionFilter] | None = None,
) -> Any:
    words = QueryDict(mutable=True)
    for word, value in (
        ("order", order.value),
        ("search", search),
        ("category", category),
        ("min_price", min_price),
        ("max_price", max_price),
    ):
        if value is not None:
            words[word] = str(value)
    for word, switch in (("in_stock", in_stock), ("on_sale", on_sale), ("featured", featured)):
        if switch is not None:
            words[word] = "true" if switch else "false"
    if brand:
        words.setlist("brand", brand)
    for option in options or ():
        words.setlist(f"{OPTION_PREFIX}{option.name}", option.values)
    return listed_products(info.context, words, first, offset)


def _products(**asked: Any) -> Any:
    return _product_page(**asked)["items"]


# The same arguments lead to the list itself and to the list with its length.
_products.__signature__ = signature(_product_page)  # type: ignore[attr-defined]
_products.__annotations__ = _product_page.__annotations__


@strawberry.type
class Query:
    """What anybody may read, and what people may read of their own.

    Each field may be null: what is refused leaves the others their answers.
    """

    products: list[Product] | None = strawberry.field(
        resolver=_products,
        graphql_type=list[Product] | None,
        description="Products that are for sale.",
    )
    product_page: ProductPage | None = strawberry.field(
        resolver=_product_page,
        graphql_type=ProductPage | None,
        description="The same list with its whole length.",
    )

    @strawberry.field(description="One product by id, slug or SKU (its own or a variant's).")
    def product(
        self,
        info: Info,
        id: strawberry.ID | None = None,
        slug: str | None = None,
        sku: str | None = None,
    ) -> Product | None:
        return one_product(info.context, id, slug, sku)  # type: ignore[return-value]

    @strawberry.field(description="Categories, parents before their children.")
    def categories(
        self,
        info: Info,
        first: int = MOST_FIRST,
        offset: int = 0,
        parent: strawberry.ID | None = None,
        depth: int | None = None,
        search: str | None = None,
    ) -> list[Category] | None:
        limit, start = window(first, offset)
        return listed_categories(  # type: ignore[return-value]
            info.context, parent=parent, depth=depth, search=search, limit=limit, offset=start
        )

    @strawberry.field(description="One category by id or slug.")
    def category(
        self, info: Info, id: strawberry.ID | None = None, slug: str | None = None
    ) -> Category | None:
        return one_category(info.context, str(id or slug or ""))  # type: ignore[return-value]

    @strawberry.field(description="Own orders, staff everybody's, the newest first.")
    def orders(self, info: Info, first: int = DEFAULT_FIRST, offset: int = 0) -> list[Order] | None:
        context = info.context
        context.require("orders:read")
        user = context.request.user
        if not user.is_authenticated:
            raise NotAuthenticated
        limit, start = window(first, offset)
        return _told(info, list(visible_orders(user).order_by("-pk")[start : start + limit]))

    @strawberry.field(description="One's own order; a guest names the token instead or as well.")
    def order(self, info: Info, id: strawberry.ID | None = None, token: str = "") -> Order | None:
        return _told(info, [_readable_order(info, id, token)])[0]

    @strawberry.field(description="The receipt of an order that one may read, as it was issued.")
    def receipt(
        self, info: Info, id: strawberry.ID | None = None, token: str = ""
    ) -> Receipt | None:
        order = _readable_order(info, id, token)
        return receipt_of(info.context, order)

    @strawberry.field(description="The cart of who asks, by login, session or X-Cart-Token.")
    def cart(self, info: Info) -> Cart | None:
        return shown_cart(info.context.request)  # type: ignore[return-value]

    @strawberry.field(description="The ways of delivery that reach a county, for this cart.")
    def delivery_options(self, info: Info, county: str = "") -> list[DeliveryOption] | None:
        cart = current_cart(info.context.request)
        goods = cart_contents(cart).goods if cart else Goods()
        return delivery_answers(goods, county)  # type: ignore[return-value]

    @strawberry.field(description="What the cart costs, delivered, with each step that led to it.")
    def quote(
        self,
        info: Info,
        county: str = "",
        delivery_method: str = "",
        pickup_point: strawberry.ID | None = None,
        payment_method: str = "",
    ) -> Quote | None:
        return quote_answer(  # type: ignore[return-value]
            current_cart(info.context.request),
            county=county,
            delivery_method=delivery_method,
            pickup_point=str(pickup_point or ""),
            payment_method=payment_method,
        )

    @strawberry.field(description="The customer who asks.")
    def me(self, info: Info) -> Customer | None:
        return profile_answer(customer(info.context))  # type: ignore[return-value]


def _readable_order(info: Info, id: strawberry.ID | None, token: str) -> StoredOrder:
    """Return an order that who asks may read: by its token alone, or by number."""
    context = info.context
    context.require("orders:read")
    if id is not None:
        user = context.request.user
        pk = number(id, unknown_order())
        return order_for(user, pk, token=token, staff=sees_all_orders(user))
    held = StoredOrder.objects.filter(token=token).first() if token else None
    if held is None:
        raise unknown_order()
    return held


def _told(info: Info, orders: list[StoredOrder]) -> Any:
    answers = with_shipments(info.context, orders, order_answers(orders))
    info.context.count(len(answers) + sum(len(answer["items"]) for answer in answers))
    return answers
