"""Take the locks that moving parcels needs: stock by variant, then the order."""

from shop.fulfilment import actions as fulfilment
from shop.fulfilment.models import Shipment
from shop.inventory.promises import lock_promised, promised_units
from shop.orders import rules
from shop.orders.models import Order

# The order is taken on; parcels of one from before there were parcels are planned as they move.
TAKEN_ON = frozenset({rules.CONFIRMED, rules.PACKED})


def locked_shipments(*, order_id: int, stock: bool = False) -> tuple[Order, list[Shipment]]:
    """Lock an order, before it the stock of what it was promised if `stock` is to change.

    Returns it with those of its parcels that were not cancelled, by number. Units that are promised
    no longer are out of them then.
    """
    if stock:
        lock_promised(reference=Order.objects.values_list("number", flat=True).get(pk=order_id))
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.status in TAKEN_ON and not order.shipments.exists():
        _plan_all(order)
    if stock:
        fulfilment.leave_out(order=order, promised=promised_units(reference=order.number))
    shipments = Shipment.objects.with_lines().going().filter(order=order).order_by("number")
    return order, list(shipments)


def _plan_all(order: Order) -> None:
    planned = fulfilment.plan(order=order)
    if planned is not None and order.status == rules.PACKED:
        fulfilment.move(shipment=planned, target=rules.PACKED)


def locked_shipment(*, shipment_id: int, stock: bool = False) -> tuple[Order, Shipment]:
    """Lock the order of one parcel likewise; returns both."""
    order_id = Shipment.objects.values_list("order_id", flat=True).get(pk=shipment_id)
    order, _others = locked_shipments(order_id=order_id, stock=stock)
    shipment = Shipment.objects.with_lines().get(pk=shipment_id)
    shipment.order = order
    return order, shipment
