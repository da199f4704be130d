"""What did not get through."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from shop.notifications.models import Message


def failed_messages() -> QuerySet[Message]:
    """Return the messages that nobody got, or perhaps nobody got: a person has to look at them."""
    return Message.objects.filter(
        state__in=[Message.State.FAILED, Message.State.UNKNOWN], expires_at=None
    )


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason, and how many messages failed for it on one channel."""

    channel: str
    reason: str
    count: int


def failures_by_reason() -> list[Failure]:
    """Return why messages failed for certain, the commonest reason first: one statement."""
    failed = Message.objects.filter(state=Message.State.FAILED, expires_at=None)
    rows = failed.order_by().values_list("channel", "reason").annotate(number=Count("pk"))
    return [Failure(*row) for row in rows.order_by("-number", "reason")]
