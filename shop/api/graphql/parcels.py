"""The parcels of orders as GraphQL says them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from shop.api.graphql.context import Context
from shop.api.shipments.answers import shipment_answer
from shop.fulfilment.queries import shipments_by_order
from shop.orders.models import Order as StoredOrder


@strawberry.type
class ShipmentLine:
    sku: str
    name: str
    options: str
    quantity: int


@strawberry.type(description="A parcel of an order.")
class Shipment:
    id: strawberry.ID
    number: int = strawberry.field(description="Which of its order's parcels it is.")
    status: str
    carrier: str
    tracking_number: str
    tracking_url: str = strawberry.field(description="Where to follow it; may be empty.")
    items: list[ShipmentLine]
    packed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None


def with_shipments(
    context: Context, orders: Sequence[StoredOrder], answers: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Add their parcels to orders as they are told, if anybody asks for any: two statements."""
    if "shipments" in context.names and orders:
        found = shipments_by_order([order.pk for order in orders])
        for order, answer in zip(orders, answers, strict=True):
            for shipment in found[order.pk]:
                shipment.order = order
            answer["shipments"] = [shipment_answer(shipment) for shipment in found[order.pk]]
            context.count(sum(1 + len(parcel["items"]) for parcel in answer["shipments"]))
    return answers
