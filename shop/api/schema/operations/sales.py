"""Carts and orders."""

from shop.api.orders.input import CancelInput, LineInput, OrderInput, QuantityInput, VoucherInput
from shop.api.schema.operation import (
    CURSOR,
    ID,
    ONCE,
    SEARCH,
    TEXT,
    TOKEN,
    Operation,
    Table,
    Words,
    choice,
    reads,
)
from shop.api.schema.shapes import sales as shapes
from shop.api.schema.shapes.basics import page
from shop.api.schema.shapes.receipts import ReceiptShape
from shop.orders.models import Order

CONFLICT = {409}
FILTERS = {
    "status": (choice(Order.Status.values), "Only these"),
    "payment_status": (choice(Order.PaymentStatus.values), "Only these"),
    "placed_after": ({"type": "string", "format": "date-time"}, "Placed after this moment or day"),
}
PLACE = {"county": (TEXT, "Where it goes; what reaches every place if left out")}
CHOICES: Words = {
    "delivery_method": (TEXT, "By its code; the first that reaches the place if left out"),
    "pickup_point": (ID, "By its id; the method's first if left out"),
    "payment_method": (TEXT, "By its code; it says how the total is rounded"),
}

OPERATIONS: Table = {
    ("GET", "cart/"): reads(shapes.CartShape, cart=True),
    ("GET", "cart/delivery/"): reads(page(shapes.DeliveryWayShape), PLACE, cart=True),
    ("GET", "cart/quote/"): reads(shapes.QuoteShape, {**PLACE, **CHOICES}, cart=True),
    ("POST", "cart/voucher/"): Operation(
        {200: shapes.CartShape}, body=VoucherInput, cart=True, errors=CONFLICT
    ),
    ("DELETE", "cart/voucher/"): reads(shapes.CartShape, cart=True),
    ("POST", "cart/lines/"): Operation(
        {201: shapes.CartShape}, headers=ONCE, body=LineInput, cart=True, errors={404, 409}
    ),
    ("PATCH", "cart/lines/{line_id}/"): Operation(
        {200: shapes.CartShape}, body=QuantityInput, cart=True, errors=CONFLICT
    ),
    ("DELETE", "cart/lines/{line_id}/"): reads(shapes.CartShape, cart=True),
    ("GET", "orders/"): reads(shapes.OrderPageShape, {**CURSOR, **FILTERS, **SEARCH, **TOKEN}),
    ("POST", "orders/"): Operation(
        {201: shapes.OrderShape}, headers=ONCE, body=OrderInput, cart=True, errors=CONFLICT
    ),
    ("GET", "orders/{order_id}/"): reads(shapes.OrderShape, TOKEN),
    ("POST", "orders/{order_id}/cancel/"): Operation(
        {200: shapes.OrderShape}, TOKEN, body=CancelInput, errors=CONFLICT
    ),
    ("GET", "orders/{order_id}/notifications/"): reads(page(shapes.MessageShape), TOKEN),
    ("GET", "orders/{order_id}/receipt/"): reads(ReceiptShape, TOKEN),
}
