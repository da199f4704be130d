"""What the API does when something happens in the shop."""

from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from shop.api.idempotency import KEPT
from shop.api.models import IdempotencyRecord
from shop.core.clock import now
from shop.customers.signals import Traces, person_leaves
from shop.orders.models import Order


@receiver(person_leaves, dispatch_uid="first_answers_of_who_leaves")
def forget_first_answers(traces: Traces, **kwargs: Any) -> None:
    """A first answer holds name and phone; it goes with the person before its 24 hours are over."""
    theirs = Q(caller=f"user:{traces.user_id}") | Q(caller__startswith=f"user:{traces.user_id}:")
    fresh = Order.objects.filter(pk__in=traces.order_ids, placed_at__gte=now() - KEPT)
    for token in fresh.values_list("token", flat=True)[:100]:
        theirs |= Q(body__contains=token)
    IdempotencyRecord.objects.filter(theirs).delete()
