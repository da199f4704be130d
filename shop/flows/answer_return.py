"""Say yes or no to a return that somebody asked for."""

from django.db import transaction

from shop.flows.lock_returns import locked_return
from shop.flows.tell_of_return import tell_of_return
from shop.fulfilment import actions as fulfilment
from shop.fulfilment import rules
from shop.fulfilment.models import Return


@transaction.atomic
def answer_return(*, return_id: int, accept: bool, answer: str = "", actor: str = "") -> Return:
    """Accept or refuse a return and tell its buyer. Raises IllegalReturnMove."""
    order, asked = locked_return(return_id=return_id)
    target = rules.ACCEPTED if accept else rules.REFUSED
    fulfilment.move_return(asked=asked, target=target, answer=answer, actor=actor)
    tell_of_return(order, asked, actor=actor)
    return asked
