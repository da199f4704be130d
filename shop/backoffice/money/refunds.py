"""Say what became of money that people send back, and of events that nobody could apply."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from shop.backoffice.money.doors import DECIDES, ENDS_REFUNDS, around
from shop.backoffice.money.rows import AGAIN, SENT, STAYED, event_row, refund_row
from shop.backoffice.money.steps import NoteForm
from shop.core.errors import ShopError
from shop.flows.refund_outcome import give_up, note_by_hand
from shop.payments.actions.refunds import people_decide
from shop.payments.actions.reviews import apply_event_again, close_event
from shop.payments.models import ProviderEvent, Refund
from shop.payments.reconciliation import rules

REFUND_STEPS = {
    SENT: (
        gettext_lazy("It went back"),
        gettext_lazy("You have sent the money, or have seen that it went."),
    ),
    STAYED: (
        gettext_lazy("It did not go"),
        gettext_lazy("The money is still here; it can be given back anew."),
    ),
}
EVENT_STEPS = {
    AGAIN: (
        gettext_lazy("Try it again"),
        gettext_lazy("The worker applies it once more, by the same rules as the first time."),
    ),
    rules.CLOSE: (
        gettext_lazy("Close with a note"),
        gettext_lazy("It leaves the desk; what was said stays among what providers said."),
    ),
}


class ReferenceForm(forms.Form):
    """Where the money that went back can be found."""

    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        max_length=64,
        help_text=gettext_lazy("The receipt of the way back, or the bank's number"),
    )


@permission_required([DECIDES, ENDS_REFUNDS], raise_exception=True)
def settle_refund(request: HttpRequest, refund_id: int, step: str) -> HttpResponse:
    """Ask what became of a refund that people send; on POST, note it."""
    refund = get_object_or_404(Refund.objects.select_related("payment__order"), pk=refund_id)
    if step not in REFUND_STEPS:
        raise Http404
    if not people_decide(refund):
        messages.warning(request, _("Nothing is left to decide about this refund."))
        return redirect("money")
    sent = request.POST if request.method == "POST" else None
    form = ReferenceForm(sent) if step == SENT else forms.Form(sent)
    if form.is_valid():
        try:
            _note(refund, step, str(request.user), form.cleaned_data)
        except ShopError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("Noted."))
            return redirect(f"{reverse('money')}?section={rules.REFUNDS}")
    label, consequence = REFUND_STEPS[step]
    row = refund_row(refund)
    return _ask(request, row, form, str(label), str(consequence), rules.REFUNDS)


def _note(refund: Refund, step: str, actor: str, words: dict[str, Any]) -> None:
    if step == SENT:
        note_by_hand(refund_id=refund.pk, actor=actor, **words)
    else:
        give_up(refund_id=refund.pk, actor=actor)


@permission_required(DECIDES, raise_exception=True)
def settle_event(request: HttpRequest, event_id: int, step: str) -> HttpResponse:
    """Ask what shall become of an event that nobody could apply; on POST, do it."""
    events = ProviderEvent.objects.select_related("payment__order")
    event = get_object_or_404(events, pk=event_id)
    if step not in EVENT_STEPS:
        raise Http404
    if event.state != ProviderEvent.State.REVIEW:
        messages.warning(request, _("Nothing is left to decide about this event."))
        return redirect("money")
    sent = request.POST if request.method == "POST" else None
    form = NoteForm(sent) if step == rules.CLOSE else forms.Form(sent)
    if form.is_valid():
        try:
            act = close_event if step == rules.CLOSE else apply_event_again
            act(event_id=event.pk, actor=str(request.user), **form.cleaned_data)
        except ShopError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Noted."))
        return redirect(f"{reverse('money')}?section={rules.OTHER}")
    label, consequence = EVENT_STEPS[step]
    row = event_row(event)
    return _ask(request, row, form, str(label), str(consequence), rules.OTHER)


def _ask(
    request: HttpRequest, row: Any, form: forms.Form, label: str, words: str, section: str
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "label": label,
        "consequence": words,
        "back": f"{reverse('money')}?section={section}",
        **around(request, "money", label),
    }
    return render(request, "backoffice/money/step.html", context)
