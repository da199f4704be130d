"""Ask to give something of an order back."""

from collections.abc import Mapping

from django.db import transaction

from shop.core.errors import ShopError
from shop.flows.tell_of_return import tell_of_return
from shop.fulfilment import actions as fulfilment
from shop.fulfilment.models import Return
from shop.orders.models import Order


@transaction.atomic
def ask_for_return(
    *,
    order_id: int,
    units: Mapping[int, int],
    reason: str = Return.Reason.OTHER,
    words: str = "",
    actor: str = "",
    key: str | None = None,
) -> Return:
    """Write down which units (line of the order to quantity) shall come back, and tell the shop.

    The same `key` finds the return that it made before. Raises Conflict `nothing_to_return` where
    more is named than has left and is not coming back already, or ShopError `nothing_chosen` or
    `unknown_reason`.
    """
    if reason not in Return.Reason.values:
        raise ShopError("unknown_reason", "Choose one of the reasons.", field="reason")
    order = Order.objects.select_for_update().get(pk=order_id)
    made = Return.objects.with_lines().filter(key=key).first() if key else None
    if made is not None:
        return made
    asked = fulfilment.ask(
        order=order, wanted=units, reason=reason, words=words, actor=actor, key=key
    )
    asked = Return.objects.with_lines().get(pk=asked.pk)
    tell_of_return(order, asked, actor=actor)
    return asked
