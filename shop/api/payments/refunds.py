"""Give a payment's money back, and see what went."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import missing, refused, wrong
from shop.api.idempotency import Claim, idempotent
from shop.api.orders.input import checked
from shop.api.payments.access import may_see
from shop.api.payments.input import RefundInput
from shop.api.permissions import MayRefund
from shop.api.words import refuse_unknown
from shop.core.errors import ShopError
from shop.core.money import plain
from shop.flows.refund_order import RefundedLine, refund_payment
from shop.orders.models import OrderLine
from shop.payments.models import Payment, Refund


class PaymentRefunds(ApiView):
    """Refunds of one payment: read by whoever sees the payment, made by staff."""

    permission_classes = (MayRefund,)
    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read", "POST": "orders:write"}
    rates: ClassVar[dict[str, str]] = {"POST": "payment"}

    def get(self, request: Request, payment_id: int) -> Response:
        """List the refunds of a payment, oldest first."""
        refuse_unknown(request.GET, {"token"})
        payment = Payment.objects.select_related("order").filter(pk=payment_id).first()
        if payment is None or not may_see(request, payment):
            raise missing("There is no such payment, or it is not yours.")
        found = payment.refunds.order_by("pk").prefetch_related("lines__order_line")
        items = [refund_answer(refund) for refund in found]
        return Response({"meta": {"total_count": len(items)}, "items": items})

    @idempotent
    def post(self, request: Request, payment_id: int) -> Response:
        """Give back all that is left, an amount, or what units of lines cost.

        The provider is asked right after; `by_hand` waits for people. With `reference` the money
        went back by hand before, and is noted.
        """
        refuse_unknown(request.GET, ())
        wish = checked(RefundInput, request.data)
        payment = Payment.objects.filter(pk=payment_id).first()
        if payment is None:
            raise missing("There is no such payment.")
        try:
            refund = refund_payment(
                payment_id=payment.pk,
                amount=wish["amount"],
                lines=_named(payment, wish["lines"]),
                reason=wish["reason"],
                actor=request.user.get_username(),
                reference=wish["reference"],
                key=self.claim.wish if isinstance(self.claim, Claim) else None,
            )
        except ShopError as refusal:
            raise refused(refusal) from refusal
        return Response(refund_answer(refund), status=201)


def _named(payment: Payment, wanted: Sequence[dict[str, Any]]) -> list[RefundedLine]:
    """Return lines by their ids; those named by SKU are looked up. Raises Refused."""
    found = OrderLine.objects.filter(order=payment.order_id).values_list("pk", "sku")
    by_id, by_sku = dict(found), {sku: pk for pk, sku in found}
    named = []
    for place, line in enumerate(wanted):
        pk = line["id"] if line.get("id") in by_id else by_sku.get(line.get("sku", ""))
        if pk is None:
            raise wrong(f"lines.{place}", "The order has no such line.", "unknown_line")
        named.append(RefundedLine(pk, line["quantity"], line["restock"]))
    return named


def refund_answer(refund: Refund) -> dict[str, Any]:
    """Return a refund with its lines."""
    return {
        "id": refund.pk,
        "payment": refund.payment_id,
        "status": refund.state,
        "amount": plain(Decimal(refund.amount)),
        "currency": refund.currency,
        "reason": refund.reason,
        "reference": refund.reference,
        "problem": refund.problem,
        "lines": [
            {
                "id": line.order_line_id,
                "sku": line.order_line.sku,
                "quantity": line.quantity,
                "amount": plain(line.amount),
                "restocked": line.restocked,
            }
            for line in refund.lines.all()
        ],
        "created_at": refund.created_at,
        "done_at": refund.done_at,
    }
