"""Shipments of orders, and what comes back."""

from shop.api.schema.operation import ID, ONCE, PAGING, TOKEN, Operation, Table, choice, reads
from shop.api.schema.shapes import shipments as shapes
from shop.api.schema.shapes.basics import page
from shop.api.shipments.input import (
    ReturnChangeInput,
    ReturnInput,
    ShipmentChangeInput,
    ShipmentInput,
)
from shop.fulfilment.models import Return, Shipment

OF_ORDER = {"order": (ID, "Of the order with this id")}
SHIPMENTS = {"status": (choice(Shipment.Status.values), "Only these")}
RETURNS = {"status": (choice(Return.Status.values), "Only these")}

OPERATIONS: Table = {
    ("GET", "shipments/"): reads(
        page(shapes.ShipmentShape), {**PAGING, **OF_ORDER, **SHIPMENTS, **TOKEN}
    ),
    ("POST", "shipments/"): Operation(
        {200: shapes.ShipmentShape, 201: shapes.ShipmentShape},
        headers=ONCE,
        body=ShipmentInput,
        public=False,
        errors={404, 409},
    ),
    ("GET", "shipments/{shipment_id}/"): reads(shapes.ShipmentShape, TOKEN),
    ("PATCH", "shipments/{shipment_id}/"): Operation(
        {200: shapes.ShipmentShape}, body=ShipmentChangeInput, public=False, errors={409}
    ),
    ("GET", "orders/{order_id}/shipments/"): reads(page(shapes.ShipmentShape), TOKEN),
    ("GET", "orders/{order_id}/returns/"): reads(page(shapes.ReturnShape), TOKEN),
    ("POST", "orders/{order_id}/returns/"): Operation(
        {201: shapes.ReturnShape}, TOKEN, headers=ONCE, body=ReturnInput, errors={409}
    ),
    ("GET", "returns/"): reads(page(shapes.ReturnShape), {**PAGING, **RETURNS}, public=False),
    ("PATCH", "returns/{return_id}/"): Operation(
        {200: shapes.ReturnShape}, body=ReturnChangeInput, public=False, errors={409}
    ),
}
