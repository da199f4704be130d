"""All reports, in the order in which they are listed."""

from django.utils.translation import gettext_lazy as _

from shop.backoffice.reports import sales, stock
from shop.backoffice.reports.tables import Report
from shop.backoffice.reports.vat import vat

SEES_SALES = "orders.view_order"
SEES_STOCK = "inventory.view_stocklevel"
SEES_BOOKS = "invoicing.view_taxdocument"

_ALL = (
    Report(
        "days",
        _("Sales by day"),
        _(
            "Orders and revenue of each day. Cancelled and repaid orders do not count, and of one"
            " that was repaid in part what is left."
        ),
        SEES_SALES,
        sales.by_day,
    ),
    Report(
        "products",
        _("Sales by product"),
        _(
            "Units and revenue of each product, after discounts and refunds of units. A refund of"
            " an amount is no product's: it lowers the figures by day and place."
        ),
        SEES_SALES,
        sales.by_product,
    ),
    Report(
        "categories",
        _("Sales by category"),
        _("Each product counts once, in the first category that it stands in today."),
        SEES_SALES,
        sales.by_category,
    ),
    Report(
        "places",
        _("Sales by place"),
        _("Orders and revenue of each county, delivery included."),
        SEES_SALES,
        sales.by_county,
    ),
    Report(
        "payment-methods",
        _("Sales by way of paying"),
        _("How orders were to be paid, whether or not the money has come."),
        SEES_SALES,
        sales.by_payment_method,
    ),
    Report(
        "vouchers",
        _("Vouchers"),
        _("What was bought with each voucher; what was taken off includes offers."),
        SEES_SALES,
        sales.by_voucher,
    ),
    Report(
        "vat",
        _("VAT by month"),
        _("What was invoiced at each VAT rate, credit notes taken off: for the VAT return."),
        SEES_BOOKS,
        vat,
        days=365,
    ),
    Report(
        "stock-value",
        _("Value of the stock"),
        _("What lies on the shelf now, at list prices with VAT; promised units are among it."),
        SEES_STOCK,
        stock.stock_value,
        dated=False,
    ),
    Report(
        "carts",
        _("Carts left behind"),
        _("What was put into a cart and not bought within two hours."),
        SEES_SALES,
        stock.carts_left,
    ),
)
REPORTS: dict[str, Report] = {report.slug: report for report in _ALL}
