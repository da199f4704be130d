"""What payments do when something happens to a customer."""

from typing import Any

from django.dispatch import receiver

from shop.customers.signals import Traces, person_leaves
from shop.payments.actions.forget import forget_payers


@receiver(person_leaves, dispatch_uid="payers_who_leave")
def forget_who_leaves(traces: Traces, **kwargs: Any) -> None:
    """The books keep sums and receipts, not whose phone it was."""
    forget_payers(order_ids=traces.order_ids, phones=traces.words)
