"""What orders do when a customer leaves the shop."""

from typing import Any

from django.dispatch import receiver

from shop.customers.signals import Traces, person_leaves
from shop.orders.saved_views import forget_views_naming


@receiver(person_leaves, dispatch_uid="saved_views_that_name_a_person")
def forget_who_leaves(traces: Traces, **kwargs: Any) -> None:
    """A list that staff kept may be a search for somebody."""
    forget_views_naming(traces.words)
