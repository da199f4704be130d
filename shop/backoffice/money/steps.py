"""Decide about money that does not fit: a page that asks, then one call."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from shop.backoffice.money.doors import DECIDES, Rights, around
from shop.backoffice.money.rows import LABELS, allowed_steps, payment_row
from shop.core.errors import ShopError
from shop.core.money import display
from shop.flows.accept_payment import accept_payment, ask_for_rest
from shop.flows.refund_review import refund_review
from shop.payments.actions.reviews import close_review, note_review
from shop.payments.models import Payment
from shop.payments.queries import amount_due
from shop.payments.reconciliation import rules


class NoteForm(forms.Form):
    """Words that stand with the payment from then on."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=300,
        help_text=gettext_lazy("Stands with the payment, with your name and the time"),
    )


class MayNoteForm(forms.Form):
    """Words are welcome."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Stands with the payment, with your name and the time"),
    )


class RestForm(MayNoteForm):
    """Who is asked for the rest."""

    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=20,
        help_text=gettext_lazy("Gets the M-Pesa prompt; the order's own number stands here"),
    )
    field_order = ("phone", "note")


class RefundForm(forms.Form):
    """Why money goes back, and where that can be found if it has gone already."""

    note = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=64,
        help_text=gettext_lazy(
            "Only if you have sent the money back yourself; otherwise leave it empty and the shop"
            " asks the provider, or tells you to send it"
        ),
    )


def _accept(payment: Payment, actor: str, words: dict[str, Any]) -> str:
    accept_payment(payment_id=payment.pk, actor=actor, **words)
    return _("The order is paid with what came.")


def _surplus(payment: Payment, actor: str, words: dict[str, Any]) -> str:
    refund = accept_payment(payment_id=payment.pk, actor=actor, give_surplus_back=True, **words)
    back = display(refund.amount) if refund else ""
    return _("The order is paid; %s goes back.") % back


def _rest(payment: Payment, actor: str, words: dict[str, Any]) -> str:
    asked = ask_for_rest(payment_id=payment.pk, actor=actor, **words)
    return _("The phone is asked for %s.") % display(asked.amount)


def _refund(payment: Payment, actor: str, words: dict[str, Any]) -> str:
    refund = refund_review(payment_id=payment.pk, actor=actor, **words)
    return _("%(amount)s: %(state)s.") % {
        "amount": display(refund.amount),
        "state": refund.get_state_display().lower(),
    }


def _note(payment: Payment, actor: str, words: dict[str, Any]) -> str:
    note_review(payment_id=payment.pk, actor=actor, **words)
    return _("Noted.")


def _close(payment: Payment, actor: str, words: dict[str, Any]) -> str:
    close_review(payment_id=payment.pk, actor=actor, **words)
    return _("Closed; the note stays with the payment.")


TAKE: dict[str, tuple[type[forms.Form], Callable[[Payment, str, dict[str, Any]], str]]] = {
    rules.ACCEPT: (MayNoteForm, _accept),
    rules.SURPLUS: (MayNoteForm, _surplus),
    rules.REST: (RestForm, _rest),
    rules.REFUND: (RefundForm, _refund),
    rules.NOTE: (NoteForm, _note),
    rules.CLOSE: (NoteForm, _close),
}


def _consequence(step: str, payment: Payment) -> str:
    came = payment.received if payment.received is not None else payment.amount
    due = amount_due(payment.order) if payment.order else came
    return {
        rules.ACCEPT: _("The order counts as paid with %s, and its buyer hears of it.")
        % display(came),
        rules.SURPLUS: _("The order counts as paid, and %s goes back to whoever paid.")
        % display(max(came - due, came - came)),
        rules.REST: _("What came stays with the order; the phone is asked for the other %s.")
        % display(max(due - came, came - came)),
        rules.REFUND: _("%s goes back to whoever paid.") % display(payment.refundable),
        rules.NOTE: _("Nothing else changes."),
        rules.CLOSE: _(
            "It leaves the desk, and the money stays where it is. Close what was dealt with"
            " elsewhere."
        ),
    }[step]


@permission_required(DECIDES, raise_exception=True)
def take_step(request: HttpRequest, payment_id: int, step: str) -> HttpResponse:
    """Ask whether a step shall be taken; on POST, take it."""
    payments = Payment.objects.select_related("order").prefetch_related("review_steps", "events")
    payment = get_object_or_404(payments, pk=payment_id)
    if step not in TAKE:
        raise Http404
    if step not in allowed_steps(payment, Rights.of(request.user)):
        again = _(
            "Nothing was done now: this money has been dealt with, perhaps by your first click."
        )
        never = _("This cannot be done with this money now.")
        messages.warning(request, again if request.method == "POST" else never)
        return redirect("money")
    form_class, take = TAKE[step]
    sent = request.POST if request.method == "POST" else None
    phone = str(payment.order.phone or "") if payment.order else ""
    form = form_class(sent, initial={"phone": payment.phone or phone})
    if form.is_valid():
        try:
            done = take(payment, str(request.user), form.cleaned_data)
        except ShopError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, done)
            return redirect("money")
    context = {
        "row": payment_row(payment),
        "form": form,
        "label": LABELS[step],
        "consequence": _consequence(step, payment),
        "serious": step == rules.CLOSE,
        "back": reverse("money"),
        **around(request, "money", str(LABELS[step])),
    }
    return render(request, "backoffice/money/step.html", context)
