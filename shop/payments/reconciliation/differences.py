"""Hold a statement against what the shop noted: what is missing on either side, what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import QuerySet

from shop.core.money import ZERO
from shop.orders import rules as order_rules
from shop.orders.models import Order
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.models import Payment, ProviderEvent, StatementImport, StatementLine
from shop.payments.queries import amount_due, taken_of
from shop.payments.reconciliation.rules import order_numbers_in
from shop.payments.reconciliation.told import happened_at

EventKind = ProviderEvent.Kind
# How far an event may lie from the moment of its money.
LATE = timedelta(days=3)


class Kind(StrEnum):
    """How a line of a statement stands to what the shop has noted."""

    SAME = "same"
    MISSING = "missing"
    AMOUNT = "amount"
    WAITING = "waiting"
    CONTRADICTED = "contradicted"


class Forecast(StrEnum):
    """What applying will make of money that nobody told of."""

    PAYS = "pays"
    REOPENS = "reopens"
    SHORT = "short"
    OVER = "over"
    DOUBLE = "double"
    UNMATCHED = "unmatched"


@dataclass(slots=True)
class Entry:
    """A line and what the shop knows of its money; `known`: an earlier file had it."""

    line: StatementLine
    kind: Kind
    known: bool = False
    payment: Payment | None = None
    order: Order | None = None
    forecast: Forecast | None = None
    noted: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Untold:
    """Money that a provider told of and its own statement does not have."""

    event: ProviderEvent
    payment: Payment


def compared(statement: StatementImport, lines: list[StatementLine]) -> list[Entry]:
    """Compare lines with what is noted: six statements, however many lines."""
    receipts = [line.receipt for line in lines]
    payments = {
        payment.receipt: payment
        for payment in Payment.objects.filter(receipt__among=receipts).select_related("order")
    }
    before = {
        line.receipt: line
        for line in StatementLine.objects.filter(receipt__among=receipts).exclude(
            statement=statement
        )
    }
    waiting = set(
        ProviderEvent.objects.filter(
            about__among=receipts,
            kind__in=[EventKind.TRANSFER, EventKind.STATEMENT],
            state=ProviderEvent.State.NEW,
        ).values_list("about", flat=True)
    )
    entries = [
        _entry(line, before.get(line.receipt), payments.get(line.receipt), line.receipt in waiting)
        for line in lines
    ]
    _forecast([entry for entry in entries if entry.kind == Kind.MISSING])
    return entries


def _entry(
    line: StatementLine, before: StatementLine | None, payment: Payment | None, waits: bool
) -> Entry:
    known = before is not None
    if before is not None and before.amount != line.amount:
        return Entry(line, Kind.CONTRADICTED, known, payment, noted=before.amount)
    if payment is not None:
        came = payment.received if payment.received is not None else payment.amount
        kind = Kind.SAME if came == line.amount else Kind.AMOUNT
        return Entry(line, kind, known, payment, payment.order, noted=came)
    if waits:
        return Entry(line, Kind.WAITING, known)
    # Of a line that an earlier file had, the worker has made what there is to be made.
    return Entry(line, Kind.SAME if known else Kind.MISSING, known)


def _forecast(missing: list[Entry]) -> None:
    numbers = {n for entry in missing for n in order_numbers_in(entry.line.reference)}
    orders = {order.number: order for order in Order.objects.filter(number__among=list(numbers))}
    taken = taken_of([order.pk for order in orders.values()])
    for entry in missing:
        named = [orders[n] for n in order_numbers_in(entry.line.reference) if n in orders]
        entry.order = named[0] if named else None
        before = taken.get(entry.order.pk, ZERO) if entry.order else ZERO
        entry.forecast = forecast(entry.order, entry.line.amount, before)


def forecast(order: Order | None, amount: Decimal, taken: Decimal) -> Forecast:
    """Say what money will do to an order, as `payments.actions.settle.decide` will.

    `taken` is what came of the order's price before.
    """
    if order is None:
        return Forecast.UNMATCHED
    if order.payment_status != Order.PaymentStatus.UNPAID:
        return Forecast.DOUBLE
    due = amount_due(order, taken)
    if amount != due:
        return Forecast.SHORT if amount < due else Forecast.OVER
    return Forecast.REOPENS if order.status == order_rules.CANCELLED else Forecast.PAYS


def untold(statement: StatementImport, receipts: Iterable[str]) -> list[Untold]:
    """Return what M-Pesa told of money within a statement's time that no statement has.

    Somebody who can forge a callback is found here, and a statement that is cut. Banks tell nothing
    by themselves, so there is nothing to compare.
    """
    if statement.kind != StatementImport.Kind.MPESA or not statement.first_at:
        return []
    first, last = statement.first_at, statement.last_at or statement.first_at
    events = _told().filter(received_at__gte=first - LATE, received_at__lte=last + LATE)
    within: dict[str, ProviderEvent] = {}
    for event in events:
        moment = happened_at(event.body) or event.received_at
        if first <= moment <= last and event.payment is not None and event.payment.receipt:
            within.setdefault(event.payment.receipt, event)
    seen = set(receipts)
    seen |= set(
        StatementLine.objects.filter(receipt__among=list(within)).values_list("receipt", flat=True)
    )
    return [
        Untold(event, event.payment)
        for receipt, event in within.items()
        if receipt not in seen and event.payment is not None
    ]


def _told() -> QuerySet[ProviderEvent]:
    return (
        ProviderEvent.objects.filter(
            kind__in=[EventKind.RESULT, EventKind.TRANSFER],
            payment__method=MPESA,
            payment__receipt__isnull=False,
            payment__state__in=[Payment.State.PAID, Payment.State.REVIEW],
        )
        .select_related("payment__order")
        .order_by("pk")
    )
