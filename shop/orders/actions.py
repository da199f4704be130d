"""Write orders and move them along."""

from typing import Any

from django.db import transaction

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.core.money import currency
from shop.orders import rules
from shop.orders.models import Order, OrderEvent, OrderLine
from shop.pricing.rules import Quote


class IllegalMove(Conflict):
    """The order is past the point where this could be done."""

    def __init__(self, order: Order, target: str) -> None:
        wanted = Order.Status(target).label.lower()
        super().__init__(
            "illegal_move",
            f"The order is {order.get_status_display().lower()} and cannot become {wanted}.",
            field="status",
        )


def create(*, quote: Quote, fields: dict[str, Any]) -> Order:
    """Write an order with its lines as quoted; runs in the caller's transaction."""
    order = Order(
        **fields,
        delivery_method=quote.delivery.code if quote.delivery else "",
        delivery_name=quote.delivery.name if quote.delivery else "",
        currency=currency(),
        subtotal=quote.subtotal,
        discount=quote.discount,
        delivery_fee=quote.delivery_fee,
        tax=quote.tax,
        total=quote.total,
        placed_at=now(),
    )
    order.agreed_lines = [
        OrderLine(
            product_id=line.product_id,
            variant_id=line.variant_id,
            sku=line.sku,
            name=line.name,
            options=line.options[:300],
            quantity=line.quantity,
            unit_price=line.unit_price,
            line_total=line.total,
            tax_class=line.tax_class,
            tax_percent=line.tax_percent,
            tax=line.tax,
        )
        for line in quote.lines
    ]
    order.save(force_insert=True)
    for line in order.agreed_lines:
        line.order = order
    OrderLine.objects.bulk_create(order.agreed_lines)
    return order


@transaction.atomic
def move(*, order_id: int, target: str, actor: str = "", note: str = "") -> Order:
    """Move an order to another status and note it in the timeline.

    Raises IllegalMove where `rules.MOVES` knows no such move.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if not rules.may_move(order.status, target):
        raise IllegalMove(order, target)
    order.previous_status, order.status = order.status, target
    OrderEvent.objects.create(order=order, kind=target, text=note[:300], actor=actor[:150])
    order.save(update_fields=["status", "updated_at"])
    return order


@transaction.atomic
def set_payment_status(*, order_id: int, status: str, actor: str = "", note: str = "") -> Order:
    """Note that an order was paid or refunded, and say so in the timeline."""
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.payment_status != status:
        order.payment_status = status
        OrderEvent.objects.create(order=order, kind=status, text=note[:300], actor=actor[:150])
        order.save(update_fields=["payment_status", "updated_at"])
    return order
