"""Everything that payment providers told, as it came: found, and looked at."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.admin import display
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.views import InspectView

from shop.backoffice.records.base import DateFilter, ReadOnly, RecordAdmin, tag
from shop.backoffice.records.by_order import link_to_order
from shop.core.spreadsheets import ValueRefused
from shop.orders.models import Order
from shop.orders.queries import phone_in_e164, search_orders
from shop.payments.models import ProviderEvent
from shop.payments.reconciliation.rules import hidden
from shop.payments.reconciliation.told import happened_at, said
from shop.payments.statements.values import read_time

EVENT_TONES = {"applied": "good", "review": "alert", "refused": "warn"}


class WithPayments(ReadOnly):
    """Who may see payments may see what providers said of them."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm("payments.view_payment"))


def search_events(events: QuerySet[ProviderEvent], text: str) -> QuerySet[ProviderEvent]:
    """Find events by receipt, phone, reference, order or day, however they are written."""
    term = text.strip()
    if not term:
        return events
    day = _day(term)
    if day is not None:
        return events.filter(received_at__gte=day, received_at__lt=day + timedelta(days=1))
    wanted = Q(about__icontains=term) | Q(body__icontains=term)
    wanted |= Q(payment__receipt__iexact=term) | Q(payment__reference__icontains=term)
    wanted |= Q(payment__order__in=search_orders(Order.objects.all(), term).values("pk"))
    if not any(char.isalpha() for char in term):
        digits = "".join(char for char in term if char.isascii() and char.isdigit())
        if len(digits) >= 6:
            wanted |= Q(body__contains=digits)
        for phone in _written(phone_in_e164(term).lstrip("+")):
            wanted |= Q(body__contains=phone) | Q(payment__phone__contains=phone)
    return events.filter(wanted)


def _day(term: str) -> datetime | None:
    try:
        return make_aware(datetime.combine(read_time(term).date(), time.min))
    except ValueRefused:
        return None


def _written(digits: str) -> list[str]:
    """Return a phone as providers write it: whole, or with the middle hidden ("25471****678")."""
    return [digits, f"{digits[:5]}****{digits[-3:]}"] if len(digits) >= 10 else []


class EventSearch(BaseSearchHandler):
    """The search box above the events."""

    def search_queryset(
        self, queryset: QuerySet[ProviderEvent], search_term: str, **kwargs: Any
    ) -> QuerySet[ProviderEvent]:
        return search_events(queryset, search_term)


class EventInspectView(InspectView):
    """One event: what became of it, what it says, and the body as it came."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = self.instance
        title = f"{event.get_kind_display()} {event.about}".strip()
        return super().get_context_data(
            event=event,
            said=said(event.body),
            happened=happened_at(event.body),
            order_link=link_to_order(event.payment.order if event.payment else None),
            state_tag=tag(event.get_state_display(), EVENT_TONES.get(event.state, "")),
            breadcrumbs_items=[
                {"url": self.index_url, "label": _("Provider events")},
                {"url": "", "label": title},
            ],
            header_title=title,
            header_icon=self.menu_icon,
            **kwargs,
        )


class ProviderEventAdmin(RecordAdmin):
    """Everything that payment providers told, as it came."""

    model = ProviderEvent
    menu_label = gettext_lazy("Provider events")
    menu_icon = "download"
    permission_helper_class = WithPayments
    list_display = ("when", "what", "about", "payer", "order_link", "state_tag", "outcome")
    list_filter = ("state", "kind", ("received_at", DateFilter))
    list_select_related = ("payment__order",)
    search_handler_class = EventSearch
    ordering = ("-id",)
    inspect_view_class = EventInspectView
    inspect_template_name = "backoffice/money/event.html"

    @display(description=gettext_lazy("When"), ordering="id")
    def when(self, event: ProviderEvent) -> str:
        return date_format(localtime(event.received_at), "j M Y, H:i:s")

    @display(description=gettext_lazy("What"), ordering="kind")
    def what(self, event: ProviderEvent) -> str:
        return event.get_kind_display()

    @display(description=gettext_lazy("Payer"))
    def payer(self, event: ProviderEvent) -> str:
        told = said(event.body)
        return hidden(f"{told.name} {told.phone}".strip()) or "–"

    @display(description=gettext_lazy("Order"))
    def order_link(self, event: ProviderEvent) -> SafeString | str:
        return link_to_order(event.payment.order if event.payment else None)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, event: ProviderEvent) -> SafeString:
        return tag(event.get_state_display(), EVENT_TONES.get(event.state, ""))
