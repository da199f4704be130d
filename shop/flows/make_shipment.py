"""Put some of an order into a parcel of its own."""

from collections.abc import Mapping

from django.db import transaction

from shop.core.errors import Conflict
from shop.flows.confirm_order import confirm_order
from shop.flows.follow_shipments import follow_shipments
from shop.flows.lock_shipments import locked_shipments
from shop.fulfilment import actions as fulfilment
from shop.fulfilment.models import Shipment
from shop.orders import rules
from shop.orders.models import Order, OrderEvent


@transaction.atomic
def make_shipment(
    *, order_id: int, units: Mapping[int, int] | None = None, actor: str = ""
) -> Shipment:
    """Return a parcel with `units` (line of the order to quantity) that nobody packed yet.

    Without `units` it is all of them. An order that waits for the shop's yes is confirmed by this.
    Raises Conflict `not_enough_units` or `order_cancelled`.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.status == rules.PLACED:
        confirm_order(order_id=order_id, actor=actor)
    order, shipments = locked_shipments(order_id=order_id)
    if order.status == rules.CANCELLED:
        raise Conflict("order_cancelled", "This order was cancelled; nothing of it is sent.")
    before = {shipment.pk: _content(shipment) for shipment in shipments}
    target = fulfilment.take_out(order=order, wanted=units, actor=actor)
    made = Shipment.objects.with_lines().get(pk=target.pk)
    if before.get(made.pk) != _content(made):
        count = sum(_content(made).values())
        text = f"{made}: {count} {'unit' if count == 1 else 'units'}"
        OrderEvent.objects.create(order=order, kind="parcel_planned", text=text, actor=actor[:150])
    follow_shipments(order=order, moved=[], actor=actor, note="")
    return made


def _content(shipment: Shipment) -> dict[int, int]:
    return {line.order_line_id: line.quantity for line in shipment.lines.all()}
