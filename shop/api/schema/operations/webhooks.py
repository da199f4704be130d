"""What staff tell the shop about webhooks."""

from typing import Any

from shop.api.schema.operation import ONCE, PAGING, Operation, Table, Words, choice, reads
from shop.api.schema.shapes import webhooks as shapes
from shop.api.schema.shapes.basics import page
from shop.api.webhooks.input import WebhookChangesInput, WebhookInput
from shop.webhooks.models import PING, Delivery, Event

CONFLICT = {409}
DELIVERIES: Words = {
    **PAGING,
    "status": (choice(Delivery.State.values), "Only those that stand there"),
    "event": (choice([*Event.values, PING]), "Only of this event"),
}
# Webhooks tell of orders: who changes them may read orders.
STAFF: dict[str, Any] = {"public": False, "also": ("orders:read",)}

OPERATIONS: Table = {
    ("GET", "webhooks/"): reads(page(shapes.WebhookShape), PAGING, public=False),
    ("POST", "webhooks/"): Operation(
        {201: shapes.WebhookWithSecretShape}, headers=ONCE, body=WebhookInput, **STAFF
    ),
    ("GET", "webhooks/{webhook_id}/"): reads(shapes.WebhookShape, public=False),
    ("PATCH", "webhooks/{webhook_id}/"): Operation(
        {200: shapes.WebhookShape}, body=WebhookChangesInput, **STAFF
    ),
    ("DELETE", "webhooks/{webhook_id}/"): Operation({204: None}, **STAFF),
    ("POST", "webhooks/{webhook_id}/secret/"): Operation(
        {200: shapes.WebhookWithSecretShape}, **STAFF
    ),
    ("POST", "webhooks/{webhook_id}/test/"): Operation(
        {202: shapes.DeliveryShape}, **STAFF, errors=CONFLICT
    ),
    ("GET", "webhooks/{webhook_id}/deliveries/"): reads(
        page(shapes.DeliveryShape), DELIVERIES, public=False
    ),
    ("GET", "webhooks/{webhook_id}/deliveries/{delivery_id}/"): reads(
        shapes.DeliveryShape, public=False
    ),
    ("POST", "webhooks/{webhook_id}/deliveries/{delivery_id}/replay/"): Operation(
        {202: shapes.DeliveryShape}, **STAFF, errors=CONFLICT
    ),
}
