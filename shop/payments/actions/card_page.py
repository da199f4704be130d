"""Have the pages made on which cards are charged."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.payments import rules
from shop.payments.actions.prompt import QUEUE_GRACE, Claim, still_wanted
from shop.payments.gateways.answer import ACCEPTED, RETRY
from shop.payments.gateways.stripe_card import CODE, OPEN_PAGE, StripeCard
from shop.payments.models import Payment

logger = logging.getLogger(__name__)

State = Payment.State
PAGES_A_SWEEP = 200


def open_card_page(*, payment_id: int) -> None:
    """Have a page made if that is due; whoever claims the payment first does it.

    The provider knows a repeated wish by its key: a worker that died at any point is repeated.
    """
    moment = now()
    lease = moment + rules.LEASE
    with transaction.atomic(durable=True):
        taken = (
            _due()
            .filter(pk=payment_id, next_try_at__lte=moment)
            .update(attempts=F("attempts") + 1, next_try_at=lease, updated_at=moment)
        )
    if not taken:
        return
    claim = Claim(payment_id, lease)
    payment = Payment.objects.select_related("order").get(pk=payment_id)
    order = payment.order
    if not still_wanted(order):
        claim.update(state=State.CANCELLED, next_try_at=None)
        return
    path = order.get_absolute_url() if order else "/"
    answer = StripeCard().open_page(
        payment,
        name=f"Order {order.readable_number}" if order else f"Payment {payment.pk}",
        back=f"{settings.BASE_URL}{path}",
    )
    moment = now()
    if answer.kind == ACCEPTED:
        data = answer.data or {}
        claim.update(
            provider_id=str(data.get("id"))[:80],
            pay_url=str(data.get("url"))[:2000],
            asked_at=moment,
            next_query_at=moment + rules.FIRST_QUERY,
            next_try_at=None,
            reason="",
        )
        return
    pause = rules.pause_before_retry(payment.attempts) if answer.kind == RETRY else None
    logger.warning("Payment %s: no page for the card: %s", payment_id, answer.reason)
    if pause is not None:
        claim.update(next_try_at=moment + pause)
    else:
        claim.update(**_failed())


def sweep_card_pages() -> None:
    """Pick up pages that were not made. Safe to run twice."""
    moment = now()
    open_ones = Payment.objects.filter(
        method=CODE, state=State.PENDING, asked_at=None, next_try_at__lte=moment
    )
    open_ones.filter(attempts__gte=rules.MAX_ATTEMPTS).update(**_failed(), updated_at=moment)
    lost = open_ones.exclude(attempts=0, next_try_at__gt=moment - QUEUE_GRACE)
    with transaction.atomic():
        for pk in lost.order_by("next_try_at").values_list("pk", flat=True)[:PAGES_A_SWEEP]:
            enqueue_after_commit(OPEN_PAGE, pk)


def _due() -> QuerySet[Payment]:
    return Payment.objects.filter(
        method=CODE, state=State.PENDING, asked_at=None, attempts__lt=rules.MAX_ATTEMPTS
    )


def _failed() -> dict[str, object]:
    return {
        "state": State.FAILED,
        "next_try_at": None,
        "reason_code": rules.NO_PAGE,
        "reason": rules.verdict(rules.NO_PAGE).message,
    }
