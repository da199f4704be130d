"""Keep with an order what went back of its price, so that figures tell what was earned."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import F

from shop.orders.models import Order, OrderLine


def note_repaid(
    *, order_id: int, refunded: Decimal, lines: Mapping[int, tuple[int, Decimal]]
) -> None:
    """Set what went back of an order in all, and add units and money of lines (by their ids).

    Runs in the transaction that ends a refund, with the order locked.
    """
    Order.objects.filter(pk=order_id).update(refunded=refunded)
    for line_id, (units, amount) in sorted(lines.items()):
        OrderLine.objects.filter(pk=line_id, order_id=order_id).update(
            refunded_units=F("refunded_units") + units, refunded=F("refunded") + amount
        )
