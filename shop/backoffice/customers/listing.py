"""The list of customers and how to find one in it."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from shop.backoffice.customers.page import CustomerInspectView
from shop.backoffice.records.base import DateFilter, RecordAdmin, RecordIndexView, tag
from shop.core import money
from shop.customers.models import User
from shop.customers.queries import search_customers
from shop.orders.models import Order
from shop.orders.queries import COUNTED


class CustomerSearch(BaseSearchHandler):
    """The search box above the customers."""

    def search_queryset(
        self, queryset: QuerySet[User], search_term: str, **kwargs: Any
    ) -> QuerySet[User]:
        return search_customers(search_term, queryset)


class CustomerIndexView(RecordIndexView):
    """The list, under the name that shopkeepers use."""

    page_title = gettext_lazy("Customers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.verbose_name = gettext("customer")
        self.verbose_name_plural = gettext("customers")


class AccountFilter(SimpleListFilter):
    """Open and closed accounts."""

    title = gettext_lazy("account")
    parameter_name = "account"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", gettext_lazy("Open")), ("closed", gettext_lazy("Closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() in ("open", "closed"):
            return queryset.filter(is_active=self.value() == "open")
        return queryset


class BoughtFilter(SimpleListFilter):
    """Who bought something, and who has not yet."""

    title = gettext_lazy("orders")
    parameter_name = "bought"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Bought")), ("no", gettext_lazy("Nothing yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() in ("yes", "no"):
            bought = Exists(Order.objects.filter(COUNTED, user=OuterRef("pk")))
            return queryset.filter(bought if self.value() == "yes" else ~bought)
        return queryset


class CustomerAdmin(RecordAdmin):
    """Customers, the newest first."""

    model = User
    menu_label = gettext_lazy("Customers")
    menu_icon = "user"
    menu_order = 122
    base_url_path = "customers"
    list_display = ("who", "contact", "orders_so_far", "spent", "last_order", "joined", "state_tag")
    list_filter = (AccountFilter, BoughtFilter, ("date_joined", DateFilter))
    ordering = ("-id",)
    index_view_class = CustomerIndexView
    search_handler_class = CustomerSearch
    inspect_view_class = CustomerInspectView
    inspect_template_name = "backoffice/customers/customer.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people: QuerySet[User] = super().get_queryset(request)
        bought = Order.objects.filter(COUNTED, user=OuterRef("pk")).order_by().values("user")
        return people.annotate(
            order_count=Subquery(bought.annotate(n=Count("pk")).values("n")),
            total_spent=Subquery(bought.annotate(n=Sum(F("total") - F("refunded"))).values("n")),
            last_order_at=Subquery(bought.annotate(n=Max("placed_at")).values("n")),
        )

    def register_admin_url_finders(self) -> None:
        """Leave Wagtail's own page of a user in its place: that is where accounts are edited."""

    def register_indexing(self) -> None:
        """Nothing refers to customers in pages."""

    @display(description=gettext_lazy("Customer"), ordering="first_name")
    def who(self, person: User) -> SafeString:
        return format_html("<strong>{}</strong>", person)

    @display(description=gettext_lazy("Phone and email"), ordering="email")
    def contact(self, person: User) -> SafeString:
        phone = person.phone.as_national if person.phone else ""
        return format_html('{}<br><span class="backoffice-quiet">{}</span>', phone, person.email)

    @display(description=gettext_lazy("Orders"), ordering="order_count")
    def orders_so_far(self, person: Any) -> int:
        return person.order_count or 0

    @display(description=gettext_lazy("Spent"), ordering="total_spent")
    def spent(self, person: Any) -> str:
        return money.display(person.total_spent) if person.total_spent else ""

    @display(description=gettext_lazy("Last order"), ordering="last_order_at")
    def last_order(self, person: Any) -> str:
        return f"{localtime(person.last_order_at):%-d %b %Y}" if person.last_order_at else ""

    @display(description=gettext_lazy("Since"), ordering="date_joined")
    def joined(self, person: User) -> str:
        return f"{localtime(person.date_joined):%-d %b %Y}"

    @display(description=gettext_lazy("State"), ordering="is_active")
    def state_tag(self, person: User) -> SafeString | str:
        if not person.is_active:
            return tag(gettext_lazy("Closed"), "alert")
        return tag(gettext_lazy("Staff")) if person.is_superuser or person.is_staff else ""
