"""Ask providers to give money back: each step is committed before the next one begins."""

import logging

from django.db import transaction

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.flows.refund_outcome import apply_result, fail, leave_open, locked
from shop.flows.settle_payment import in_fresh_transactions
from shop.payments import refund_rules, rules
from shop.payments.actions import refunds
from shop.payments.actions.refunds import Claim
from shop.payments.gateways import GATEWAYS
from shop.payments.gateways.answer import ACCEPTED, MONEY, RETRY, UNKNOWN, Answer, RefundResult
from shop.payments.models import Refund

logger = logging.getLogger(__name__)

State = Refund.State
A_SWEEP = 100


def send_refund(*, refund_id: int) -> None:
    """Ask the provider if that is due; whoever claims the refund first asks.

    A worker that dies before the request leaves a refund that the sweep makes due again; one that
    dies after it leaves one that may have gone: nobody repeats it, it waits for its end.
    """
    claim = refunds.claim(refund_id)
    if claim is None or not claim.update(state=State.SENT, asked_at=now()):
        return
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    answer = GATEWAYS[refund.payment.method].refund(refund)
    if answer.kind == ACCEPTED:
        _accepted(claim, refund, answer)
    elif answer.kind == RETRY and refund.attempts < rules.MAX_ATTEMPTS:
        pause = rules.pause_before_retry(refund.attempts, at_least=answer.pause)
        logger.warning("Refund %s: not asked yet: %s", refund_id, answer.reason)
        claim.update(
            state=State.REQUESTED,
            asked_at=None,
            next_try_at=now() + (pause or rules.LEASE),
            problem=answer.reason[:300],
        )
    else:
        in_fresh_transactions(lambda: _ended(refund_id, answer))


def _accepted(claim: Claim, refund: Refund, answer: Answer) -> None:
    data = answer.data or {}
    request_id = str(data.get("request_id") or "")
    if data.get("receipt"):  # it went at once
        done = RefundResult(request_id, MONEY, "", receipt=str(data["receipt"]))
        in_fresh_transactions(lambda: _apply(refund.pk, done))
        return
    with transaction.atomic(durable=True):
        # Its result may have come before this answer, with the same name.
        Refund.objects.filter(pk=refund.pk, provider_id=None).update(
            provider_id=request_id or None, updated_at=now()
        )
    claim.update(next_try_at=None, problem="", problem_code="")


def _apply(refund_id: int, result: RefundResult) -> None:
    apply_result(refund_id, result)


def _ended(refund_id: int, answer: Answer) -> None:
    refund = locked(refund_id)
    if refund.state != State.SENT:  # its result was quicker
        return
    if answer.kind == UNKNOWN or answer.code == refund_rules.LOST:
        leave_open(refund, refund_rules.LOST)
    else:
        code = refund_rules.NOT_TAKEN if answer.kind == RETRY else answer.code
        fail(refund, code, said=answer.reason)


def sweep_refunds() -> None:
    """Queue refunds that are due; ask people about those that nobody tells of. Safe to run twice.

    What killed its worker after the request left is among the second.
    """
    moment = now()
    due = Refund.objects.filter(state=State.REQUESTED, next_try_at__lte=moment)
    with transaction.atomic():
        for pk in due.order_by("next_try_at").values_list("pk", flat=True)[:A_SWEEP]:
            enqueue_after_commit(refunds.SEND, pk)
    worn_out = due.filter(attempts__gte=rules.MAX_ATTEMPTS)
    for pk in list(worn_out.values_list("pk", flat=True)):
        in_fresh_transactions(lambda pk=pk: _wear_out(pk))  # type: ignore[misc]
    silent = Refund.objects.filter(
        state=State.SENT, asked_at__lte=moment - refund_rules.SILENCE, problem_code=""
    )
    for pk in list(silent.values_list("pk", flat=True)[:A_SWEEP]):
        in_fresh_transactions(lambda pk=pk: _still_silent(pk))  # type: ignore[misc]


def _wear_out(refund_id: int) -> None:
    refund = locked(refund_id)
    if refund.state == State.REQUESTED and refund.attempts >= rules.MAX_ATTEMPTS:
        fail(refund, refund_rules.NOT_TAKEN)


def _still_silent(refund_id: int) -> None:
    refund = locked(refund_id)
    if refund.state == State.SENT and not refund.problem_code:
        leave_open(refund, refund_rules.SILENT)
