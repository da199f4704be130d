"""Note what people did about money that did not fit."""

from django.db import transaction

from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.core.queue import enqueue_after_commit
from shop.orders.models import Order
from shop.payments.actions.events import APPLY
from shop.payments.models import Payment, ProviderEvent, ReviewStep
from shop.payments.reconciliation import rules
from shop.payments.reconciliation.desk import legal_steps

Kind = ReviewStep.Kind


class NotLegal(Conflict):
    """Somebody else dealt with it meanwhile, or it is no case for the desk."""

    def __init__(self) -> None:
        super().__init__(
            "step_not_legal",
            "This cannot be done with this money now. Perhaps somebody else has dealt with it.",
        )


def held(payment_id: int, step: str) -> Payment:
    """Return a payment under lock, its order locked before it, for a step that is legal now.

    Raises NotLegal.
    """
    order_id = Payment.objects.values_list("order_id", flat=True).get(pk=payment_id)
    order = Order.objects.select_for_update().get(pk=order_id) if order_id else None
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.order_id != order_id:  # matched between the look and the lock
        raise NotLegal
    payment.order = order
    if step not in legal_steps(payment):
        raise NotLegal
    return payment


def keep_step(payment: Payment, kind: str, *, actor: str, note: str = "") -> ReviewStep:
    """Write down who did what; runs in the transaction that did it."""
    return ReviewStep.objects.create(payment=payment, kind=kind, note=note[:300], actor=actor[:150])


@transaction.atomic
def note_review(*, payment_id: int, actor: str, note: str) -> None:
    """Note something about a payment at the desk. Raises NotLegal or ShopError `empty_note`."""
    _write(payment_id, Kind.NOTED, actor, note)


@transaction.atomic
def close_review(*, payment_id: int, actor: str, note: str) -> None:
    """Take a payment off the desk for good: it was dealt with elsewhere.

    The money stays where it is and the payment what it is; an order that waits can be paid again.
    Raises NotLegal or ShopError `empty_note`.
    """
    _write(payment_id, Kind.CLOSED, actor, note)


def _write(payment_id: int, kind: str, actor: str, note: str) -> None:
    _require_words(note)
    payment = held(payment_id, rules.CLOSE if kind == Kind.CLOSED else rules.NOTE)
    keep_step(payment, kind, actor=actor, note=note.strip())


def _require_words(note: str) -> None:
    if not note.strip():
        raise ShopError("empty_note", "Say in a few words what was done.", field="note")


@transaction.atomic
def apply_event_again(*, event_id: int, actor: str) -> None:
    """Let the worker try once more what could not be applied. Raises NotLegal."""
    event = _event_to_look_at(event_id)
    event.state, event.attempts = ProviderEvent.State.NEW, 0
    event.outcome = f"{actor} let it be tried again."[:300]
    event.applied_at = None
    event.save(update_fields=["state", "attempts", "outcome", "applied_at"])
    enqueue_after_commit(APPLY, event.pk)


@transaction.atomic
def close_event(*, event_id: int, actor: str, note: str) -> None:
    """Take an event off the desk; what it said stays. Raises NotLegal or ShopError `empty_note`."""
    _require_words(note)
    event = _event_to_look_at(event_id)
    event.state = ProviderEvent.State.IGNORED
    event.outcome = f"Closed by {actor}: {note.strip()} ({event.outcome})"[:300]
    event.applied_at = now()
    event.save(update_fields=["state", "outcome", "applied_at"])


def _event_to_look_at(event_id: int) -> ProviderEvent:
    event = ProviderEvent.objects.select_for_update().get(pk=event_id)
    if event.state != ProviderEvent.State.REVIEW:
        raise NotLegal
    return event
