"""Orders and their messages as the API says them."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from shop.catalog.queries.addresses import absolute
from shop.core.money import plain
from shop.core.statements import Statement
from shop.notifications.models import Channel, Message
from shop.orders.models import Order, OrderLine
from shop.orders.queries import taxes_of
from shop.payments.models import Payment
from shop.pricing.rules import ClassTax


def order_answers(orders: Sequence[Order]) -> list[dict[str, Any]]:
    """Return orders with lines and payments: two statements for all."""
    if not orders:
        return []
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    for line in OrderLine.objects.filter(order__in=orders).order_by("pk"):
        lines[line.order_id].append(line)
    payments = {row[0]: row for row in _PAYMENTS.rows([order.pk for order in orders])}
    return [order_answer(order, lines[order.pk], payments.get(order.pk)) for order in orders]


def _payments(order_ids: list[int]) -> QuerySet[Payment, Any]:
    return (
        Payment.objects.filter(order__in=order_ids)
        .order_by("pk")
        .values_list("order_id", "method", "state", "amount", "currency")
    )


_PAYMENTS = Statement(_payments)


def new_order_answer(order: Order) -> dict[str, Any]:
    """Return an order that was just placed: lines and payment are still in memory."""
    if order.agreed_lines is None:
        return order_answers([order])[0]
    begun = order.begun_payment
    payment = begun and (order.pk, begun.method, begun.state, begun.amount, begun.currency)
    return order_answer(order, order.agreed_lines, payment)


def order_answer(
    order: Order, lines: Sequence[OrderLine], payment: Sequence[Any] | None
) -> dict[str, Any]:
    """Return one order."""
    return {
        "id": order.pk,
        "number": order.number,
        "token": order.token,
        "status": order.status,
        "currency": order.currency,
        "items": [_line(line) for line in lines],
        "subtotal": plain(order.subtotal),
        "discount": plain(order.discount),
        "reductions": order.reductions,
        "voucher": order.voucher_code or None,
        "delivery_fee": plain(order.delivery_fee),
        "tax": plain(order.tax),
        "taxes": [tax_answer(row) for row in taxes_of(order, lines)],
        "total": plain(order.total),
        "rounding": plain(order.rounding),
        "payable": plain(order.payable),
        "placed_at": order.placed_at,
        "contact": {
            "name": order.name,
            "phone": str(order.phone),
            "email": order.email,
            "buyer_pin": order.buyer_pin,
        },
        "address": {"county": order.county, "area": order.area, "landmark": order.landmark},
        "delivery_method": order.delivery_method,
        "pickup_point": {"id": order.pickup_point, "place": order.pickup_place}
        if order.pickup_point
        else None,
        "payment_method": order.payment_method,
        "payment_status": order.payment_status,
        "payment": _payment(*payment[1:]) if payment else None,
        "notify": {"sms": order.notify_sms, "email": order.notify_email},
        "notes": order.notes,
        "track_url": absolute(order.get_absolute_url()),
    }


def _payment(method: str, state: str, amount: Decimal, money: str) -> dict[str, Any]:
    return {"method": method, "status": state, "amount": plain(amount), "currency": money}


def _line(line: OrderLine) -> dict[str, Any]:
    return {
        "product": line.product_id,
        "variant": line.variant_id,
        "sku": line.sku,
        "name": line.name,
        "options": line.options,
        "quantity": line.quantity,
        "unit_price": plain(line.unit_price),
        "line_total": plain(line.line_total),
        "discount": plain(line.discount),
        "tax": plain(line.tax),
    }


def tax_answer(row: ClassTax) -> dict[str, Any]:
    """Return the VAT of one class."""
    return {
        "tax_class": row.tax_class,
        "percent": plain(row.percent),
        "gross": plain(row.gross),
        "tax": plain(row.tax),
    }


def message_answers(order: Order, *, for_staff: bool) -> list[dict[str, Any]]:
    """Return an order's messages; a buyer sees those that went to the buyer."""
    messages = Message.objects.filter(order=order).order_by("pk")
    if not for_staff:
        messages = messages.exclude(channel=Channel.STAFF_EMAIL)
    return [_message(message, for_staff=for_staff) for message in messages]


def _message(message: Message, *, for_staff: bool) -> dict[str, Any]:
    answer = {
        "id": message.pk,
        "event": message.event,
        "channel": message.channel,
        "recipient": message.recipient,
        "status": message.state,
        "subject": message.subject,
        "body": message.body,
        "created_at": message.created_at,
        "sent_at": message.sent_at,
        "delivered_at": message.delivered_at,
    }
    if for_staff:
        answer |= {
            "attempts": message.attempts,
            "next_attempt_at": message.next_attempt_at,
            "provider_id": message.provider_id,
            "reason": message.reason,
            "carrier_state": message.carrier_state,
            "cost": message.cost,
            "parts": message.parts,
        }
    return answer
