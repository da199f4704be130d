"""The addresses of orders."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.idempotency import Claim, idempotent
from shop.api.orders.access import order_for
from shop.api.orders.answers import message_answers, new_order_answer, order_answers
from shop.api.orders.input import CancelInput, checked
from shop.api.orders.listing import order_list
from shop.api.orders.placing import placed_order
from shop.api.permissions import changes_all_orders, sees_all_orders
from shop.api.words import refuse_unknown
from shop.flows.cancel_order import cancel_order
from shop.orders.models import Order


class OrderList(ApiView):
    """Place orders; read one's own, staff everybody's."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read", "POST": "orders:write"}
    rates: ClassVar[dict[str, str]] = {"POST": "order"}

    def get(self, request: Request) -> Response:
        """List orders, newest first; `meta.next` leads to the ones before."""
        return Response(order_list(request))

    @idempotent
    def post(self, request: Request) -> Response:
        """Place an order of `items`, or of the cart."""
        key = self.claim.wish if isinstance(self.claim, Claim) else None
        order = placed_order(request, request.data, key)
        return Response(new_order_answer(order), status=201)


class OrderView(ApiView):
    """An address of one order: for its buyer, for staff, for whoever holds its token."""

    def order(self, request: Request, order_id: int) -> Order:
        """Return the order. Raises Refused (404) for everybody else, so ids tell nothing."""
        refuse_unknown(request.GET, {"token"})
        token = request.GET.get("token", "")
        return order_for(request.user, order_id, token=token, staff=self.for_staff(request))

    def for_staff(self, request: Request) -> bool:
        """Tell whether somebody of the shop asks."""
        return sees_all_orders(request.user)


class OrderDetail(OrderView):
    """One order."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request, order_id: int) -> Response:
        """Show an order."""
        return Response(order_answers([self.order(request, order_id)])[0])


class CancelOrder(OrderView):
    """Stop an order that is not being prepared yet."""

    scopes: ClassVar[dict[str, str]] = {"POST": "orders:write"}

    def for_staff(self, request: Request) -> bool:
        return changes_all_orders(request.user)

    def post(self, request: Request, order_id: int) -> Response:
        """Cancel an order; its stock goes back."""
        order = self.order(request, order_id)
        note = checked(CancelInput, request.data or {})["note"]
        staff = self.for_staff(request)
        cancelled = cancel_order(
            order_id=order.pk,
            actor=request.user.get_username() if staff else "",
            note=note,
            by_customer=not staff,
        )
        return Response(order_answers([cancelled])[0])


class OrderNotifications(OrderView):
    """What the buyer was told."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request, order_id: int) -> Response:
        """List an order's messages."""
        order = self.order(request, order_id)
        messages = message_answers(order, for_staff=self.for_staff(request))
        return Response({"meta": {"total_count": len(messages)}, "items": messages})
