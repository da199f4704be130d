"""Ask providers what became of payments that nobody told about; never undo what is known."""

from datetime import datetime, timedelta

from django.db import transaction

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.flows.settle_payment import (
    EventState,
    Settled,
    end_prompt,
    in_fresh_transactions,
    settle_payment,
)
from shop.payments import rules
from shop.payments.actions import events
from shop.payments.actions.settle import Money
from shop.payments.gateways import GATEWAYS
from shop.payments.gateways.answer import MONEY, Result
from shop.payments.models import Payment, ProviderEvent

ASK = "shop.flows.tasks.ask_about_prompt"
QUESTIONS_A_SWEEP = 100
EVENTS_A_SWEEP = 500
# A new event has its own place in the queue; only after this long is it taken for lost.
EVENT_GRACE = timedelta(minutes=1)


def sweep_prompts_and_events() -> None:
    """Queue questions that are due and events that were left lying. Safe to run twice."""
    due = Payment.objects.filter(
        state=Payment.State.PENDING, provider_id__isnull=False, next_query_at__lte=now()
    )
    left = ProviderEvent.objects.filter(state=EventState.NEW, received_at__lte=now() - EVENT_GRACE)
    with transaction.atomic():
        for pk in due.order_by("next_query_at").values_list("pk", flat=True)[:QUESTIONS_A_SWEEP]:
            enqueue_after_commit(ASK, pk)
        for pk in left.order_by("pk").values_list("pk", flat=True)[:EVENTS_A_SWEEP]:
            enqueue_after_commit(events.APPLY, pk)


def ask_if_due(*, order_id: int) -> None:
    """Queue the questions about an order's prompts that are due: for pages where somebody waits."""
    due = Payment.objects.filter(
        order_id=order_id,
        state=Payment.State.PENDING,
        provider_id__isnull=False,
        next_query_at__lte=now(),
    )
    for pk in due.values_list("pk", flat=True):
        enqueue_after_commit(ASK, pk)


def ask_about_prompt(*, payment_id: int) -> None:
    """Ask about one prompt if that is due; whoever claims the question asks."""
    payment = Payment.objects.filter(
        pk=payment_id,
        state=Payment.State.PENDING,
        provider_id__isnull=False,
        asked_at__isnull=False,
        next_query_at__lte=now(),
    ).first()
    if payment is None or not _claim(payment, payment.next_query_at):
        return
    if payment.queries >= len(rules.QUERIES):
        in_fresh_transactions(lambda: _give_up(payment))
        return
    told = GATEWAYS[payment.method].ask(payment)
    result = told.result
    if result is not None:
        in_fresh_transactions(lambda: apply_answer(payment, result, told.body))


def _claim(payment: Payment, due: datetime | None) -> bool:
    """Count the question and set the next one, before this one is asked."""
    pause = rules.pause_before_query(payment.queries + 1) or rules.QUERIES[-1]
    with transaction.atomic(durable=True):
        mine = Payment.objects.filter(pk=payment.pk, state=Payment.State.PENDING, next_query_at=due)
        return bool(
            mine.update(
                queries=min(payment.queries + 1, len(rules.QUERIES)), next_query_at=now() + pause
            )
        )


def apply_answer(payment: Payment, result: Result, body: str) -> None:
    """Write down what a provider answered about a payment; runs in the caller's transaction."""
    fresh = Payment.objects.get(pk=payment.pk)
    if result.code == MONEY:
        money = Money(result.amount, result.receipt)
        settled = settle_payment(order_id=fresh.order_id, payment=fresh, money=money)
    elif rules.known(result.code):
        settled = end_prompt(payment_id=payment.pk, code=result.code, said=result.description)
    else:
        said = f"Nobody knows this result: {result.description} [{result.code}]"
        settled = EventState.IGNORED, said
    _keep(payment, body, settled)


def _give_up(payment: Payment) -> None:
    _keep(payment, "", end_prompt(payment_id=payment.pk, code=rules.NO_ANSWER))


def _keep(payment: Payment, body: str, settled: Settled) -> None:
    events.keep_applied(
        kind=ProviderEvent.Kind.ANSWER,
        provider=payment.method,
        body=body,
        state=settled[0],
        outcome=settled[1],
        about=payment.provider_id or "",
        payment_id=payment.pk,
    )
