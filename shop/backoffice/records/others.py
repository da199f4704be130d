"""Payments, messages and stock movements, newest first."""

from typing import Any

from django.contrib.admin import display
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.options import ModelAdminGroup
from wagtail_modeladmin.views import InspectView

from shop.backoffice.records.base import DateFilter, RecordAdmin, tag
from shop.backoffice.records.orders import search_orders
from shop.catalog.models import Variant
from shop.core import money
from shop.inventory.models import Movement
from shop.notifications.actions.resend import RESENDABLE
from shop.notifications.models import Message
from shop.orders.models import Order
from shop.payments.models import Payment

STATE_TONES = {
    "paid": "good",
    "sent": "good",
    "failed": "alert",
    "unknown": "warn",
}


def link_to_order(order: Order) -> SafeString:
    """Return the order's number as a link to its page."""
    return format_html(
        '<a href="{}">{}</a>',
        reverse("orders_order_modeladmin_inspect", args=[order.pk]),
        order.readable_number,
    )


class ByOrderSearch(BaseSearchHandler):
    """Find records through their order, or by their own reference or recipient."""

    def search_queryset(self, queryset: Any, search_term: str, **kwargs: Any) -> Any:
        term = search_term.strip()
        if not term:
            return queryset
        own = Q()
        for field in self.search_fields:
            own |= Q(**{f"{field}__icontains": term})
        orders = search_orders(Order.objects.all(), term).values("pk")
        return queryset.filter(own | Q(order__in=orders))


class PaymentAdmin(RecordAdmin):
    """Attempts to pay."""

    model = Payment
    menu_icon = "decimal"
    list_display = (
        "number",
        "order_link",
        "method",
        "amount_text",
        "state_tag",
        "reference",
        "when",
    )
    list_filter = ("state", "method", ("created_at", DateFilter))
    list_select_related = ("order",)
    search_fields = ("reference",)
    search_handler_class = ByOrderSearch
    ordering = ("-id",)

    @display(description=gettext_lazy("Payment"), ordering="id")
    def number(self, payment: Payment) -> str:
        return f"#{payment.pk}"

    @display(description=gettext_lazy("Order"))
    def order_link(self, payment: Payment) -> SafeString:
        return link_to_order(payment.order)

    @display(description=gettext_lazy("Amount"), ordering="amount")
    def amount_text(self, payment: Payment) -> str:
        return money.display(payment.amount)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, payment: Payment) -> SafeString:
        return tag(payment.get_state_display(), STATE_TONES.get(payment.state, ""))

    @display(description=gettext_lazy("Begun"), ordering="created_at")
    def when(self, payment: Payment) -> str:
        return f"{localtime(payment.created_at):%-d %b %Y, %H:%M}"


class MessageInspectView(InspectView):
    """One message with all that is known of its delivery."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        message = self.instance
        return super().get_context_data(
            message=message,
            tone={"good": "w-status--primary"}.get(
                STATE_TONES.get(message.state, ""),
                f"backoffice-{STATE_TONES.get(message.state, '')}",
            ),
            order_url=reverse("orders_order_modeladmin_inspect", args=[message.order_id]),
            resend_url=reverse("message_send_again", args=[message.pk])
            if message.state in RESENDABLE
            and self.request.user.has_perm("notifications.change_message")
            else "",
            breadcrumbs_items=[
                {"url": self.index_url, "label": gettext_lazy("Messages")},
                {"url": "", "label": message.get_event_display()},
            ],
            header_title=message.get_event_display(),
            header_icon=self.menu_icon,
            **kwargs,
        )


class MessageAdmin(RecordAdmin):
    """SMS and emails."""

    model = Message
    menu_icon = "mail"
    list_display = (
        "what", "channel", "recipient", "order_link", "state_tag", "attempts", "reason", "when",
    )  # fmt: skip
    list_filter = ("state", "channel", "event", ("created_at", DateFilter))
    list_select_related = ("order",)
    search_fields = ("recipient",)
    search_handler_class = ByOrderSearch
    ordering = ("-id",)
    inspect_view_class = MessageInspectView
    inspect_template_name = "backoffice/messages/inspect.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        messages: QuerySet[Message] = super().get_queryset(request)
        return messages.defer("body")

    @display(description=gettext_lazy("Message"), ordering="event")
    def what(self, message: Message) -> str:
        return message.get_event_display()

    @display(description=gettext_lazy("Order"))
    def order_link(self, message: Message) -> SafeString:
        return link_to_order(message.order)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, message: Message) -> SafeString:
        return tag(message.get_state_display(), STATE_TONES.get(message.state, ""))

    @display(description=gettext_lazy("Written"), ordering="created_at")
    def when(self, message: Message) -> str:
        return f"{localtime(message.created_at):%-d %b %Y, %H:%M}"


class MovementSearch(BaseSearchHandler):
    """Find movements by SKU, order number, file or who did it."""

    def search_queryset(
        self, queryset: QuerySet[Movement], search_term: str, **kwargs: Any
    ) -> QuerySet[Movement]:
        term = search_term.strip()
        if not term:
            return queryset
        joined = "".join(term.split())
        variants = Variant.objects.filter(sku__icontains=term).values("pk")
        return queryset.filter(
            Q(variant_id__in=variants)
            | Q(sku__icontains=term)
            | Q(reference__icontains=joined)
            | Q(actor__icontains=term)
        )


class MovementAdmin(RecordAdmin):
    """The stock ledger."""

    model = Movement
    menu_label = gettext_lazy("Stock movements")
    menu_icon = "tasks"
    list_display = ("when", "what", "sku_now", "shelf", "promised", "reference", "reason", "actor")
    list_filter = ("kind", ("created_at", DateFilter))
    search_handler_class = MovementSearch
    ordering = ("-id",)
    inspect_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Movement]:
        movements: QuerySet[Movement] = super().get_queryset(request)
        sku = Variant.objects.filter(pk=OuterRef("variant_id")).values("sku")
        return movements.annotate(variant_sku=Coalesce(Subquery(sku), "sku"))

    @display(description=gettext_lazy("When"), ordering="id")
    def when(self, movement: Movement) -> str:
        return f"{localtime(movement.created_at):%-d %b %Y, %H:%M}"

    @display(description=gettext_lazy("What"), ordering="kind")
    def what(self, movement: Movement) -> str:
        return movement.get_kind_display()

    @display(description="SKU")
    def sku_now(self, movement: Any) -> str:
        return movement.variant_sku or f"variant {movement.variant_id}"

    @display(description=gettext_lazy("Shelf"))
    def shelf(self, movement: Movement) -> str:
        return f"{movement.on_hand_change:+d}"

    @display(description=gettext_lazy("Promised"))
    def promised(self, movement: Movement) -> str:
        return f"{movement.reserved_change:+d}"


class RecordGroup(ModelAdminGroup):
    """What happened: money, messages, stock."""

    menu_label = gettext_lazy("Records")
    menu_icon = "history"
    menu_order = 130
    items = (PaymentAdmin, MessageAdmin, MovementAdmin)
