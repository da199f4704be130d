"""Webhooks and their deliveries as the API says them."""

import json
from typing import Any

from shop.webhooks.models import Delivery, Endpoint


def webhook_answer(endpoint: Endpoint, *, with_secret: bool = False) -> dict[str, Any]:
    """Return a webhook; its secret only in the answer that makes it."""
    answer = {
        "id": endpoint.pk,
        "url": endpoint.url,
        "description": endpoint.description,
        "events": endpoint.events,
        "active": endpoint.active,
        "failing_since": endpoint.failing_since,
        "switched_off_because": endpoint.switched_off_because,
        "created_at": endpoint.created_at,
    }
    return {**answer, "secret": endpoint.secret} if with_secret else answer


def delivery_answer(delivery: Delivery) -> dict[str, Any]:
    """Return a delivery with what was sent and what came back."""
    return {
        "id": delivery.pk,
        "webhook": delivery.endpoint_id,
        "event": delivery.event,
        "event_id": str(delivery.event_id),
        "status": delivery.state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at,
        "delivered_at": delivery.delivered_at,
        "next_attempt_at": delivery.next_attempt_at if delivery.state == "due" else None,
        "response_status": delivery.response_status,
        "response_body": delivery.response_body,
        "duration_ms": delivery.duration_ms,
        "reason": delivery.reason,
        "payload": json.loads(delivery.payload),
    }
