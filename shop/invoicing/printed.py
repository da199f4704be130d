"""A document in words and finished figures, for its page and its PDF."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shop.catalog.models import TaxClass
from shop.core.money import display
from shop.core.numbers import grouped
from shop.invoicing.frozen import lines_of
from shop.invoicing.models import TaxDocument
from shop.invoicing.rules import CREDIT_NOTE, Line


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line; `detail` is its code and options."""

    name: str
    detail: str
    quantity: str
    unit_price: str
    discount: str
    vat: str
    total: str


@dataclass(frozen=True, slots=True)
class PrintedTax:
    """What one tax class comes to."""

    label: str
    net: str
    tax: str
    gross: str


@dataclass(frozen=True, slots=True)
class Printed:
    """All that stands on a document, from top to bottom."""

    title: str
    subtitle: str
    number: str
    seller: str
    seller_lines: list[str]
    facts: list[tuple[str, str]]
    buyer_lines: list[str]
    lines: list[PrintedLine]
    has_discount: bool
    sums: list[tuple[str, str]]
    total_label: str
    total: str
    taxes: list[PrintedTax]
    payment: list[tuple[str, str]]
    fiscal: list[tuple[str, str]]
    qr_text: str
    note: str


def printed(document: TaxDocument) -> Printed:
    """Put a kept document into words; the same document always reads the same."""
    content = document.content
    lines = lines_of(content)
    credit = document.kind == CREDIT_NOTE
    seller = content["seller"]
    rounding = Decimal(content["rounding"])
    paid = document.settlement is not None
    return Printed(
        title=title_of(document),
        subtitle="" if credit or not seller["pin"] else _("Tax invoice"),
        number=document.number,
        seller=seller["name"],
        seller_lines=_seller(seller),
        facts=_facts(document),
        buyer_lines=[
            *filter(None, [document.buyer_name]),
            *([_("PIN: %s") % document.buyer_pin] if document.buyer_pin else []),
        ],
        lines=[_line(line) for line in lines],
        has_discount=any(line.discount for line in lines),
        sums=_sums(document, rounding),
        total_label=_total_label(credit=credit, paid=paid),
        total=display(document.total + rounding),
        taxes=[
            PrintedTax(
                tax_label(part["tax_class"], Decimal(part["tax_percent"])),
                *(figure(Decimal(part[name])) for name in ("net", "tax", "gross")),
            )
            for part in content["taxes"]
        ],
        payment=_payment(document.settlement),
        fiscal=_fiscal(document),
        qr_text=document.qr_text,
        note=_("Amounts are in %s and contain the VAT.") % document.currency,
    )


def title_of(document: TaxDocument) -> str:
    """Return what a document is: an invoice that was paid is a receipt."""
    if document.kind == CREDIT_NOTE:
        return _("Credit note")
    return _("Receipt") if document.settlement else _("Invoice")


def figure(amount: Decimal) -> str:
    """Return an amount in a column: "1,234.00"."""
    return f"{amount:,.2f}"


def tax_label(tax_class: str, percent: Decimal) -> str:
    """Name a tax class: "16 %", or "exempt"."""
    if tax_class == TaxClass.EXEMPT:
        return _("exempt")
    return f"{percent.normalize():f} %"


def _seller(seller: dict[str, str]) -> list[str]:
    pin = [_("PIN: %s") % seller["pin"]] if seller["pin"] else []
    return [*pin, *filter(None, (seller[name] for name in ("address", "phone", "email")))]


def _facts(document: TaxDocument) -> list[tuple[str, str]]:
    facts = [
        (_("Date"), date_format(localtime(document.issued_at), "j F Y, H:i")),
        (_("Order"), grouped(document.content["order"])),
    ]
    if document.kind == CREDIT_NOTE:
        original = document.content["invoice"]
        day = date_format(date.fromisoformat(original["issued_on"]), "j F Y")
        facts.append((_("For invoice"), _("%(number)s of %(day)s") % {**original, "day": day}))
    return facts


def _line(line: Line) -> PrintedLine:
    return PrintedLine(
        name=line.name,
        detail=" · ".join(filter(None, [line.options, line.code if line.line_id else ""])),
        quantity=str(line.quantity),
        unit_price=figure(line.unit_price),
        discount=figure(-line.discount) if line.discount else "",
        vat=tax_label(line.tax_class, line.tax_percent),
        total=figure(line.total),
    )


def _sums(document: TaxDocument, rounding: Decimal) -> list[tuple[str, str]]:
    sums = [
        (_("Without VAT"), figure(document.total - document.tax)),
        (_("VAT"), figure(document.tax)),
    ]
    return [*sums, (_("Rounding"), figure(rounding))] if rounding else sums


def _total_label(*, credit: bool, paid: bool) -> str:
    if credit:
        return _("Total credited")
    return _("Total paid") if paid else _("Total to pay")


def _payment(settlement: dict[str, Any] | None) -> list[tuple[str, str]]:
    if settlement is None:
        return []
    at = date_format(localtime(datetime.fromisoformat(settlement["at"])), "j F Y, H:i")
    reference = settlement["reference"]
    return [
        (_("Paid by"), settlement["label"]),
        *([(_("Reference"), reference)] if reference else []),
        (_("On"), at),
    ]


def _fiscal(document: TaxDocument) -> list[tuple[str, str]]:
    rows = [
        (_("Control unit"), document.control_unit),
        (_("Control unit's number"), document.control_number),
        (_("Signature"), document.control_signature),
    ]
    return [(label, text) for label, text in rows if text]
