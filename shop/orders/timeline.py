"""What happened to an order since somebody looked at it."""

from shop.core.errors import Conflict
from shop.orders.models import Order, OrderEvent


class OrderChanged(Conflict):
    """Somebody else did something to the order; `details` has one entry a step, who and what."""

    def __init__(self, events: list[OrderEvent]) -> None:
        details = [
            {
                "kind": event.kind,
                "text": event.text,
                "actor": event.actor,
                "at": event.created_at.isoformat(),
            }
            for event in events
        ]
        super().__init__(
            "order_changed",
            "Somebody else worked on this order while you did. Nothing of yours was saved: look at"
            " what changed, then save again.",
            details=details,
        )
        self.events = events


def last_step(order_id: int) -> int:
    """Return the version of an order that a form is made from: its latest step, 0 for none."""
    latest = OrderEvent.objects.filter(order=order_id).order_by("-pk")
    return latest.values_list("pk", flat=True).first() or 0


def steps_since(order_id: int, seen: int) -> list[OrderEvent]:
    """Return what happened after a version of an order, in the order of time."""
    return list(OrderEvent.objects.filter(order=order_id, pk__gt=seen).order_by("pk"))


def require_unchanged(order: Order, seen: int | None) -> None:
    """Refuse what was decided by looking at an older version; the caller holds the order.

    Raises OrderChanged. Without a version nobody looked.
    """
    newer = [] if seen is None else steps_since(order.pk, seen)
    if newer:
        raise OrderChanged(newer)
