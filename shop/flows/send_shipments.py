"""Send parcels off, whether they are all of an order or one of it."""

from collections import Counter
from collections.abc import Sequence

from shop.flows.follow_shipments import follow_shipments
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules
from shop.fulfilment.models import Shipment
from shop.inventory import promises
from shop.orders.models import Order


def send_shipments(
    *,
    order: Order,
    shipments: Sequence[Shipment],
    actor: str,
    note: str,
    carrier: str,
    tracking_number: str,
) -> Order:
    """Take the parcels' units off the shelf and move parcels and order on.

    Stock and order are locked by the caller. Raises IllegalShipmentMove.
    """
    units: Counter[int] = Counter()
    for shipment in shipments:
        if carrier.strip() or tracking_number.strip():
            fulfilment.dispatch(
                shipment=shipment,
                carrier=carrier or shipment.carrier_name,
                tracking_number=tracking_number or shipment.tracking_number,
            )
        fulfilment.move(shipment=shipment, target=rules.SHIPPED, actor=actor)
        for line in shipment.lines.all():
            units[line.order_line.variant_id] += line.quantity
    promises.ship(
        reference=order.number,
        units=units,
        reason=", ".join(str(shipment) for shipment in shipments),
        actor=actor,
    )
    return follow_shipments(order=order, moved=shipments, actor=actor, note=note)
