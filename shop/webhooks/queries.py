"""What is told: numbers, states and amounts. Nothing personal is written into a payload.

Who bought and where it goes stays with the shop: a receiver with the right to know asks the API
at `api_url`. So forgetting a person needs no search through what was sent.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from shop.catalog.models import Product, Variant
from shop.catalog.queries.addresses import absolute, product_address
from shop.core.money import currency, plain
from shop.inventory.signals import Dip
from shop.orders.models import Order, OrderLine


def envelope(*, event_id: UUID, event: str, moment: datetime, data: dict[str, Any]) -> str:
    """Return the body of a delivery."""
    return json.dumps(
        {"id": event_id, "type": event, "created_at": moment, "data": data},
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        separators=(",", ":"),
    )


def order_data(order: Order) -> dict[str, Any]:
    """Return an order without its buyer; its lines are read where nobody has them at hand."""
    lines: Sequence[OrderLine] = (
        order.agreed_lines if order.agreed_lines is not None else list(order.lines.order_by("pk"))
    )
    return {
        "id": order.pk,
        "number": order.number,
        "status": order.status,
        "payment_status": order.payment_status,
        "payment_method": order.payment_method,
        "delivery_method": order.delivery_method,
        "currency": order.currency,
        "items": [_line(line) for line in lines],
        "subtotal": _amount(order.subtotal),
        "discount": _amount(order.discount),
        "delivery_fee": _amount(order.delivery_fee),
        "tax": _amount(order.tax),
        "total": _amount(order.total),
        "placed_at": order.placed_at,
        "api_url": absolute(f"/api/v2/orders/{order.pk}/"),
    }


def parcel_order_data(order: Order) -> dict[str, Any]:
    """Return of a parcel's order what says which it is and how far."""
    return {
        "id": order.pk,
        "number": order.number,
        "status": order.status,
        "api_url": absolute(f"/api/v2/orders/{order.pk}/"),
    }


def _amount(amount: Decimal) -> str:
    # A field's default is a plain 0 until the order is read from the database.
    return plain(Decimal(amount))


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "product": line.product_id,
        "variant": line.variant_id,
        "sku": line.sku,
        "name": line.name,
        "options": line.options,
        "quantity": line.quantity,
        "unit_price": plain(line.unit_price),
        "line_total": plain(line.line_total),
        "tax": plain(line.tax),
    }


def published_since(product_ids: Iterable[int], moment: datetime) -> list[Product]:
    """Return those of the products that shoppers see and that were published since `moment`."""
    products = Product.objects.live().filter(pk__in=product_ids, last_published_at__gte=moment)
    return list(
        products.only(
            "name", "slug", "sku", "brand", "price", "sale_price",
            "first_published_at", "last_published_at",
        ).order_by("pk")
    )  # fmt: skip


def product_data(product: Product) -> dict[str, Any]:
    """Return a product as its list item begins in the API."""
    return {
        "id": product.pk,
        "name": product.name,
        "slug": product.slug,
        "sku": product.sku,
        "brand": product.brand,
        "price": plain(product.price),
        "sale_price": plain(product.sale_price) if product.sale_price is not None else None,
        "currency": currency(),
        "first_published_at": product.first_published_at,
        "last_published_at": product.last_published_at,
        "html_url": absolute(product_address(product.slug)),
        "api_url": absolute(f"/api/v2/products/{product.pk}/"),
    }


def stock_data(dips: Sequence[Dip]) -> list[dict[str, Any]]:
    """Return what is low, with the product it belongs to: one statement for all."""
    variants = {
        pk: (product_id, sku)
        for pk, product_id, sku in Variant.objects.filter(
            pk__in=[dip.variant_id for dip in dips]
        ).values_list("pk", "product_id", "sku")
    }
    found = []
    for dip in dips:
        product_id, sku = variants.get(dip.variant_id, (None, ""))
        found.append(
            {
                "variant": dip.variant_id,
                "product": product_id,
                "sku": sku,
                "available": dip.available,
                "low_stock_threshold": dip.threshold,
            }
        )
    return found
