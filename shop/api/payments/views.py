"""The addresses of payments."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import Refused, missing, refused, wrong
from shop.api.idempotency import idempotent
from shop.api.orders.access import named_order_for
from shop.api.orders.input import checked
from shop.api.paging import PAGING, read_window
from shop.api.payments.access import may_see
from shop.api.payments.input import PaymentInput
from shop.api.permissions import asks_for_money, changes_all_orders, sees_all_payments
from shop.api.words import LARGEST_ID, read_choice, refuse_unknown, whole
from shop.catalog.queries.addresses import absolute
from shop.core.errors import ShopError
from shop.core.money import plain
from shop.flows.ask_for_money import ask_for_money
from shop.flows.choose_payment import choose_payment
from shop.orders.contact import parse_phone
from shop.payments.gateways import offered
from shop.payments.models import Payment

KNOWN = PAGING | {"order", "status", "token"}


class PaymentList(ApiView):
    """Pay orders; read one's own payments, staff everybody's. Staff also ask without an order."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read", "POST": "orders:write"}
    rates: ClassVar[dict[str, str]] = {"POST": "payment"}

    def get(self, request: Request) -> Response:
        """List payments, newest first; with an order's token those of that order."""
        words = request.GET
        refuse_unknown(words, KNOWN)
        offset, limit = read_window(words)
        found = _narrowed(_visible(request), words)
        rows = found.select_related("order").order_by("-pk")[offset : offset + limit]
        return Response(
            {
                "meta": {"total_count": found.count()},
                "items": [payment_answer(payment, request) for payment in rows],
            }
        )

    @idempotent
    def post(self, request: Request) -> Response:
        """Begin to pay an order; the payment that is open already is answered again with 200."""
        refuse_unknown(request.GET, {"token"})
        payment, made = begun_payment(request, request.data)
        return Response(payment_answer(payment, request), status=201 if made else 200)


class PaymentDetail(ApiView):
    """One payment."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request, payment_id: int) -> Response:
        """Show a payment."""
        refuse_unknown(request.GET, {"token"})
        payment = Payment.objects.select_related("order").filter(pk=payment_id).first()
        if payment is None or not may_see(request, payment):
            raise missing("There is no such payment, or it is not yours.")
        return Response(payment_answer(payment, request))


class PaymentMethods(ApiView):
    """The ways to pay there are."""

    def get(self, request: Request) -> Response:
        """List ways to pay; `code` is what orders and payments name them by."""
        refuse_unknown(request.GET, ())
        items = [
            {"code": code, "label": gateway.label, "description": gateway.description}
            for code, gateway in offered().items()
        ]
        return Response({"meta": {"total_count": len(items)}, "items": items})


def begun_payment(request: Request, body: Any) -> tuple[Payment, bool]:
    """Begin to pay an order, or ask a phone without one; returns the payment, and if it is new."""
    wish = checked(PaymentInput, body)
    staff = changes_all_orders(request.user)
    if wish["phone"] and parse_phone(wish["phone"]) is None:
        raise wrong("phone", "We do not know this number; try 0712 345 678.", "invalid_phone")
    if not wish["order"]:
        return _without_order(request, wish), True
    if wish["amount"] is not None:
        raise wrong("amount", "What an order costs is known; name no amount.", "amount_of_order")
    order = named_order_for(
        request.user,
        str(wish["order"]),
        token=wish["token"] or request.GET.get("token", ""),
        staff=staff,
        attr="order",
    )
    actor = request.user.get_username() if staff else ""
    try:
        payment, made = choose_payment(
            order_id=order.pk, method=wish["method"], phone=wish["phone"], actor=actor
        )
    except ShopError as refusal:
        raise _refused(refusal) from refusal
    payment.order = order
    return payment, made


def _without_order(request: Request, wish: dict[str, Any]) -> Payment:
    """Ask a phone for money of no order: for staff alone."""
    if wish["amount"] is None or not asks_for_money(request):
        raise wrong("order", "Name the order that is paid.", "required")
    try:
        return ask_for_money(amount=wish["amount"], phone=wish["phone"], method=wish["method"])
    except ShopError as refusal:
        raise _refused(refusal) from refusal


def _visible(request: Request) -> QuerySet[Payment]:
    if "token" in request.GET:
        return Payment.objects.filter(order__token=request.GET["token"])
    if not request.user.is_authenticated:
        raise NotAuthenticated
    if sees_all_payments(request.user):
        return Payment.objects.all()
    return Payment.objects.filter(order__user=request.user)


def _narrowed(found: QuerySet[Payment], words: QueryDict) -> QuerySet[Payment]:
    if "order" in words:
        number = whole(words.get("order", ""))
        if number is None or number > LARGEST_ID:
            raise wrong("order", "order must be the id of an order.")
        found = found.filter(order=number)
    if "status" in words:
        found = found.filter(state=read_choice(words, "status", Payment.State.values))
    return found


def _phone_for(request: Request, payment: Payment) -> str:
    user, phone, order = request.user, payment.phone, payment.order
    owns = user.is_authenticated and order is not None and order.user_id == user.pk
    if not phone or owns or sees_all_payments(user):
        return phone
    return f"{phone[:5]}{'*' * (len(phone) - 8)}{phone[-3:]}"


def _attr(field: str | None) -> str | None:
    return "method" if field == "payment_method" else field


def _refused(refusal: ShopError) -> Refused:
    """Say no; where waiting helps, for how long (header Retry-After)."""
    answer = refused(refusal, _attr)
    answer.wait = next((line["retry_in"] for line in refusal.details if "retry_in" in line), None)
    return answer


def payment_answer(payment: Payment, request: Request) -> dict[str, Any]:
    """Return a payment, its order loaded; the payer's number in full only to owner and staff."""
    return {
        "id": payment.pk,
        "order": payment.order
        and {
            "id": payment.order_id,
            "number": payment.order.number,
            "detail_url": absolute(f"/api/v2/orders/{payment.order_id}/"),
        },
        "method": payment.method,
        "status": payment.state,
        "amount": plain(payment.amount),
        "refunded": plain(Decimal(payment.refunded)),
        "currency": payment.currency,
        "phone": _phone_for(request, payment),
        "redirect_url": payment.pay_url if payment.state == Payment.State.PENDING else "",
        "reference": payment.reference,
        "receipt": payment.receipt or "",
        "reason_code": payment.reason_code,
        "reason": payment.reason,
        "created_at": payment.created_at,
        "updated_at": payment.updated_at,
    }
