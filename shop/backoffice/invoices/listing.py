"""The list of invoices and credit notes, with files for the accountant."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from shop.backoffice.records.base import DateFilter, RecordAdmin, RecordIndexView, tag
from shop.backoffice.records.by_order import ByOrderSearch, link_to_order
from shop.backoffice.reports.files import table_file
from shop.core import money
from shop.invoicing.addresses import addresses
from shop.invoicing.models import TaxDocument
from shop.invoicing.printed import title_of
from shop.invoicing.queries import LEDGER, ledger
from shop.invoicing.rules import CREDIT_NOTE


class PaidFilter(SimpleListFilter):
    """Invoices whose money is still to come."""

    title = gettext_lazy("payment")
    parameter_name = "paid"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Paid")), ("no", gettext_lazy("Not paid yet"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[TaxDocument]
    ) -> QuerySet[TaxDocument]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(settlement__isnull=self.value() == "no")


class InvoiceIndexView(RecordIndexView):
    """The list; what is found in it can be taken along as a file."""

    def as_spreadsheet(
        self, queryset: QuerySet[TaxDocument], spreadsheet_format: str
    ) -> HttpResponseBase:
        return table_file(spreadsheet_format, "invoices", LEDGER, ledger(queryset))


class InvoiceAdmin(RecordAdmin):
    """Documents, newest first."""

    model = TaxDocument
    menu_label = gettext_lazy("Invoices")
    menu_icon = "doc-full"
    index_view_class = InvoiceIndexView
    index_view_extra_css = ["backoffice/reports.css"]
    list_display = (
        "document", "what", "order_link", "buyer", "vat_text", "amount_text", "paid", "when",
    )  # fmt: skip
    list_export = ("number",)
    list_filter = ("kind", PaidFilter, ("issued_at", DateFilter), "year")
    list_select_related = ("order",)
    search_fields = ("number", "buyer_name", "buyer_pin", "control_number")
    search_handler_class = ByOrderSearch
    ordering = ("-issued_at", "-id")
    inspect_view_enabled = False

    @display(description=gettext_lazy("Number"), ordering="issued_at")
    def document(self, document: TaxDocument) -> SafeString:
        return format_html(
            '<a href="{}"><strong>{}</strong></a>',
            addresses(document.order, document).page,
            document.number,
        )

    @display(description=gettext_lazy("What"), ordering="kind")
    def what(self, document: TaxDocument) -> str:
        return title_of(document)

    @display(description=gettext_lazy("Order"))
    def order_link(self, document: TaxDocument) -> SafeString | str:
        return link_to_order(document.order)

    @display(description=gettext_lazy("Buyer"), ordering="buyer_name")
    def buyer(self, document: TaxDocument) -> SafeString:
        return format_html(
            '{}<br><span class="backoffice-quiet">{}</span>',
            document.buyer_name or "–",
            document.buyer_pin,
        )

    @display(description=gettext_lazy("VAT"), ordering="tax")
    def vat_text(self, document: TaxDocument) -> str:
        return money.display(document.tax)

    @display(description=gettext_lazy("Total"), ordering="total")
    def amount_text(self, document: TaxDocument) -> str:
        sign = "−" if document.kind == CREDIT_NOTE else ""
        return f"{sign}{money.display(document.total)}"

    @display(description=gettext_lazy("Payment"))
    def paid(self, document: TaxDocument) -> SafeString | str:
        if document.settlement:
            return tag(document.settlement["label"], "good")
        return tag(gettext_lazy("Not paid yet"), "warn") if document.invoice_id is None else "–"

    @display(description=gettext_lazy("Issued"), ordering="issued_at")
    def when(self, document: TaxDocument) -> str:
        return f"{localtime(document.issued_at):%-d %b %Y, %H:%M}"
