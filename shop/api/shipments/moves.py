"""From what a program wants a return to be, to the flow that makes it so."""

from typing import Any

from shop.flows.answer_return import answer_return
from shop.flows.receive_return import receive_return
from shop.flows.refund_return import refund_return
from shop.fulfilment import rules
from shop.fulfilment.models import Return


def change_return(asked: Return, wish: dict[str, Any], actor: str) -> None:
    """Take the next step of a return."""
    target = wish["status"]
    if target == rules.RECEIVED:
        lines = asked.lines.all() if wish["restock"] else ()
        restock = {line.order_line_id: line.quantity for line in lines}
        receive_return(return_id=asked.pk, restock=restock, actor=actor)
    elif target == rules.REFUNDED:
        refund_return(return_id=asked.pk, reference=wish["reference"], actor=actor)
    else:
        answer_return(
            return_id=asked.pk,
            accept=target == rules.ACCEPTED,
            answer=wish["answer"],
            actor=actor,
        )
