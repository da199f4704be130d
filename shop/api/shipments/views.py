"""The addresses of shipments."""

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.crypto import constant_time_compare
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import missing, wrong
from shop.api.idempotency import idempotent
from shop.api.orders.access import named_order_for
from shop.api.orders.input import checked
from shop.api.orders.views import OrderView
from shop.api.paging import PAGING, read_window
from shop.api.permissions import MayMoveOrders, sees_all_orders
from shop.api.shipments.answers import shipment_answer
from shop.api.shipments.input import ShipmentChangeInput, ShipmentInput
from shop.api.shipments.lines import meant_lines
from shop.api.words import LARGEST_ID, read_choice, refuse_unknown, whole
from shop.flows.change_shipment import change_shipment
from shop.flows.make_shipment import make_shipment
from shop.fulfilment.models import Shipment

KNOWN = PAGING | {"order", "status", "token"}
SCOPES = {"GET": "orders:read", "POST": "orders:write", "PATCH": "orders:write"}


class ShipmentList(ApiView):
    """Parcels of one's own orders, for staff everybody's; staff make new ones."""

    permission_classes = [MayMoveOrders]
    scopes: ClassVar[dict[str, str]] = SCOPES

    def get(self, request: Request) -> Response:
        """List parcels, newest first; with an order's token those of that order."""
        words = request.GET
        refuse_unknown(words, KNOWN)
        offset, limit = read_window(words)
        found = _narrowed(_visible(request), words)
        rows = found.select_related("order").with_lines().order_by("-pk")
        return Response(
            {
                "meta": {"total_count": found.count()},
                "items": [shipment_answer(row) for row in rows[offset : offset + limit]],
            }
        )

    @idempotent
    def post(self, request: Request) -> Response:
        """Put some of an order into a parcel of its own, or answer the one that holds just that.

        An order that was only placed is confirmed by it.
        """
        refuse_unknown(request.GET, ())
        wish = checked(ShipmentInput, request.data)
        actor = request.user.get_username()
        order = named_order_for(
            request.user, str(wish["order"]), token="", staff=True, attr="order"
        )
        units = meant_lines(order, wish["items"]) if "items" in wish else None
        with transaction.atomic():
            before = set(order.shipments.values_list("pk", flat=True))
            made = make_shipment(order_id=order.pk, units=units, actor=actor)
            change_shipment(
                shipment_id=made.pk,
                carrier=wish.get("carrier"),
                tracking_number=wish.get("tracking_number"),
                actor=actor,
            )
        return Response(_answer(made.pk), status=200 if made.pk in before else 201)


class ShipmentDetail(ApiView):
    """One parcel."""

    permission_classes = [MayMoveOrders]
    scopes: ClassVar[dict[str, str]] = SCOPES

    def get(self, request: Request, shipment_id: int) -> Response:
        """Show a parcel."""
        refuse_unknown(request.GET, {"token"})
        shipment = Shipment.objects.select_related("order").filter(pk=shipment_id).first()
        if shipment is None or not _may_see(request, shipment):
            raise unknown_shipment()
        return Response(_answer(shipment.pk))

    def patch(self, request: Request, shipment_id: int) -> Response:
        """Note who brings a parcel, and move it along; its order follows."""
        refuse_unknown(request.GET, ())
        wish = checked(ShipmentChangeInput, request.data)
        if not Shipment.objects.filter(pk=shipment_id).exists():
            raise unknown_shipment()
        change_shipment(
            shipment_id=shipment_id,
            status=wish.get("status"),
            note=wish["note"],
            carrier=wish.get("carrier"),
            tracking_number=wish.get("tracking_number"),
            actor=request.user.get_username(),
        )
        return Response(_answer(shipment_id))


class OrderShipments(OrderView):
    """The parcels of one order."""

    scopes: ClassVar[dict[str, str]] = {"GET": "orders:read"}

    def get(self, request: Request, order_id: int) -> Response:
        """List an order's parcels, cancelled ones not."""
        order = self.order(request, order_id)
        shipments = list(Shipment.objects.with_lines().going().filter(order=order).order_by("pk"))
        for shipment in shipments:
            shipment.order = order
        items = [shipment_answer(shipment) for shipment in shipments]
        return Response({"meta": {"total_count": len(items)}, "items": items})


def unknown_shipment() -> Exception:
    """Say that there is no such parcel, or not for this person (404)."""
    return missing("There is no such shipment, or it is not yours.")


def _answer(shipment_id: int) -> dict[str, Any]:
    found = Shipment.objects.select_related("order").with_lines()
    return shipment_answer(found.get(pk=shipment_id))


def _visible(request: Request) -> QuerySet[Any]:
    if "token" in request.GET:
        return Shipment.objects.filter(order__token=request.GET["token"])
    if not request.user.is_authenticated:
        raise NotAuthenticated
    if sees_all_orders(request.user):
        return Shipment.objects.all()
    return Shipment.objects.filter(order__user=request.user)


def _narrowed(found: QuerySet[Any], words: QueryDict) -> Any:
    if "order" in words:
        number = whole(words.get("order", ""))
        if number is None or number > LARGEST_ID:
            raise wrong("order", "order must be the id of an order.")
        found = found.filter(order=number)
    if "status" in words:
        found = found.filter(status=read_choice(words, "status", Shipment.Status.values))
    return found


def _may_see(request: Request, shipment: Shipment) -> bool:
    order, user = shipment.order, request.user
    own = user.is_authenticated and order.user_id == user.pk
    return (
        own
        or sees_all_orders(user)
        or constant_time_compare(request.GET.get("token", ""), order.token)
    )
