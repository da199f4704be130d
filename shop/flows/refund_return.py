"""Give back the money of what came back."""

from django.db import transaction

from shop.flows.lock_returns import locked_return
from shop.flows.refund_order import RefundedLine, refund_order
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules
from shop.fulfilment.models import Return
from shop.orders.models import OrderEvent


@transaction.atomic
def refund_return(*, return_id: int, reference: str = "", actor: str = "") -> Return:
    """Refund the units of a return that arrived, once; where the money is then, the refund tells.

    With `reference` the money went back by hand before. Raises IllegalReturnMove, or what
    `refund_order` raises; nothing is written then.
    """
    order, asked = locked_return(return_id=return_id)
    fulfilment.move_return(asked=asked, target=rules.REFUNDED, actor=actor)
    OrderEvent.objects.create(
        order=order, kind="return_refunded", text=str(asked), actor=actor[:150]
    )
    refund_order(
        order_id=order.pk,
        lines=[RefundedLine(line.order_line_id, line.quantity) for line in asked.lines.all()],
        reason=str(asked),
        reference=reference,
        actor=actor,
        key=f"return:{asked.pk}",
    )
    return asked
