"""Payments, newest first."""

from django.contrib.admin import display
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from shop.backoffice.orders.filters import PaymentMethodFilter
from shop.backoffice.records.base import DateFilter, RecordAdmin, tag
from shop.backoffice.records.by_order import ByOrderSearch, link_to_order
from shop.core import money
from shop.invoicing.actions.invoice import method_label
from shop.payments.models import Payment

PAYMENT_TONES = {"paid": "good", "review": "alert", "failed": "warn"}


class MethodFilter(PaymentMethodFilter):
    """How the money moves."""

    parameter_name = field = "method"


class PaymentAdmin(RecordAdmin):
    """Attempts to pay."""

    model = Payment
    menu_icon = "decimal"
    list_display = (
        "number",
        "order_link",
        "way",
        "amount_text",
        "state_tag",
        "why",
        "reference",
        "when",
    )
    list_filter = ("state", MethodFilter, ("created_at", DateFilter))
    list_select_related = ("order",)
    search_fields = ("reference", "receipt", "provider_id", "phone")
    search_handler_class = ByOrderSearch
    ordering = ("-id",)
    # The address of its answer is a secret, also here.
    inspect_view_fields = (
        "order", "method", "state", "reason", "reason_code", "amount", "received", "currency",
        "receipt", "reference", "phone", "provider_id", "merchant_id", "attempts", "asked_at",
        "queries", "next_query_at", "created_at", "updated_at",
    )  # fmt: skip

    @display(description=gettext_lazy("Payment"), ordering="id")
    def number(self, payment: Payment) -> str:
        return f"#{payment.pk}"

    @display(description=gettext_lazy("Order"))
    def order_link(self, payment: Payment) -> SafeString | str:
        return link_to_order(payment.order)

    @display(description=gettext_lazy("Way of paying"), ordering="method")
    def way(self, payment: Payment) -> str:
        return method_label(payment.method)

    @display(description=gettext_lazy("Amount"), ordering="amount")
    def amount_text(self, payment: Payment) -> str:
        return money.display(payment.amount)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, payment: Payment) -> SafeString:
        return tag(payment.get_state_display(), PAYMENT_TONES.get(payment.state, ""))

    @display(description=gettext_lazy("Begun"), ordering="created_at")
    def when(self, payment: Payment) -> str:
        return f"{localtime(payment.created_at):%-d %b %Y, %H:%M}"

    @display(description=gettext_lazy("Why"))
    def why(self, payment: Payment) -> str:
        return f"{payment.reason} [{payment.reason_code}]" if payment.reason_code else ""
