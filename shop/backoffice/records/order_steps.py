"""Take an order one step further: a page that asks, then one call of the flow."""

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

from shop.backoffice.records.order_page import PAY, STEPS, legal_steps
from shop.core.errors import ShopError
from shop.core.money import display
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.deliver_order import deliver_order
from shop.flows.pack_order import pack_order
from shop.flows.ship_order import ship_order
from shop.notifications.actions.resend import resend
from shop.notifications.models import Message
from shop.orders import rules
from shop.orders.models import Order, OrderEvent
from shop.orders.timeline import last_step, steps_since

FLOWS: dict[str, Callable[..., Order]] = {
    rules.CONFIRMED: confirm_order,
    rules.PACKED: pack_order,
    rules.SHIPPED: ship_order,
    rules.DELIVERED: deliver_order,
    rules.CANCELLED: cancel_order,
}

CONSEQUENCES = {
    rules.CONFIRMED: gettext_lazy("The shop takes the order on."),
    rules.PACKED: gettext_lazy("The parcel is ready to go."),
    rules.SHIPPED: gettext_lazy("Its units leave the stock; the order can no longer be cancelled."),
    rules.DELIVERED: gettext_lazy("The customer has the goods."),
    rules.CANCELLED: gettext_lazy(
        "Its units can be sold to others again. This cannot be taken back."
    ),
    PAY: gettext_lazy("The money is in the shop's hands."),
}


class StepForm(forms.Form):
    """What somebody may add to a step."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Stands in the order's timeline"),
    )


class CancelForm(StepForm):
    """Cancelling wants a reason."""

    note = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class PaymentForm(forms.Form):
    """Where the money can be found again."""

    reference = forms.CharField(
        label=gettext_lazy("Receipt or reference"), required=False, max_length=64
    )


def _form_class(step: str) -> type[forms.Form]:
    if step == PAY:
        return PaymentForm
    return CancelForm if step == rules.CANCELLED else StepForm


def _take(order: Order, step: str, actor: str, words: dict[str, Any]) -> None:
    if step == PAY:
        confirm_payment(order_id=order.pk, actor=actor, **words)
    else:
        FLOWS[step](order_id=order.pk, actor=actor, **words)


def _meanwhile(request: HttpRequest, order: Order) -> list[OrderEvent]:
    """Return what happened since the form was shown; nothing where it says no version."""
    seen = request.POST.get("seen", "")
    return steps_since(order.pk, int(seen)) if seen.isdecimal() and len(seen) < 19 else []


@permission_required("orders.change_order", raise_exception=True)
def take_step(request: HttpRequest, order_id: int, step: str) -> HttpResponse:
    """Ask whether the order shall go a step further; on POST, let it."""
    order = get_object_or_404(Order, pk=order_id)
    if step not in STEPS:
        raise Http404
    page = reverse("orders_order_modeladmin_inspect", args=[order.pk])
    if request.method == "GET" and step not in legal_steps(order):
        messages.warning(
            request, _("This cannot be done now: %s.") % order.get_status_display().lower()
        )
        return redirect(page)
    form = _form_class(step)(request.POST if request.method == "POST" else None)
    meanwhile = _meanwhile(request, order)
    if meanwhile:
        messages.warning(request, _("Somebody else worked on this order. Look, then decide."))
    if request.method == "POST" and form.is_valid() and not meanwhile:
        try:
            _take(order, step, str(request.user), form.cleaned_data)
        except ShopError as error:
            messages.error(request, error.message)
        else:
            messages.success(
                request,
                _("Order %(number)s: %(step)s.")
                % {"number": order.readable_number, "step": STEPS[step]},
            )
        return redirect(page)
    return render(
        request,
        "backoffice/orders/step.html",
        {
            "order": order,
            "form": form,
            "step": step,
            "seen": last_step(order.pk),
            "meanwhile": meanwhile,
            "label": STEPS[step],
            "consequence": CONSEQUENCES[step],
            "amount": display(order.total),
            "serious": step == rules.CANCELLED,
            "page": page,
            "header_title": STEPS[step],
            "header_icon": "clipboard-list",
            "breadcrumbs_items": [
                {"url": reverse("orders_order_modeladmin_index"), "label": _("Orders")},
                {"url": page, "label": order.readable_number},
                {"url": "", "label": STEPS[step]},
            ],
        },
    )


@permission_required("notifications.change_message", raise_exception=True)
def send_again(request: HttpRequest, message_id: int) -> HttpResponse:
    """Ask whether a message shall go out once more; on POST, let it."""
    message = get_object_or_404(Message.objects.select_related("order"), pk=message_id)
    page = reverse("notifications_message_modeladmin_inspect", args=[message.pk])
    if request.method == "POST":
        try:
            resend(message_id=message.pk, actor=str(request.user))
        except ShopError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The message goes out again in a moment."))
        return redirect(page)
    return render(
        request,
        "backoffice/messages/send_again.html",
        {
            "message": message,
            "page": page,
            "header_title": _("Send again"),
            "header_icon": "mail",
            "breadcrumbs_items": [
                {"url": reverse("notifications_message_modeladmin_index"), "label": _("Messages")},
                {"url": page, "label": str(message)},
                {"url": "", "label": _("Send again")},
            ],
        },
    )
