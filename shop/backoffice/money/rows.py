"""What happened to money, in plain words, and what may be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.backoffice.money.doors import Rights
from shop.core.money import display
from shop.orders.models import Order
from shop.orders.rules import CANCELLED
from shop.payments import rules as reasons
from shop.payments.actions.refunds import people_decide
from shop.payments.models import Payment, ProviderEvent, Refund, ReviewStep
from shop.payments.reconciliation import rules
from shop.payments.reconciliation.desk import is_payable, legal_steps, section
from shop.payments.reconciliation.told import said

LABELS = {
    rules.MATCH: gettext_lazy("Match to an order"),
    rules.REST: gettext_lazy("Ask for the rest"),
    rules.ACCEPT: gettext_lazy("Accept as it is"),
    rules.SURPLUS: gettext_lazy("Accept, give the surplus back"),
    rules.REFUND: gettext_lazy("Give the money back"),
    rules.NOTE: gettext_lazy("Add a note"),
    rules.CLOSE: gettext_lazy("Close with a note"),
}
GIVING_BACK = {rules.REFUND, rules.SURPLUS}
NONE = Rights()
SENT, STAYED, AGAIN = "sent", "stayed", "again"


@dataclass(frozen=True, slots=True)
class Button:
    """Where a step is asked about; `look` is the class of its button."""

    label: str
    url: str
    look: str = "button-secondary"


@dataclass(slots=True)
class Row:
    """One matter for people."""

    name: str
    amount: Decimal
    badge: str
    tone: str
    happened: str
    when: datetime
    facts: list[str] = field(default_factory=list)
    order: Order | None = None
    log: list[ReviewStep] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    url: str = ""


def came_with(payment: Payment) -> Decimal:
    """Return what came with a payment."""
    return payment.received if payment.received is not None else payment.amount


def payment_row(payment: Payment, rights: Rights = NONE) -> Row:
    """Return the row of money that did not fit, or that is to go back."""
    events = list(payment.events.all())
    told = said(events[0].body) if events else None
    who = " ".join(filter(None, [told.name, _masked(told.phone)])) if told else ""
    facts = [
        payment.receipt or payment.reference,
        who or _masked(payment.phone),
        _("account “%s”") % told.account if told and told.account and not payment.order else "",
    ]
    badge, tone = _badge(payment)
    return Row(
        name=_("Payment #%s") % payment.pk,
        amount=came_with(payment),
        badge=badge,
        tone=tone,
        happened=happened(payment),
        when=payment.received_at or payment.updated_at,
        facts=[fact for fact in facts if fact],
        order=payment.order,
        log=list(payment.review_steps.all()),
        buttons=_buttons(payment, rights),
        url=reverse("payments_payment_modeladmin_inspect", args=[payment.pk]),
    )


def _masked(phone: str) -> str:
    return reasons.masked(phone) if phone else ""


def allowed_steps(payment: Payment, rights: Rights) -> list[str]:
    """Return what somebody may do with a payment now, the usual first."""
    if not rights.decides:
        return []
    steps = legal_steps(payment)
    return [step for step in steps if rights.gives_back or step not in GIVING_BACK]


def _buttons(payment: Payment, rights: Rights) -> list[Button]:
    steps = allowed_steps(payment, rights)
    return [
        Button(
            str(LABELS[step]),
            reverse("money_step", args=[payment.pk, step]),
            "" if place == 0 and step not in (rules.NOTE, rules.CLOSE) else "button-secondary",
        )
        for place, step in enumerate(steps)
    ]


def _badge(payment: Payment) -> tuple[str, str]:
    came, due = came_with(payment), payment.amount
    owed = payment.state == Payment.State.PAID and payment.order_id is not None
    where = "" if owed else section(payment)
    if where == rules.SHORT:
        return _("%s short") % display(due - came), "alert"
    if where == rules.OVER:
        return _("%s too much") % display(came - due), "warn"
    if where == rules.TWICE:
        return _("Paid twice"), "warn"
    if where == rules.UNPLACED:
        return _("No order"), "alert"
    return (_("Owed"), "alert") if owed else (_("Needs a look"), "warn")


def happened(payment: Payment) -> str:
    """Say what happened with a payment's money, in a sentence or two."""
    came, due = display(came_with(payment)), display(payment.amount)
    order = payment.order
    if payment.state == Payment.State.PAID and order is not None and order.status == CANCELLED:
        left = display(payment.refundable)
        return _("The order was paid and then cancelled. %s of it is still with the shop.") % left
    where = section(payment)
    if where == rules.UNPLACED and payment.state == Payment.State.PAID:
        return _("%s came that was asked for without an order.") % came
    if where == rules.UNPLACED:
        return _("%s came, and no order has the number that the payer gave.") % came
    if where in (rules.SHORT, rules.OVER):
        text = _("%(came)s came where %(due)s was asked for.") % {"came": came, "due": due}
        return f"{text} {_order_stands(order)}".strip()
    if where == rules.TWICE:
        return _("%s came on top: the order had been paid before.") % came
    if payment.reason_code == reasons.NO_STOCK:
        return _("%s came after the order was cancelled, and its goods are gone.") % came
    if payment.reason_code == reasons.MISMATCH:
        return _(
            "Word of %s came with a receipt that is noted with another payment: most likely no"
            " money stands behind it."
        ) % (came)
    return payment.reason or _("%s came, and does not fit.") % came


def _order_stands(order: Order | None) -> str:
    if order is None or is_payable(order):
        return ""
    if order.status == CANCELLED:
        return _("The order is cancelled by now.")
    return _("The order is paid by now.")


def refund_row(refund: Refund, rights: Rights = NONE) -> Row:
    """Return the row of money on its way back."""
    payment = refund.payment
    buttons = []
    if rights.ends_refunds and people_decide(refund):
        buttons = [
            Button(_("It went back"), reverse("money_refund", args=[refund.pk, SENT]), ""),
            Button(_("It did not go"), reverse("money_refund", args=[refund.pk, STAYED])),
        ]
    words = {
        Refund.State.BY_HAND: _("To be sent by hand, then noted here with its reference."),
        Refund.State.REQUESTED: _("The provider is asked in a moment."),
        Refund.State.SENT: _("The provider was asked and has not answered yet."),
    }
    return Row(
        name=_("Refund #%s") % refund.pk,
        amount=refund.amount,
        badge=refund.get_state_display(),
        tone="alert" if people_decide(refund) else "",
        happened=refund.problem or words.get(Refund.State(refund.state), ""),
        when=refund.created_at,
        facts=[
            fact
            for fact in (
                payment.receipt or payment.reference,
                _masked(payment.phone),
                refund.reason,
                _("wanted by %s") % refund.actor if refund.actor else "",
            )
            if fact
        ],
        order=payment.order,
        buttons=buttons,
        url=reverse("payments_payment_modeladmin_inspect", args=[payment.pk]),
    )


def event_row(event: ProviderEvent, rights: Rights = NONE) -> Row:
    """Return the row of something that could not be applied."""
    told = said(event.body)
    amount = told.amount.replace(".", "", 1)
    buttons = [
        Button(_("Try it again"), reverse("money_event", args=[event.pk, AGAIN])),
        Button(str(LABELS[rules.CLOSE]), reverse("money_event", args=[event.pk, rules.CLOSE])),
    ]
    return Row(
        name=_("Event #%s") % event.pk,
        amount=Decimal(told.amount) if amount.isdecimal() and amount.isascii() else Decimal(0),
        badge=event.get_kind_display(),
        tone="warn",
        happened=event.outcome,
        when=event.received_at,
        facts=[fact for fact in (told.receipt or event.about, told.name) if fact],
        order=event.payment.order if event.payment else None,
        buttons=buttons if rights.decides else [],
        url=reverse("payments_providerevent_modeladmin_inspect", args=[event.pk]),
    )


def rows_of(things: Iterable[Payment | Refund | ProviderEvent], rights: Rights) -> list[Row]:
    """Return the rows of a page."""
    rows = []
    for thing in things:
        if isinstance(thing, Payment):
            rows.append(payment_row(thing, rights))
        elif isinstance(thing, Refund):
            rows.append(refund_row(thing, rights))
        else:
            rows.append(event_row(thing, rights))
    return rows
