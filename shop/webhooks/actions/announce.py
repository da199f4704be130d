"""Write what endpoints are to hear, in the transaction in which it happens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from shop.core.clock import now
from shop.core.memory import Remembered
from shop.core.queue import enqueue_after_commit
from shop.inventory.signals import Dip
from shop.orders.models import Order
from shop.webhooks.models import Delivery, Endpoint, Event
from shop.webhooks.queries import (
    envelope,
    order_data,
    parcel_order_data,
    product_data,
    published_since,
    stock_data,
)

DELIVER = "shop.webhooks.tasks.deliver_to"

# A change of a product within this time of its publishing is no second publishing: what was told
# is remembered for longer (rules.KEPT).
JUST_NOW = timedelta(days=1)


def _load(_key: str) -> dict[str, list[Endpoint]]:
    found: dict[str, list[Endpoint]] = {}
    for endpoint in Endpoint.objects.filter(active=True).only("events", "created_at"):
        for event in endpoint.events:
            found.setdefault(event, []).append(endpoint)
    return found


# Every order asks; what somebody changes is known to every process after one second.
listeners: Remembered[str, dict[str, list[Endpoint]]] = Remembered(_load, seconds=1)


def listening(event: str) -> list[Endpoint]:
    """Return who wants to hear of an event, with id and date alone: one read a second at most."""
    return listeners.get("").get(event, [])


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened. `occasion` names it; `about` is what people know it by."""

    occasion: str
    about: str
    data: dict[str, Any]


def announce(
    event: str, happenings: Iterable[Happening], endpoints: Iterable[Endpoint]
) -> list[Delivery]:
    """Write a delivery for each endpoint and happening, and queue one run an endpoint.

    In the caller's transaction. Nobody is told of the same occasion twice.
    """
    moment = now()
    endpoint_ids = [endpoint.pk for endpoint in endpoints]
    deliveries: list[Delivery] = []
    for happening in happenings:
        event_id = uuid4()
        payload = envelope(event_id=event_id, event=event, moment=moment, data=happening.data)
        deliveries += [
            Delivery(
                endpoint_id=endpoint_id,
                event=event,
                event_id=event_id,
                occasion=happening.occasion,
                about=happening.about[:120],
                payload=payload,
                next_attempt_at=moment,
                created_at=moment,
                updated_at=moment,
            )
            for endpoint_id in endpoint_ids
        ]
    if not deliveries:
        return []
    # Without a savepoint: inside a transaction this costs no statement of its own.
    with transaction.atomic(savepoint=False):
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True, batch_size=500)
        for endpoint_id in endpoint_ids:
            enqueue_after_commit(DELIVER, endpoint_id)
    return deliveries


def announce_order(order: Order, event: Event) -> None:
    """Tell of an order; costs nothing where nobody listens."""
    if endpoints := listening(event):
        verb = event.value.partition(".")[2]
        happening = Happening(f"order:{order.pk}:{verb}", order.number, order_data(order))
        announce(event, [happening], endpoints)


def announce_shipment(
    event: Event, order: Order, *, shipment_id: int, data: Mapping[str, Any]
) -> None:
    """Tell of a parcel of an order, with `data` about it; costs nothing where nobody listens."""
    if endpoints := listening(event):
        verb = event.value.partition(".")[2]
        told = {**data, "order": parcel_order_data(order)}
        happening = Happening(f"shipment:{shipment_id}:{verb}", order.number, told)
        announce(event, [happening], endpoints)


def announce_published(product_ids: Sequence[int]) -> None:
    """Tell of those of the products that have just been published."""
    endpoints = listening(Event.PRODUCT_PUBLISHED)
    if not endpoints:
        return
    earliest = now() - JUST_NOW
    happenings = {
        product: Happening(
            f"product:{product.pk}:{product.last_published_at:%Y%m%dT%H%M%S.%f}",
            product.name,
            product_data(product),
        )
        for product in published_since(product_ids, earliest)
    }
    for endpoint in endpoints:
        # Whoever came later does not hear of what was before.
        new = [
            happening
            for product, happening in happenings.items()
            if product.last_published_at >= endpoint.created_at
        ]
        announce(Event.PRODUCT_PUBLISHED, new, [endpoint])


def announce_dips(dips: Sequence[Dip]) -> None:
    """Tell of stock that fell to its line, each dip once."""
    if endpoints := listening(Event.STOCK_LOW):
        announce(
            Event.STOCK_LOW,
            [
                Happening(f"stock:movement:{dip.movement_id}", data["sku"], data)
                for dip, data in zip(dips, stock_data(dips), strict=True)
            ],
            endpoints,
        )
