"""Pick up what a crash, a lost queue or a pause left lying."""

from datetime import timedelta

from django.db import transaction
from django_q.tasks import queue_size

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.notifications import rules
from shop.notifications.actions.announce import DELIVER
from shop.notifications.models import Message

# A new message has its own place in the queue; only after this long is it taken for lost.
QUEUE_GRACE = timedelta(minutes=1)
ORDERS_A_SWEEP = 500
# With more than this waiting, the queue is behind rather than empty-handed: adding helps nobody.
FULL_QUEUE = 200

LEFT_BEHIND = (
    "The worker stopped while sending. It may have been sent: ask the provider or the person"
    " before sending it again."
)
STOPPED_BEFORE = "The worker stopped before it was handed over."


def sweep() -> None:
    """Free what dead workers hold, then queue everything whose time has come. Safe to run twice."""
    _free_abandoned()
    _queue_due()


def _free_abandoned() -> None:
    moment = now()
    abandoned = Message.objects.filter(state=Message.State.SENDING, next_attempt_at__lte=moment)
    abandoned.filter(handed_over_at__isnull=False).update(
        state=Message.State.UNKNOWN, next_attempt_at=None, reason=LEFT_BEHIND, updated_at=moment
    )
    # What kills its worker every time must not do so for ever.
    abandoned.filter(handed_over_at=None, attempts__gte=rules.MAX_ATTEMPTS).update(
        state=Message.State.FAILED, next_attempt_at=None, reason=STOPPED_BEFORE, updated_at=moment
    )
    abandoned.filter(handed_over_at=None).update(
        state=Message.State.DUE, next_attempt_at=moment, reason=STOPPED_BEFORE, updated_at=moment
    )


def _queue_due() -> None:
    if queue_size() > FULL_QUEUE:
        return
    moment = now()
    due = Message.objects.filter(state=Message.State.DUE, next_attempt_at__lte=moment)
    # A first try waits in the queue already; a retry waits for nobody but this.
    mine = due.exclude(attempts=0, next_attempt_at__gt=moment - QUEUE_GRACE)
    orders = mine.order_by("next_attempt_at").values_list("order_id", flat=True)
    with transaction.atomic():
        for order_id in dict.fromkeys(orders[:ORDERS_A_SWEEP]):
            enqueue_after_commit(DELIVER, order_id)
