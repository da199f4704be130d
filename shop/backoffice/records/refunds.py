"""Give an order's money back: a form, a page that says what will happen, then one call."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin import display
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from shop.backoffice.records.base import DateFilter, RecordAdmin, tag
from shop.backoffice.records.by_order import link_to_order
from shop.core import money
from shop.core.errors import ShopError
from shop.core.numbers import new_secret
from shop.flows.refund_order import RefundedLine, refund_payment
from shop.orders.models import OrderLine
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment, Refund
from shop.payments.queries import refunded_units

MAY_REFUND = "payments.add_refund"
TONES = {"done": "good", "failed": "alert", "by_hand": "warn", "sent": "warn"}
ALL, LINES, AMOUNT = "all", "lines", "amount"
MOST = 12  # digits


@dataclass(frozen=True, slots=True)
class LineFields:
    """A line of the order on the form, with how many of its units can still be paid back."""

    line: OrderLine
    left: int
    units: forms.BoundField
    restock: forms.BoundField


class RefundForm(forms.Form):
    """How much goes back, why, and whether it went already."""

    what = forms.ChoiceField(
        label=gettext_lazy("What goes back"),
        initial=ALL,
        widget=forms.RadioSelect,
        choices=[
            (ALL, gettext_lazy("Everything that is left")),
            (LINES, gettext_lazy("Units of lines")),
            (AMOUNT, gettext_lazy("An amount")),
        ],
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"),
        required=False,
        max_digits=MOST,
        decimal_places=2,
        min_value=Decimal("0.01"),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=64,
        help_text=gettext_lazy(
            "Only if you sent the money back yourself already: the receipt, or where the cash"
            " came from"
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, payment: Payment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", new_secret())
        gone = refunded_units(payment.order_id) if payment.order_id else {}
        lines = OrderLine.objects.filter(order=payment.order_id).order_by("pk")
        self.left = {line: line.quantity - gone.get(line.pk, 0) for line in lines}
        for line, left in self.left.items():
            self.fields[f"units_{line.pk}"] = forms.IntegerField(
                label=_("Units"), required=False, min_value=0, max_value=left
            )
            self.fields[f"restock_{line.pk}"] = forms.BooleanField(
                label=_("can be sold again"), required=False
            )

    @property
    def line_fields(self) -> list[LineFields]:
        """Return the lines of the order with their two fields."""
        return [
            LineFields(line, left, self[f"units_{line.pk}"], self[f"restock_{line.pk}"])
            for line, left in self.left.items()
        ]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("what") == AMOUNT and not words.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Name the amount."))
        if words.get("what") == LINES and not self.errors and not self.wanted_lines():
            self.add_error("what", _("Name the units of at least one line."))
        return words

    def wanted_lines(self) -> list[RefundedLine]:
        """Return the units that were named."""
        words = self.cleaned_data
        return [
            RefundedLine(line.pk, units, words[f"restock_{line.pk}"])
            for line in self.left
            if (units := words.get(f"units_{line.pk}"))
        ]

    def refund(self, payment: Payment, actor: str) -> Refund:
        """Let the flow do what was chosen. Raises ShopError."""
        words = self.cleaned_data
        return refund_payment(
            payment_id=payment.pk,
            amount=words["amount"] if words["what"] == AMOUNT else None,
            lines=self.wanted_lines() if words["what"] == LINES else (),
            reason=words["reason"],
            actor=actor,
            reference=words["reference"],
            key=f"form:{words['key']}"[:64],
        )


@permission_required(MAY_REFUND, raise_exception=True)
def give_back(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Ask how much goes back; then say what will happen; on the second POST, let it."""
    payment = get_object_or_404(Payment.objects.select_related("order"), pk=payment_id)
    page = _page_of(payment)
    if payment.refundable <= 0 and request.method == "GET":
        messages.warning(request, _("Nothing of this payment can go back."))
        return redirect(page)
    form = RefundForm(payment, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = str(request.user)
        try:
            if "confirmed" in request.POST:
                refund = form.refund(payment, actor)
                messages.success(request, _said(refund))
                return redirect(page)
            return _render(request, payment, form, planned=_planned(form, payment, actor))
        except ShopError as error:
            form.add_error(None, error.message)
    return _render(request, payment, form)


def _planned(form: RefundForm, payment: Payment, actor: str) -> Refund:
    """Return the refund as it would be: it is made, and undone at once. Raises ShopError."""
    with transaction.atomic():
        refund = form.refund(payment, actor)
        transaction.set_rollback(True)
    return refund


def _said(refund: Refund) -> str:
    amount = money.display(refund.amount)
    if refund.state == Refund.State.DONE:
        return _("%s noted as sent back.") % amount
    if refund.state == Refund.State.BY_HAND:
        return _("%s: please send it back by hand, then say so on the Money screen.") % amount
    return _("%s goes back in a moment.") % amount


def _page_of(payment: Payment) -> str:
    if payment.order_id is None:
        return reverse("payments_payment_modeladmin_inspect", args=[payment.pk])
    return reverse("orders_order_modeladmin_inspect", args=[payment.order_id])


def _render(
    request: HttpRequest, payment: Payment, form: RefundForm, planned: Refund | None = None
) -> HttpResponse:
    page, order = _page_of(payment), payment.order
    return render(
        request,
        "backoffice/refunds/give_back.html",
        {
            "payment": payment,
            "order": order,
            "form": form,
            "planned": planned,
            "lines_wanted": _words_of(form) if planned else [],
            "way": GATEWAYS[payment.method].label,
            "page": page,
            "header_title": _("Refund"),
            "header_icon": "decimal",
            "breadcrumbs_items": [
                {
                    "url": page,
                    "label": order.readable_number if order else _("Payment #%s") % payment.pk,
                },
                {"url": "", "label": _("Refund")},
            ],
        },
        status=422 if form.errors else 200,
    )


def _words_of(form: RefundForm) -> list[dict[str, Any]]:
    if form.cleaned_data["what"] != LINES:
        return []
    names = {line.pk: line.name for line in form.left}
    return [
        {"name": names[line.line_id], "units": line.quantity, "restock": line.restock}
        for line in form.wanted_lines()
    ]


class RefundAdmin(RecordAdmin):
    """Money that went back, or is to."""

    model = Refund
    menu_icon = "undo"
    list_display = ("number", "order_link", "amount_text", "state_tag", "reason", "who", "when")
    list_filter = ("state", ("created_at", DateFilter))
    list_select_related = ("payment__order",)
    search_fields = ("reference", "receipt", "provider_id", "payment__order__number")
    ordering = ("-id",)
    inspect_view_fields = (
        "payment", "state", "amount", "currency", "reason", "actor", "reference", "receipt",
        "problem", "problem_code", "provider_id", "originator_id", "attempts", "asked_at",
        "done_at", "created_at", "updated_at",
    )  # fmt: skip

    @display(description=gettext_lazy("Refund"), ordering="id")
    def number(self, refund: Refund) -> str:
        return f"#{refund.pk}"

    @display(description=gettext_lazy("Order"))
    def order_link(self, refund: Refund) -> SafeString | str:
        return link_to_order(refund.payment.order)

    @display(description=gettext_lazy("Amount"), ordering="amount")
    def amount_text(self, refund: Refund) -> str:
        return money.display(refund.amount)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, refund: Refund) -> SafeString:
        return tag(refund.get_state_display(), TONES.get(refund.state, ""))

    @display(description=gettext_lazy("Who"), ordering="actor")
    def who(self, refund: Refund) -> str:
        return refund.actor

    @display(description=gettext_lazy("Asked for"), ordering="created_at")
    def when(self, refund: Refund) -> str:
        return f"{localtime(refund.created_at):%-d %b %Y, %H:%M}"
