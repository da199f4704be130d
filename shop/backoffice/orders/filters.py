"""What the list of orders can be narrowed by."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin import ListFilter, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from shop.core.clock import now
from shop.flows.sum_up_shop import UNPAID_TOO_LONG
from shop.orders import rules
from shop.orders.models import Order
from shop.orders.sales import unpaid_before
from shop.payments.gateways import GATEWAYS
from shop.pricing.models import DeliveryMethod
from shop.pricing.regions import COUNTIES

Orders = QuerySet[Order]
Choices = list[tuple[str, Any]]

TO_CONFIRM, TO_PACK, TO_SEND = "to_confirm", "to_pack", "to_send"
UNPAID_LONG, TODAY = "unpaid_too_long", "today"
DAYS = ("from", "to")
WAITS = {TO_CONFIRM: rules.PLACED, TO_PACK: rules.CONFIRMED, TO_SEND: rules.PACKED}
# The lists that every shop needs, in the order of the day.
VIEWS = {
    TODAY: _("Today"),
    TO_CONFIRM: _("To confirm"),
    TO_PACK: _("To pack"),
    TO_SEND: _("To send"),
    UNPAID_LONG: _("Unpaid too long"),
}


class Choice(SimpleListFilter):
    """One of some values, chosen from a list."""

    field = ""

    def queryset(self, request: HttpRequest, queryset: Orders) -> Orders:
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


class StatusFilter(Choice):
    """How far an order is."""

    title, parameter_name, field = _("Status"), "status__exact", "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Order.Status.choices)


class PaymentStatusFilter(Choice):
    """Whether it is paid."""

    title, parameter_name, field = _("Paid"), "payment_status__exact", "payment_status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Order.PaymentStatus.choices)


class PaymentMethodFilter(Choice):
    """How it is paid."""

    title, parameter_name, field = _("Way of paying"), "payment_method", "payment_method"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(code, gateway.label) for code, gateway in GATEWAYS.items()]


class DeliveryFilter(Choice):
    """How it goes out."""

    title, parameter_name, field = _("Delivery"), "delivery", "delivery_method"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(DeliveryMethod.objects.order_by("sort_order").values_list("code", "name"))


class CountyFilter(Choice):
    """Where it goes."""

    title, parameter_name, field = _("County"), "county", "county"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(name, name) for name in COUNTIES]


class ViewFilter(SimpleListFilter):
    """One of the lists that every shop needs."""

    title, parameter_name = _("List"), "view"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(VIEWS.items())

    def queryset(self, request: HttpRequest, queryset: Orders) -> Orders:
        view = str(self.value())
        if view == TODAY:
            return queryset.filter(placed_at__gte=_begin_of(localdate(now())))
        if view == UNPAID_LONG:
            late = unpaid_before(now() - UNPAID_TOO_LONG).order_by().values("pk")
            return queryset.filter(pk__in=late)
        return queryset.filter(status=WAITS[view]) if view in WAITS else queryset


class ChosenFilter(SimpleListFilter):
    """Orders that were ticked, by number of their rows: "12-15-19"."""

    title, parameter_name = _("Chosen"), "chosen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("", "")]

    def queryset(self, request: HttpRequest, queryset: Orders) -> Orders:
        if not self.value():
            return queryset
        return queryset.filter(pk__in=numbers_in(str(self.value()).split("-")))


class DatesFilter(ListFilter):
    """Orders placed from one day to another, both included."""

    title, parameter_name = _("Placed"), "from"

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        for name in DAYS:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1]

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str | None]:
        return [*DAYS]

    def choices(self, changelist: Any) -> Iterator[Any]:
        return iter(())

    def day(self, name: str) -> date | None:
        """Return the day that the address names."""
        try:
            return parse_date(str(self.used_parameters.get(name, "")))
        except ValueError:
            return None

    @property
    def first(self) -> str:
        """The first day, as an input of dates has it."""
        found = self.day("from")
        return found.isoformat() if found else ""

    @property
    def last(self) -> str:
        """The last day likewise."""
        found = self.day("to")
        return found.isoformat() if found else ""

    def queryset(self, request: HttpRequest, queryset: Orders) -> Orders:
        first, last = self.day("from"), self.day("to")
        if first is not None:
            queryset = queryset.filter(placed_at__gte=_begin_of(first))
        if last is not None and last < date.max:
            queryset = queryset.filter(placed_at__lt=_begin_of(last + timedelta(days=1)))
        return queryset


FILTERS = (
    ViewFilter,
    StatusFilter,
    PaymentStatusFilter,
    PaymentMethodFilter,
    DeliveryFilter,
    CountyFilter,
    DatesFilter,
    ChosenFilter,
)
# Those that stand on the screen as a choice.
ON_SCREEN = (StatusFilter, PaymentStatusFilter, PaymentMethodFilter, DeliveryFilter, CountyFilter)


def numbers_in(texts: Iterable[str]) -> list[int]:
    """Return the ids among some texts."""
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]


def _begin_of(day: date) -> datetime:
    return make_aware(datetime.combine(max(day, date(2, 1, 1)), time.min))
