"""Answer returns, take them in, and give their money back."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from shop.backoffice.fulfilment.doors import MOVES, around
from shop.backoffice.fulfilment.forms import AnswerForm, ReferenceForm, UnitsForm, restock_rows
from shop.backoffice.fulfilment.panel import RETURN_STEPS
from shop.backoffice.fulfilment.steps import page_of
from shop.core.errors import ShopError
from shop.flows.answer_return import answer_return
from shop.flows.receive_return import receive_return
from shop.flows.refund_return import refund_return
from shop.fulfilment import rules
from shop.fulfilment.models import Return

CONSEQUENCES = {
    rules.ACCEPTED: gettext_lazy("Say how it comes back: to the shop, by rider, by whom."),
    rules.REFUSED: gettext_lazy("The buyer is told why."),
    rules.RECEIVED: gettext_lazy("How many of each go back onto the shelf, to be sold again?"),
    rules.REFUNDED: gettext_lazy("What was paid for these units goes back to who paid."),
}


def _form(asked: Return, step: str, sent: Any) -> forms.Form:
    if step == rules.RECEIVED:
        return UnitsForm(sent, rows=restock_rows(asked))
    if step == rules.REFUNDED:
        return ReferenceForm(sent)
    return AnswerForm(sent, needed=step == rules.REFUSED)


def _take(asked: Return, step: str, form: Any, actor: str) -> None:
    if step == rules.RECEIVED:
        receive_return(return_id=asked.pk, restock=form.units, actor=actor)
    elif step == rules.REFUNDED:
        refund_return(return_id=asked.pk, actor=actor, **form.cleaned_data)
    else:
        accept = step == rules.ACCEPTED
        answer_return(return_id=asked.pk, accept=accept, actor=actor, **form.cleaned_data)


@permission_required(MOVES, raise_exception=True)
def return_step(request: HttpRequest, return_id: int, step: str) -> HttpResponse:
    """Ask whether a return shall go a step further; on POST, let it."""
    returns = Return.objects.select_related("order").with_lines()
    asked = get_object_or_404(returns, pk=return_id)
    if step not in RETURN_STEPS:
        raise Http404
    page = page_of(asked.order)
    if request.method == "GET" and not rules.may_move_return(asked.status, step):
        messages.warning(
            request, _("This cannot be done now: %s.") % asked.get_status_display().lower()
        )
        return redirect(page)
    form = _form(asked, step, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _take(asked, step, form, str(request.user))
        except ShopError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{asked}: {RETURN_STEPS[step]}.")
        return redirect(page)
    title = str(RETURN_STEPS[step])
    return render(
        request,
        "backoffice/fulfilment/step.html",
        {
            "order": asked.order,
            "about": asked,
            "lines": asked.lines.all(),
            "form": form,
            "label": title,
            "consequence": CONSEQUENCES[step],
            "serious": step == rules.REFUSED,
            "page": page,
            **around(f"{asked}: {title}", (page, asked.order.readable_number)),
        },
    )
