"""Make orders directly, where a test is about what comes after one."""

from collections.abc import Iterable
from decimal import Decimal
from importlib import import_module
from itertools import count
from typing import Any

from shop.core.clock import now
from shop.invoicing.actions import issue_due_invoice
from shop.invoicing.models import TaxDocument
from shop.notifications.models import MessageTemplate
from shop.orders.models import Order, OrderLine

_numbers = count(1)


def make_line(name: str = "Mangoes", quantity: int = 2, price: int = 150, **fields: Any) -> Any:
    """Return an unsaved line."""
    number = next(_numbers)
    return OrderLine(
        product_id=number,
        variant_id=number,
        name=name,
        quantity=quantity,
        unit_price=Decimal(price),
        line_total=Decimal(price) * quantity,
        tax_class="standard",
        tax_percent=Decimal(16),
        tax=Decimal("1.00"),
        **{"sku": f"SKU-{number}", **fields},
    )


def make_order(*, lines: Iterable[OrderLine] | None = None, **fields: Any) -> Order:
    """Place an order as `shop.orders.actions.create` does: the lines are agreed, then written."""
    agreed = list(lines) if lines is not None else [make_line()]
    subtotal = sum((line.line_total for line in agreed), Decimal("0.00"))
    order = Order(
        **{
            "name": "Wanjiku Kamau",
            "phone": f"+2547{10_000_000 + next(_numbers)}",
            "email": "wanjiku@example.org",
            "county": "Nairobi",
            "area": "Kilimani",
            "landmark": "Blue gate",
            "payment_method": "cash_on_delivery",
            "delivery_method": "door",
            "delivery_name": "Delivery to your door",
            "currency": "KES",
            "subtotal": subtotal,
            "delivery_fee": Decimal("300.00"),
            "tax": Decimal("82.76"),
            "total": subtotal + 300,
            "placed_at": now(),
            **fields,
        }
    )
    order.agreed_lines = agreed  # type: ignore[attr-defined]
    order.save(force_insert=True)
    for line in agreed:
        line.order = order
    OrderLine.objects.bulk_create(agreed)
    return order


def make_receipt(order: Order) -> TaxDocument:
    """Issue an order's invoice as if it were paid; the order itself stays as it is."""
    paid = Order.objects.get(pk=order.pk)
    paid.payment_status = Order.PaymentStatus.PAID
    document = issue_due_invoice(paid)
    assert document is not None
    return document


def first_texts() -> None:
    """Write the first texts where a flush of an earlier test took them away."""
    for event, channel, subject, body in import_module(
        "shop.notifications.migrations.0002_first_texts"
    ).TEXTS:
        MessageTemplate.objects.get_or_create(
            event=event, channel=channel, defaults={"subject": subject, "body": body}
        )
