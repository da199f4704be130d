"""Begin to pay an order that is not paid yet, by the way it was placed with or by another."""

from django.db import transaction

from shop.core.errors import Conflict
from shop.orders import rules
from shop.orders.models import Order, OrderEvent
from shop.payments import actions as payments
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment
from shop.payments.queries import is_in_review, left_to_pay


@transaction.atomic
def pay_order(
    *, order_id: int, method: str = "", phone: str = "", actor: str = ""
) -> tuple[Payment, bool]:
    """Return the order's open payment by `method`, and whether it was made now.

    Without a method it is the order's own, without a phone the order's. A second call finds the
    payment of the first; another method or phone closes what nobody was asked for yet. Raises
    ShopError `unknown_payment_method`, `invalid_phone` or `amount_too_large`, or Conflict
    `already_paid`, `order_cancelled`, `nothing_to_pay`, `payment_in_review`,
    `prompt_sent_recently` (details: retry_in, seconds) or `too_many_prompts`.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    _require_unpaid(order)
    code = payments.require_method(method or order.payment_method)
    gateway = GATEWAYS[code]
    payer = gateway.payer(phone or str(order.phone or ""))
    opened = payments.pending(order_id=order.pk, method=code, phone=payer)
    if opened is not None:
        return opened, False
    left = left_to_pay(order)
    if gateway.asks_phone and left > 0:
        payments.require_pause(order_id=order.pk, phone=payer, amount=gateway.payable(left))
    payments.cancel_unsent(order_id=order.pk)
    payment = payments.start(
        order_id=order.pk, method=code, amount=left, currency=order.currency, phone=payer
    )
    if payment is None:
        raise Conflict("nothing_to_pay", "Nothing is to be paid for this order.")
    if order.payment_method != code:
        text = f"{order.payment_method} -> {code}"
        OrderEvent.objects.create(order=order, kind="payment_method", text=text, actor=actor[:150])
        order.payment_method = code
        order.rounding = gateway.payable(order.total) - order.total
        order.save(update_fields=["payment_method", "rounding", "updated_at"])
    return payment, True


def _require_unpaid(order: Order) -> None:
    if order.status == rules.CANCELLED:
        raise Conflict("order_cancelled", "This order was cancelled; nothing is to be paid.")
    if order.payment_status != Order.PaymentStatus.UNPAID:
        raise Conflict("already_paid", "This order was paid; nothing is to be paid.")
    if is_in_review(order.pk):
        raise Conflict(
            "payment_in_review",
            "Money for this order arrived and does not fit; we look at it and call you.",
        )
