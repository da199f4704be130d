"""What fulfilment does when a person leaves the shop."""

from typing import Any

from django.dispatch import receiver

from shop.customers.signals import Traces, person_leaves
from shop.fulfilment.actions.forget import forget_words


@receiver(person_leaves, dispatch_uid="shipments_of_who_leaves")
def forget_who_leaves(traces: Traces, **kwargs: Any) -> None:
    """What was written about a return goes with the person."""
    forget_words(order_ids=traces.order_ids)
