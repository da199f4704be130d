"""Make webhooks directly, where a test is about what they are told."""

from typing import Any

from shop.core import clock
from shop.webhooks.models import Delivery, Endpoint, Event


def make_endpoint(url: str = "https://93.184.215.14/hooks", **fields: Any) -> Endpoint:
    """Register an endpoint that hears of everything."""
    return Endpoint.objects.create(**{"url": url, "events": Event.values, **fields})


def make_delivery(endpoint: Endpoint, occasion: str = "order:1:paid", **fields: Any) -> Delivery:
    """Write a delivery that is due."""
    return Delivery.objects.create(
        **{
            "endpoint": endpoint,
            "event": Event.ORDER_PAID,
            "occasion": occasion,
            "about": "482190375",
            "payload": '{"id":"1","type":"order.paid"}',
            "next_attempt_at": clock.now(),
            **fields,
        }
    )
