"""Issue the invoice of an order, once, when Kenyan law says that the sale happened."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from shop.catalog.models import TaxClass
from shop.core.clock import now
from shop.core.money import ZERO, plain
from shop.invoicing.actions.numbering import write_document
from shop.invoicing.frozen import freeze
from shop.invoicing.models import Seller, TaxDocument
from shop.invoicing.rules import INVOICE, Line
from shop.orders import rules as order_rules
from shop.orders.models import Order
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment

# The item code of what has no SKU.
DELIVERY = "DELIVERY"


def is_due(order: Order) -> bool:
    """Tell whether the sale happened: it was paid for or handed over, whichever came first.

    Source: VAT Act 2013, section 12(1), time of supply.
    """
    if order.payment_status == Order.PaymentStatus.UNPAID:
        return order.status == order_rules.DELIVERED
    return order.payment_status == Order.PaymentStatus.PAID


@transaction.atomic
def issue_due_invoice(order: Order) -> TaxDocument | None:
    """Issue an order's invoice if it is due; note the payment on one that was unpaid.

    Safe to repeat; the caller's transaction holds the order or takes it here.
    """
    if not is_due(order):
        return None
    paid = order.payment_status == Order.PaymentStatus.PAID
    Order.objects.select_for_update().only("pk").get(pk=order.pk)
    invoice = TaxDocument.objects.filter(order=order, kind=INVOICE, superseded=False).first()
    if invoice is None:
        return issue(order, cause=f"order:{order.pk}")
    if paid and invoice.settlement is None:
        invoice.settlement = _settlement(order)
        TaxDocument.objects.filter(pk=invoice.pk).update(settlement=invoice.settlement)
    return invoice


def issue(order: Order, *, cause: str) -> TaxDocument:
    """Write an order's invoice as the order is now, with its payment if it is paid."""
    lines = _lines(order)
    paid = order.payment_status == Order.PaymentStatus.PAID
    return write_document(
        kind=INVOICE,
        moment=now(),
        lines=lines,
        total=order.total,
        order=order,
        cause=cause,
        buyer_name=order.name,
        buyer_pin=order.buyer_pin,
        currency=order.currency,
        content=freeze(
            seller=seller(),
            name=settings.WAGTAIL_SITE_NAME,
            order=order.number,
            lines=lines,
            rounding=order.rounding,
        ),
        settlement=_settlement(order) if paid else None,
    )


def seller() -> Seller:
    """Return who sells."""
    return Seller.objects.first() or Seller()


def _lines(order: Order) -> list[Line]:
    """Return goods and delivery; they add up to the order's total and VAT."""
    lines = [
        Line(
            line_id=line.pk,
            code=line.sku,
            name=line.name,
            options=line.options,
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount=line.discount,
            tax_class=line.tax_class,
            tax_percent=line.tax_percent,
            total=line.line_total - line.discount,
            tax=line.tax,
        )
        for line in order.lines.order_by("pk")
    ]
    if order.delivery_fee:
        lines.append(_delivery(order, order.tax - sum((line.tax for line in lines), ZERO)))
    return lines


def _delivery(order: Order, tax: Decimal) -> Line:
    return Line(
        line_id=None,
        code=DELIVERY,
        name=order.delivery_name,
        options="",
        quantity=1,
        unit_price=order.delivery_fee,
        discount=ZERO,
        tax_class=TaxClass.STANDARD,
        tax_percent=order.delivery_tax_percent,
        total=order.delivery_fee,
        tax=tax,
    )


def _settlement(order: Order) -> dict[str, Any]:
    """Say how the money came; nothing of it tells who paid."""
    paid = Payment.objects.filter(order=order, state=Payment.State.PAID).order_by("pk")
    payments = list(paid)
    method = payments[0].method if payments else order.payment_method
    return {
        "method": method,
        "label": method_label(method),
        "reference": ", ".join(
            dict.fromkeys(payment.reference for payment in payments if payment.reference)
        ),
        "amount": plain(order.payable),
        "at": now().isoformat(),
    }


def method_label(method: str) -> str:
    """Say how money moves, as the documents say it from now on."""
    gateway = GATEWAYS.get(method)
    return str(gateway.label) if gateway else method.replace("_", " ").capitalize()
