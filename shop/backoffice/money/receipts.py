"""Rows of a statement's tables: a receipt, and what the shop knows of its money."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.orders.models import Order
from shop.payments.models import Payment, Refund, StatementLine
from shop.payments.reconciliation.differences import Entry, Forecast, Untold
from shop.payments.reconciliation.outgoing import Kind, Outgoing

FORECASTS = {
    Forecast.PAYS: _("pays the order"),
    Forecast.REOPENS: _("takes the cancelled order up again, if its goods are there"),
    Forecast.SHORT: _("is too little: it waits at the desk"),
    Forecast.OVER: _("is too much: it waits at the desk"),
    Forecast.DOUBLE: _("came on top of a paid order: it waits at the desk"),
    Forecast.UNMATCHED: _("names no order: it waits at the desk"),
}
OUTGOING = {
    Kind.SAME: (_("Fits"), _("the refund that the shop noted")),
    Kind.AMOUNT: (_("Another amount"), _("than the refund that the shop noted")),
    Kind.OPEN: (_("Still open"), _("this refund is not noted as sent back yet")),
    Kind.UNNOTED: (_("Not noted"), _("taken from this payment, and the shop has no such refund")),
    Kind.OTHER: ("", _("no refund of the shop: a withdrawal, or something you paid for")),
}
TONES = {
    Kind.SAME: "w-status--primary",
    Kind.AMOUNT: "backoffice-alert",
    Kind.OPEN: "backoffice-warn",
    Kind.UNNOTED: "backoffice-alert",
    "applied": "w-status--primary",
    "review": "backoffice-warn",
    "new": "",
}


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """Money by its receipt; `said` is what the statement tells of it, `badge` bears the `tone`."""

    receipt: str
    at: datetime
    amount: Decimal
    url: str = ""
    said: tuple[str, ...] = ()
    order: Order | None = None
    payment: Payment | None = None
    refund: Refund | None = None
    badge: str = ""
    tone: str = ""
    words: str = ""


def missing_row(entry: Entry) -> ReceiptRow:
    """Return the row of money that nobody told of, with what applying will make of it."""
    line = entry.line
    return ReceiptRow(
        line.receipt,
        line.paid_at,
        line.amount,
        said=(line.reference or "–", line.payer),
        order=entry.order,
        words=str(FORECASTS[entry.forecast]) if entry.forecast else "",
    )


def found_row(line: StatementLine) -> ReceiptRow:
    """Return the row of money that an applied statement found, with what became of it."""
    event = line.event
    if event is None:
        return ReceiptRow(line.receipt, line.paid_at, line.amount)
    return ReceiptRow(
        line.receipt,
        line.paid_at,
        line.amount,
        url=event_url(event.pk),
        badge=event.get_state_display(),
        tone=TONES.get(event.state, "backoffice-alert"),
        words=event.outcome,
    )


def untold_row(each: Untold) -> ReceiptRow:
    """Return the row of money that a provider told of and its statement does not have."""
    payment = each.payment
    return ReceiptRow(
        payment.receipt or "",
        each.event.received_at,
        payment.received if payment.received is not None else payment.amount,
        url=event_url(each.event.pk),
        order=payment.order,
        payment=payment,
    )


def outgoing_row(each: Outgoing) -> ReceiptRow:
    """Return the row of money that went out, with the refund that it is."""
    line = each.line
    badge, words = OUTGOING[each.kind]
    return ReceiptRow(
        line.receipt or "–",
        line.paid_at,
        line.amount,
        said=(line.details or line.reference or "–", line.linked),
        order=each.payment.order if each.payment else None,
        payment=each.payment,
        refund=each.refund,
        badge=str(badge),
        tone=TONES.get(each.kind, ""),
        words=str(words),
    )


def not_gone_row(refund: Refund) -> ReceiptRow:
    """Return the row of a refund that is noted as sent back and that the statement lacks."""
    return ReceiptRow(
        refund.receipt or "",
        refund.done_at or refund.updated_at,
        refund.amount,
        order=refund.payment.order,
        payment=refund.payment,
        refund=refund,
    )


def event_url(event_id: int) -> str:
    """Return where an event stands in the admin."""
    return reverse("payments_providerevent_modeladmin_inspect", args=[event_id])
