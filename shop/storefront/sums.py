"""What something costs, in words and finished prices, as the component of sums wants it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shop.core.errors import ShopError
from shop.core.money import ZERO, display
from shop.payments.gateways import GATEWAYS
from shop.pricing.rules import (
    BUNDLE,
    STEPS,
    ClassTax,
    DeliveryOption,
    OfferTerms,
    QuoteLine,
    VoucherUse,
)
from shop.pricing.rules.delivery import BY_VOUCHER


def reduction_rows(reductions: Iterable[tuple[str, str, Decimal]]) -> list[dict[str, str]]:
    """Say what is taken off: kind, name and amount of each offer or voucher."""
    return [
        {
            "label": _("Voucher %s") % name if kind == "voucher" else name,
            "amount": display(amount),
        }
        for kind, name, amount in reductions
    ]


def line_cuts(line: QuoteLine) -> dict[str, Any]:
    """Say what is taken off one line; nothing where nothing is."""
    if not line.discount:
        return {}
    return {
        "line_total": display(line.net),
        "line_total_before": display(line.total),
        "cuts": reduction_rows((cut.kind, cut.name, cut.amount) for cut in line.cuts),
    }


def tax_rows(taxes: Iterable[ClassTax]) -> list[dict[str, str]]:
    """Say the VAT by class; nothing where all is of one class."""
    rows = list(taxes)
    return [_tax_row(row) for row in rows] if len(rows) > 1 else []


def _tax_row(row: ClassTax) -> dict[str, str]:
    if row.percent:
        label = _("%(percent)s of %(gross)s") % {
            "percent": _percent(row.percent),
            "gross": display(row.gross),
        }
        return {"label": label, "amount": display(row.tax)}
    words = {"zero": _("Zero-rated"), "exempt": _("Exempt")}.get(row.tax_class, _("No VAT"))
    return {"label": f"{words}: {display(row.gross)}", "amount": display(row.tax)}


def rounding_rows(total: Decimal, rounding: Decimal) -> dict[str, str]:
    """Say what paying in whole shillings adds or takes off; nothing where it does neither."""
    if not rounding:
        return {}
    sign = "+" if rounding > 0 else "\N{MINUS SIGN}"
    return {"rounding": f"{sign} {display(abs(rounding))}", "payable": display(total + rounding)}


def rounding_of(method: str, total: Decimal) -> Decimal:
    """Return how far the way of paying rounds a total; not at all where it cannot take it."""
    gateway = GATEWAYS.get(method)
    if gateway is None or not total:
        return ZERO
    try:
        return gateway.payable(total) - total
    except ShopError:
        return ZERO


def voucher_box(use: VoucherUse | None, refused: str = "", typed: str = "") -> dict[str, Any]:
    """Say what became of the voucher, for the field where one is typed."""
    problem = use.problem if use else None
    return {
        "code": use.code if use else "",
        "typed": typed,
        "error": refused,
        "problem": problem.message if problem else "",
        "saved": display(use.amount) if use and use.amount else "",
        "free_delivery": bool(use and use.free_delivery),
    }


def delivery_hint(option: DeliveryOption) -> str:
    """Say why a way costs nothing, or from when it would."""
    if option.why == BY_VOUCHER:
        return _("Your voucher pays for it")
    free_from = option.rate.free_from
    return _("Free from an order of %s") % display(free_from) if free_from else ""


def offer_words(offer: OfferTerms) -> dict[str, str]:
    """Say what an offer takes off, for the page of a product that it counts for."""
    if offer.kind == STEPS:
        steps = [
            _("from %(units)d units %(percent)s off") % {"units": units, "percent": _percent(off)}
            for units, off in offer.steps
        ]
        return {"name": offer.name, "text": ", ".join(steps)}
    if offer.kind == BUNDLE:
        less = _("free") if offer.percent == 100 else _("%s off") % _percent(offer.percent)
        words = {"buy": offer.buy, "get": offer.get, "less": less}
        return {"name": offer.name, "text": _("buy %(buy)d, get %(get)d %(less)s") % words}
    return {"name": offer.name, "text": _("%s off") % _percent(offer.percent)}


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f} %"
