"""Payments, stock movements and webhooks, newest first."""

from typing import Any

from django.contrib.admin import display
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.options import ModelAdminGroup

from shop.backoffice.invoices.listing import InvoiceAdmin
from shop.backoffice.records.base import DateFilter, RecordAdmin
from shop.backoffice.records.payments import PaymentAdmin
from shop.backoffice.records.provider_events import ProviderEventAdmin
from shop.backoffice.records.refunds import RefundAdmin
from shop.backoffice.webhooks.deliveries import DeliveryAdmin
from shop.catalog.models import Variant
from shop.inventory.models import Movement


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
    """What happened: money, stock, webhooks."""

    menu_label = gettext_lazy("Records")
    menu_icon = "history"
    menu_order = 130
    items = (
        InvoiceAdmin,
        PaymentAdmin,
        RefundAdmin,
        ProviderEventAdmin,
        MovementAdmin,
        DeliveryAdmin,
    )
