"""Hold the money that a statement says went out against the refunds that the shop noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, Q
from django.db.models.functions import Upper

from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.models import OutgoingLine, Payment, Refund, StatementImport


class Kind(StrEnum):
    """How money that went out stands to the refunds, what people must look at first."""

    AMOUNT = "amount"
    OPEN = "open"
    UNNOTED = "unnoted"
    OTHER = "other"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A line and the refund, or at least the payment, that it belongs to."""

    line: OutgoingLine
    kind: Kind
    refund: Refund | None = None
    payment: Payment | None = None


def outgoing_of(statement: StatementImport) -> list[Outgoing]:
    """Compare what went out with refunds, what needs a look first: four statements at most."""
    lines = list(statement.outgoing_lines.order_by("line"))
    by_words = _refunds_named(lines)
    payments = _payments_linked(lines)
    used: set[int] = set()
    found = []
    for line in lines:
        refund = next((by_words[w] for w in _words(line) if w in by_words), None)
        payment = payments.get(line.linked)
        if refund is None and payment is not None:
            refund = _alike(payment, line, used)
        if refund is not None:
            used.add(refund.pk)
            payment = refund.payment
        found.append(Outgoing(line, _kind(line, refund, payment), refund, payment))
    first = list(Kind)
    return sorted(found, key=lambda each: first.index(each.kind))


def _words(line: OutgoingLine) -> list[str]:
    return [words.upper() for words in (line.receipt, line.reference) if words]


def _refunds_named(lines: list[OutgoingLine]) -> dict[str, Refund]:
    """Return refunds by the receipt, or the reference that people noted."""
    words = sorted({word for line in lines for word in _words(line)})
    if not words:
        return {}
    refunds = (
        Refund.objects.annotate(noted=Upper("reference"))
        .filter(Q(receipt__among=words) | Q(noted__among=words))
        .select_related("payment__order")
        .order_by("pk")
    )
    found: dict[str, Refund] = {}
    for refund in refunds:
        for word in (refund.reference.upper(), refund.receipt or ""):
            found[word] = refund
    return found


def _payments_linked(lines: list[OutgoingLine]) -> dict[str, Payment]:
    receipts = sorted({line.linked for line in lines if line.linked})
    if not receipts:
        return {}
    refunds = Refund.objects.select_related("payment__order").order_by("pk")
    linked = (
        Payment.objects.filter(receipt__among=receipts)
        .select_related("order")
        .prefetch_related(Prefetch("refunds", queryset=refunds))
    )
    return {payment.receipt or "": payment for payment in linked}


def _alike(payment: Payment, line: OutgoingLine, used: set[int]) -> Refund | None:
    """Return the payment's refund of just this amount, one that is done first."""
    fitting = [r for r in payment.refunds.all() if r.amount == line.amount and r.pk not in used]
    return min(fitting, key=lambda refund: refund.state != Refund.State.DONE, default=None)


def _kind(line: OutgoingLine, refund: Refund | None, payment: Payment | None) -> Kind:
    if refund is None:
        return Kind.OTHER if payment is None else Kind.UNNOTED
    if refund.amount != line.amount:
        return Kind.AMOUNT
    return Kind.SAME if refund.state == Refund.State.DONE else Kind.OPEN


def not_gone(statement: StatementImport, outgoing: Iterable[Outgoing]) -> list[Refund]:
    """Return refunds that M-Pesa said went within a statement's time, and no statement has."""
    if statement.kind != StatementImport.Kind.MPESA or not statement.first_at:
        return []
    first, last = statement.first_at, statement.last_at or statement.first_at
    seen = {each.refund.pk for each in outgoing if each.refund is not None}
    done = (
        Refund.objects.filter(
            state=Refund.State.DONE,
            payment__method=MPESA,
            receipt__isnull=False,
            done_at__gte=first,
            done_at__lte=last,
        )
        .select_related("payment__order")
        .order_by("pk")
    )
    missing = [refund for refund in done if refund.pk not in seen]
    elsewhere = set(
        OutgoingLine.objects.filter(
            receipt__among=[refund.receipt for refund in missing]
        ).values_list("receipt", flat=True)
    )
    return [refund for refund in missing if refund.receipt not in elsewhere]
