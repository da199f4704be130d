"""Tell a parcel's buyer, and other programs, that it left or arrived."""

from copy import copy
from typing import Any

from django.conf import settings

from shop.core.money import round_money
from shop.fulfilment import rules
from shop.fulfilment.models import Shipment
from shop.notifications.actions import announce
from shop.notifications.models import Event as Message
from shop.orders.models import Order, OrderLine
from shop.webhooks.actions.announce import announce_shipment
from shop.webhooks.models import Event

TOLD = {
    rules.SHIPPED: (Message.SHIPPED, Event.SHIPMENT_SHIPPED),
    rules.DELIVERED: (Message.DELIVERED, Event.SHIPMENT_DELIVERED),
}


def tell_of_shipment(order: Order, shipment: Shipment, *, of: int) -> None:
    """Announce that a parcel left or arrived, in the caller's transaction; `of` is how many are."""
    if shipment.status not in TOLD:
        return
    message, event = TOLD[shipment.status]
    announce(
        order=order,
        event=message,
        occasion=f"parcel:{shipment.number}",
        lines=in_parcel(shipment) if of > 1 else None,
        words={
            "parcel": "your order" if of == 1 else f"parcel {shipment.number} of your order",
            "tracking": tracking_words(shipment),
            "tracking_link": shipment.tracking_url
            or f"{settings.BASE_URL}{order.get_absolute_url()}",
        },
    )
    announce_shipment(event, order, shipment_id=shipment.pk, data=_data(shipment))


def _data(shipment: Shipment) -> dict[str, Any]:
    """Return what programs are told: nothing that leads to a person, so no tracking number."""
    return {
        "id": shipment.pk,
        "number": shipment.number,
        "status": shipment.status,
        "carrier": shipment.carrier_name,
        "items": [
            {"sku": line.order_line.sku, "name": line.order_line.name, "quantity": line.quantity}
            for line in shipment.lines.all()
        ],
    }


def tracking_words(shipment: Shipment) -> str:
    """Say who brings a parcel under which number; empty where nobody noted it."""
    who = f"By {shipment.carrier_name}" if shipment.carrier_name else ""
    number = f"number {shipment.tracking_number}" if shipment.tracking_number else ""
    said = ", ".join(filter(None, [who, number]))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def in_parcel(shipment: Shipment) -> list[OrderLine]:
    """Return the order's lines with as many units as are in a parcel; never to be saved."""
    lines = []
    for packed in shipment.lines.all():
        line = copy(packed.order_line)
        line.quantity = packed.quantity
        line.line_total = round_money(line.unit_price * packed.quantity)
        lines.append(line)
    return lines
