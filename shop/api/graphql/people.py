"""Customers as GraphQL says them, each only to themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from rest_framework.exceptions import NotAuthenticated

from shop.api.customers.answers import address_answer
from shop.api.graphql.catalogue import Product
from shop.api.graphql.context import Context, Info
from shop.api.graphql.products import chosen_products
from shop.customers.queries import addresses_of, wished_product_ids


@strawberry.type(description="A place of the address book.")
class Address:
    id: strawberry.ID
    label: str
    county: str
    area: str
    landmark: str
    is_default: bool


@strawberry.type(description="The customer who asks.")
class Customer:
    id: strawberry.ID
    first_name: str
    last_name: str
    email: str
    email_verified: bool
    phone: str | None
    phone_verified: bool
    joined_at: datetime

    @strawberry.field(description="The address book, the default first.")
    def addresses(self, info: Info) -> list[Address]:
        return list(map(address_answer, addresses_of(customer(info.context))))  # type: ignore[arg-type]

    @strawberry.field(description="Wished products that are for sale, the newest wish first.")
    def wishlist(self, info: Info) -> list[Product]:
        return wishes(info.context)


def customer(context: Context) -> Any:
    """Return who asks. Raises NotAuthenticated, or InsufficientScope for a token without it."""
    context.require("profile")
    if not context.request.user.is_authenticated:
        raise NotAuthenticated
    return context.request.user


def wishes(context: Context) -> Any:
    """Return the wished products of who asks."""
    return chosen_products(context, wished_product_ids(customer(context)))
