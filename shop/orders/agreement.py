"""What is agreed on by a quote, as an order keeps it; and how that changes before packing."""

from typing import Any

from django.db import transaction

from shop.core.money import ZERO, plain
from shop.orders.models import Order, OrderLine
from shop.pricing.rules import Quote

OF_A_LINE = (
    "product_id variant_id sku name options quantity unit_price line_total discount tax_class"
    " tax_percent tax"
).split()


def agreed_columns(quote: Quote) -> dict[str, Any]:
    """Return the columns of an order that a quote fills."""
    return {
        "delivery_method": quote.delivery.code if quote.delivery else "",
        "delivery_name": quote.delivery.name if quote.delivery else "",
        "pickup_point": quote.pickup.id if quote.pickup else None,
        "pickup_place": quote.pickup.words if quote.pickup else "",
        "voucher_code": quote.voucher.code if quote.voucher else "",
        "subtotal": quote.subtotal,
        "discount": quote.discount,
        "reductions": [
            {"kind": each.kind, "name": each.name, "amount": plain(each.amount)}
            for each in quote.reductions
        ],
        "delivery_fee": quote.delivery_fee,
        "delivery_tax_percent": quote.delivery_tax_percent if quote.delivery_fee else ZERO,
        "delivery_tax": quote.delivery_tax,
        "tax": quote.tax,
        "total": quote.total,
    }


def agreed_lines(quote: Quote) -> list[OrderLine]:
    """Return the lines of an order as quoted, not written yet."""
    return [
        OrderLine(
            product_id=line.product_id,
            variant_id=line.variant_id,
            sku=line.sku,
            name=line.name,
            options=line.options[:300],
            quantity=line.quantity,
            unit_price=line.unit_price,
            line_total=line.total,
            discount=line.discount,
            tax_class=line.tax_class,
            tax_percent=line.tax_percent,
            tax=line.tax,
        )
        for line in quote.lines
    ]


@transaction.atomic(savepoint=False)
def rewrite_lines(*, order: Order, quote: Quote) -> None:
    """Let the lines of a locked order say what a new quote says; a variant keeps its line."""
    before = {line.variant_id: line for line in order.lines.order_by("pk")}
    wanted = agreed_lines(quote)
    kept = {line.variant_id for line in wanted}
    OrderLine.objects.filter(
        pk__in=[line.pk for variant_id, line in before.items() if variant_id not in kept]
    ).delete()
    known, new = [], []
    for line in wanted:
        line.order = order
        if line.variant_id in before:
            line.pk = before[line.variant_id].pk
            known.append(line)
        else:
            new.append(line)
    OrderLine.objects.bulk_update(known, OF_A_LINE)
    OrderLine.objects.bulk_create(new)
