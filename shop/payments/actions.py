"""Begin and settle payments."""

from decimal import Decimal

from django.db import transaction

from shop.core.errors import Conflict, ShopError
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment


def require_method(code: str) -> str:
    """Return the code of an offered way to pay; the only one if none is named.

    Raises ShopError `unknown_payment_method`.
    """
    if not code:
        return next(iter(GATEWAYS))
    if code not in GATEWAYS:
        offered = ", ".join(GATEWAYS)
        raise ShopError(
            "unknown_payment_method",
            f"This way to pay is not offered. Offered: {offered}.",
            field="payment_method",
        )
    return code


def start(*, order_id: int, method: str, amount: Decimal, currency: str) -> Payment | None:
    """Write a pending payment and hand it to its gateway; None where nothing is to be paid."""
    if amount <= 0:
        return None
    payment = Payment.objects.create(
        order_id=order_id, method=method, amount=amount, currency=currency
    )
    GATEWAYS[method].start(payment)
    return payment


@transaction.atomic
def confirm(*, payment_id: int, reference: str) -> Payment:
    """Note that the money of a pending payment is there. A second call changes nothing.

    Raises Conflict `payment_closed` for a payment that failed or was cancelled.
    """
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.state == Payment.State.PAID:
        return payment
    if payment.state != Payment.State.PENDING:
        raise Conflict("payment_closed", "This payment was cancelled or failed before.")
    payment.state, payment.reference = Payment.State.PAID, reference
    payment.save(update_fields=["state", "reference", "updated_at"])
    return payment


def cancel_pending(*, order_id: int) -> None:
    """Close what is still open of a cancelled order's payments."""
    Payment.objects.filter(order_id=order_id, state=Payment.State.PENDING).update(
        state=Payment.State.CANCELLED
    )
