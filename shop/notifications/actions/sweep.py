"""Pick up what a crash, a lost queue or a pause left lying."""

from datetime import timedelta

from django.db import transaction
from django_q.tasks import queue_size

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.notifications import rules
from shop.notifications.actions.announce import queue_delivery
from shop.notifications.actions.broadcast import queue_broadcasts
from shop.notifications.actions.reports import APPLY
from shop.notifications.models import CarrierReport, Message
from shop.notifications.rules.reports import STRAY_REPORTS_KEPT

# A new message has its own place in the queue; only after this long is it taken for lost.
QUEUE_GRACE = timedelta(minutes=1)
REPORT_GRACE = timedelta(seconds=20)
MESSAGES_A_SWEEP = 1_000
# With more than this waiting, the queue is behind rather than empty-handed: adding helps nobody.
FULL_QUEUE = 200

LEFT_BEHIND = (
    "The worker stopped while sending. It may have been sent: ask the provider or the person"
    " before sending it again."
)
STOPPED_BEFORE = "The worker stopped before it was handed over."
TOO_LATE = "It would have come too late to be of use."
# That a code was sent is worth knowing for as long as somebody may ask where it stayed.
CODES_KEPT = timedelta(days=7)


def sweep() -> None:
    """Free what dead workers hold, end what is too late, queue whose time has come.

    Safe to run twice.
    """
    _free_abandoned()
    _end_what_is_too_late()
    _queue_due()
    _queue_reports()
    queue_broadcasts()


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


def _end_what_is_too_late() -> None:
    """Send no old code, and leave no words of one, also where a worker died over it."""
    moment = now()
    late = Message.objects.filter(expires_at__lte=moment)
    late.filter(state=Message.State.DUE).update(
        state=Message.State.EXPIRED, next_attempt_at=None, reason=TOO_LATE, updated_at=moment
    )
    late.exclude(body="").exclude(state=Message.State.SENDING).update(subject="", body="")
    Message.objects.filter(expires_at__lte=moment - CODES_KEPT).delete()


def _queue_due() -> None:
    if queue_size() > FULL_QUEUE:
        return
    moment = now()
    due = Message.objects.filter(state=Message.State.DUE, next_attempt_at__lte=moment)
    # A first try waits in the queue already; a retry waits for nobody but this. Those of a
    # broadcast go out slice by slice, behind all others.
    mine = due.filter(broadcast=None).exclude(attempts=0, next_attempt_at__gt=moment - QUEUE_GRACE)
    found = mine.order_by("next_attempt_at").values_list("order_id", "pk")[:MESSAGES_A_SWEEP]
    one_an_order = {order_id or -pk: (order_id, pk) for order_id, pk in found}
    with transaction.atomic():
        for order_id, pk in one_an_order.values():
            queue_delivery(order_id, pk)


def _queue_reports() -> None:
    """Queue reports that wait for their message, or that the queue lost; let go of strays."""
    moment = now()
    waiting = CarrierReport.objects.filter(
        state=CarrierReport.State.NEW, received_at__lte=moment - REPORT_GRACE
    )
    found = list(waiting.order_by("received_at").values_list("pk", flat=True)[:MESSAGES_A_SWEEP])
    with transaction.atomic():
        for pk in found:
            enqueue_after_commit(APPLY, pk)
    strays = CarrierReport.objects.filter(message=None)
    strays.filter(received_at__lte=moment - STRAY_REPORTS_KEPT).delete()
