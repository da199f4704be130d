"""The addresses of returns."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import missing
from shop.api.idempotency import Claim, idempotent
from shop.api.orders.input import checked
from shop.api.orders.views import OrderView
from shop.api.paging import PAGING, read_window
from shop.api.permissions import MayMoveOrders, SeesFigures, changes_all_orders
from shop.api.shipments.answers import return_answer
from shop.api.shipments.input import ReturnChangeInput, ReturnInput
from shop.api.shipments.lines import meant_lines
from shop.api.shipments.moves import change_return
from shop.api.words import read_choice, refuse_unknown
from shop.flows.ask_for_return import ask_for_return
from shop.fulfilment.models import Return
from shop.fulfilment.queries import returns_of


class OrderReturns(OrderView):
    """What comes back of one order."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read", "POST": "orders:write"}

    def for_staff(self, request: Request) -> bool:
        if request.method == "POST":
            return changes_all_orders(request.user)
        return super().for_staff(request)

    def get(self, request: Request, order_id: int) -> Response:
        """List an order's returns."""
        order = self.order(request, order_id)
        found = returns_of(order)
        for asked in found:
            asked.order = order
        items = [return_answer(asked) for asked in found]
        return Response({"meta": {"total_count": len(items)}, "items": items})

    @idempotent
    def post(self, request: Request, order_id: int) -> Response:
        """Ask to give back what has arrived; the shop answers."""
        order = self.order(request, order_id)
        wish = checked(ReturnInput, request.data)
        staff = changes_all_orders(request.user)
        asked = ask_for_return(
            order_id=order.pk,
            units=meant_lines(order, wish["items"]),
            reason=wish["reason"],
            words=wish["note"],
            actor=request.user.get_username() if staff else "Customer",
            key=self.claim.wish if isinstance(self.claim, Claim) else None,
        )
        asked.order = order
        return Response(return_answer(asked), status=201)


class ReturnList(ApiView):
    """Everybody's returns, for staff."""

    permission_classes = [SeesFigures]
    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request) -> Response:
        """List returns, newest first."""
        words = request.GET
        refuse_unknown(words, PAGING | {"status"})
        offset, limit = read_window(words)
        found = Return.objects.all()
        if "status" in words:
            found = found.filter(status=read_choice(words, "status", Return.Status.values))
        rows = found.select_related("order").with_lines().order_by("-pk")
        return Response(
            {
                "meta": {"total_count": found.count()},
                "items": [return_answer(row) for row in rows[offset : offset + limit]],
            }
        )


class ReturnDetail(ApiView):
    """One return, for staff."""

    permission_classes = [MayMoveOrders]
    scopes: ClassVar[dict[str, str]] = {"PATCH": "orders:write"}

    def patch(self, request: Request, return_id: int) -> Response:
        """Accept or refuse a return, note that it came, or give its money back."""
        refuse_unknown(request.GET, ())
        wish = checked(ReturnChangeInput, request.data)
        if not Return.objects.filter(pk=return_id).exists():
            raise missing("There is no such return.")
        change_return(_found(return_id), wish, request.user.get_username())
        return Response(return_answer(_found(return_id)))


def _found(return_id: int) -> Any:
    return Return.objects.select_related("order").with_lines().get(pk=return_id)
