"""Shipments and returns as the API says them."""

from typing import Any

from shop.catalog.queries.addresses import absolute
from shop.fulfilment.models import Return, Shipment
from shop.orders.models import Order, OrderLine


def shipment_answer(shipment: Shipment) -> dict[str, Any]:
    """Return a parcel, its order and its lines at hand."""
    return {
        "id": shipment.pk,
        "order": _order(shipment.order),
        "number": shipment.number,
        "status": shipment.status,
        "carrier": shipment.carrier_name,
        "tracking_number": shipment.tracking_number,
        "tracking_url": shipment.tracking_url,
        "items": [
            {**_line(line.order_line), "quantity": line.quantity} for line in shipment.lines.all()
        ],
        "created_at": shipment.created_at,
        "packed_at": shipment.packed_at,
        "shipped_at": shipment.shipped_at,
        "delivered_at": shipment.delivered_at,
    }


def return_answer(asked: Return) -> dict[str, Any]:
    """Return a return, its order and its lines at hand."""
    return {
        "id": asked.pk,
        "order": _order(asked.order),
        "number": asked.number,
        "status": asked.status,
        "reason": asked.reason,
        "note": asked.words,
        "answer": asked.answer,
        "items": [
            {
                **_line(line.order_line),
                "quantity": line.quantity,
                "restocked": line.restocked,
            }
            for line in asked.lines.all()
        ],
        "asked_at": asked.asked_at,
        "decided_at": asked.decided_at,
        "received_at": asked.received_at,
        "refunded_at": asked.refunded_at,
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "id": order.pk,
        "number": order.number,
        "status": order.status,
        "detail_url": absolute(f"/api/v2/orders/{order.pk}/"),
    }


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "product": line.product_id,
        "variant": line.variant_id,
        "sku": line.sku,
        "name": line.name,
        "options": line.options,
    }
