"""Find the money that people must look at, and what must go back."""

from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from shop.orders import rules as order_rules
from shop.orders.models import Order
from shop.payments import rules as reasons
from shop.payments.models import Payment, ProviderEvent, Refund, ReviewStep
from shop.payments.queries import CLOSED
from shop.payments.reconciliation import rules

State = Payment.State
EventKind = ProviderEvent.Kind
CAME = Coalesce("received", "amount")
# Of a refund that failed, the payment tells whether money is still to go back.
OPEN_REFUNDS = (Refund.State.REQUESTED, Refund.State.SENT, Refund.State.BY_HAND)


def open_reviews() -> QuerySet[Any]:
    """Return money in review, or that has no order yet, with its `section`.

    What somebody closed, or what goes back whole, is not among it.
    """
    return (
        Payment.objects.filter(~CLOSED, Q(state=State.REVIEW) | Q(state=State.PAID, order=None))
        .annotate(came=CAME)
        .filter(refunded__lt=F("came"))
        .annotate(
            section=Case(
                When(order=None, then=Value(rules.UNPLACED)),
                When(reason_code=reasons.DOUBLE, then=Value(rules.TWICE)),
                When(reason_code=reasons.AMOUNT, came__lt=F("amount"), then=Value(rules.SHORT)),
                When(reason_code=reasons.AMOUNT, then=Value(rules.OVER)),
                default=Value(rules.OTHER),
            )
        )
    )


def payments_in(section: str) -> QuerySet[Any]:
    """Return the payments of a section with what a row shows, the oldest first."""
    return (
        open_reviews()
        .filter(section=section)
        .select_related("order")
        .prefetch_related(*_shown_with_it())
        .order_by("pk")
    )


def _shown_with_it() -> tuple[Prefetch, Prefetch]:
    """Return who did what with a payment, and what its provider told of its money."""
    kinds = (EventKind.RESULT, EventKind.TRANSFER, EventKind.STATEMENT, EventKind.NOTICE)
    told = ProviderEvent.objects.filter(kind__in=kinds).order_by("-pk")
    return (
        Prefetch("review_steps", queryset=ReviewStep.objects.order_by("pk")),
        Prefetch("events", queryset=told),
    )


def events_to_look_at() -> QuerySet[ProviderEvent]:
    """Return what providers said and nobody could apply, beyond the payments in review.

    Where a payment stands for what was said, people decide about that, or have decided.
    """
    decided = ReviewStep.objects.filter(payment=OuterRef("payment")).exclude(
        kind=ReviewStep.Kind.NOTED
    )
    return (
        ProviderEvent.objects.filter(~Exists(decided), state=ProviderEvent.State.REVIEW)
        .exclude(payment__state=State.REVIEW)
        .exclude(about=F("payment__receipt"))
        .select_related("payment__order")
        .order_by("pk")
    )


def refunds_to_make() -> QuerySet[Refund]:
    """Return refunds whose money has not gone back, the oldest first."""
    return (
        Refund.objects.filter(state__in=OPEN_REFUNDS)
        .select_related("payment__order")
        .order_by("pk")
    )


def money_of_cancelled_orders() -> QuerySet[Payment]:
    """Return money of orders that were cancelled: it belongs to whoever paid."""
    return (
        Payment.objects.filter(state=State.PAID, order__status=order_rules.CANCELLED)
        .annotate(came=CAME)
        .filter(refunded__lt=F("came"))
        .exclude(CLOSED)
        .select_related("order")
        .prefetch_related(*_shown_with_it())
        .order_by("pk")
    )


def counts() -> dict[str, int]:
    """Count what each section holds: four statements."""
    found: dict[str, int] = dict.fromkeys(rules.SECTIONS, 0)
    rows = open_reviews().order_by().values("section").annotate(n=Count("pk"))
    found |= {row["section"]: row["n"] for row in rows}
    found[rules.OTHER] += events_to_look_at().count()
    found[rules.REFUNDS] = refunds_to_make().count() + money_of_cancelled_orders().count()
    return found


def is_payable(order: Order | None) -> bool:
    """Tell whether an order still waits for its money."""
    return (
        order is not None
        and order.payment_status == Order.PaymentStatus.UNPAID
        and order.status != order_rules.CANCELLED
    )


def section(payment: Payment) -> str:
    """Return the section that a payment in review stands in."""
    if payment.order_id is None:
        return rules.UNPLACED
    came = payment.received if payment.received is not None else payment.amount
    return rules.section_of(payment.reason_code, payment.amount, came)


def legal_steps(payment: Payment) -> tuple[str, ...]:
    """Return what people may do with a payment now, the usual first; nothing for a closed one."""
    if any(step.kind == ReviewStep.Kind.CLOSED for step in payment.review_steps.all()):
        return ()
    if payment.state == State.PAID and payment.order_id is not None:
        is_owed = payment.order is not None and payment.order.status == order_rules.CANCELLED
        there = is_owed and payment.refundable > 0
        return (rules.REFUND, rules.NOTE, rules.CLOSE) if there else ()
    if payment.refundable <= 0:
        return ()
    return rules.steps_for(
        section(payment),
        reason_code=payment.reason_code,
        payable=is_payable(payment.order),
    )
