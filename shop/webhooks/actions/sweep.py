"""Pick up what a crash, a lost queue or a pause left lying, and forget what is old."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django_q.tasks import queue_size

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.webhooks import rules
from shop.webhooks.actions.announce import DELIVER
from shop.webhooks.models import Delivery, Endpoint

STOPPED = "The worker stopped while sending; the receiver may have it already."
# With more than this waiting, the queue is behind rather than empty-handed: adding helps nobody.
FULL_QUEUE = 200


def sweep() -> None:
    """Free what dead workers hold, then queue every endpoint with something due."""
    _free_abandoned()
    if queue_size() > FULL_QUEUE:
        return
    moment = now()
    due = Delivery.objects.filter(
        endpoint=OuterRef("pk"), state=Delivery.State.DUE, next_attempt_at__lte=moment
    )
    free = Endpoint.objects.callable_at(moment).filter(Exists(due))
    with transaction.atomic():
        for endpoint_id in free.values_list("pk", flat=True):
            enqueue_after_commit(DELIVER, endpoint_id)


def _free_abandoned() -> None:
    moment = now()
    abandoned = Delivery.objects.filter(state=Delivery.State.SENDING, next_attempt_at__lte=moment)
    # What kills its worker every time must not do so for ever.
    abandoned.filter(attempts__gte=rules.MAX_ATTEMPTS).update(
        state=Delivery.State.FAILED, next_attempt_at=None, reason=STOPPED, updated_at=moment
    )
    abandoned.update(
        state=Delivery.State.DUE, next_attempt_at=moment, reason=STOPPED, updated_at=moment
    )


def forget_old() -> int:
    """Delete deliveries past their time, and those of endpoints that are gone; return how many."""
    gone = ~Exists(Endpoint.objects.filter(pk=OuterRef("endpoint_id")))
    old = Q(created_at__lt=now() - rules.KEPT)
    return Delivery.objects.filter(old | gone).delete()[0]
