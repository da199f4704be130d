"""Take the persons out of orders that the books need without a name from now on."""

from django.db import transaction

from shop.customers.models import User
from shop.customers.signals import Traces, person_leaves
from shop.orders import actions as orders
from shop.orders.models import Order
from shop.pricing.actions import forget_redeemers

AT_ONCE = 200
MOST_A_RUN = 5_000


def erase_orders_past_their_time() -> int:
    """Erase who bought from orders past the legal period; returns from how many. Safe to repeat."""
    erased = 0
    while erased < MOST_A_RUN:
        count = _erase_some()
        erased += count
        if count < AT_ONCE:
            break
    return erased


@transaction.atomic
def _erase_some() -> int:
    due = Order.objects.past_their_time().select_for_update(skip_locked=True, of=("self",))
    found = list(due.order_by("placed_at")[:AT_ONCE])
    if found:
        ids = tuple(order.pk for order in found)
        person_leaves.send(sender=User, traces=Traces(ids))
        forget_redeemers([order.number for order in found])
        orders.erase_persons(ids)
    return len(found)
