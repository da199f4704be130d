"""The addresses of orders."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import Refused, missing, refused, wrong
from shop.api.idempotency import Claim, idempotent
from shop.api.orders.answers import message_answers, new_order_answer, order_answers
from shop.api.orders.carts import current_cart
from shop.api.orders.input import CancelInput, OrderInput, checked
from shop.api.orders.wanted import Line, lines_not_for_sale, wanted_variants
from shop.api.permissions import changes_all_orders, sees_all_orders
from shop.api.words import DEFAULT_LIMIT, LARGEST_ID, read_whole, refuse_unknown, whole
from shop.cart.models import Cart
from shop.cart.queries import cart_contents
from shop.catalog.queries.addresses import absolute
from shop.core.errors import ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.place_order import Purchase, place_cart_order, place_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order

MOST_ORDERS = 100
CONTACT = {"name", "phone", "email"}
ADDRESS = {"county", "area", "landmark"}


class OrderList(ApiView):
    """Place orders; read one's own, staff everybody's."""

    def get(self, request: Request) -> Response:
        """List orders, newest first; `meta.next` leads to the ones before."""
        words = request.GET
        refuse_unknown(words, {"limit", "cursor", "token"})
        if "token" in words:
            mine = list(Order.objects.filter(token=words["token"].replace("\x00", "")))
            return Response(
                {"meta": {"total_count": len(mine), "next": None}, "items": order_answers(mine)}
            )
        if not request.user.is_authenticated:
            raise NotAuthenticated
        limit = read_whole(words, "limit", DEFAULT_LIMIT, MOST_ORDERS)
        orders = visible_orders(request.user)
        total = orders.count()
        rows = list(_before(orders, words.get("cursor")).order_by("-pk")[: limit + 1])
        shown = rows[:limit]
        following = None
        if shown and len(rows) > limit:
            words_of_next = urlencode({"limit": limit, "cursor": shown[-1].pk})
            following = absolute(f"/api/v2/orders/?{words_of_next}")
        return Response(
            {"meta": {"total_count": total, "next": following}, "items": order_answers(shown)}
        )

    @idempotent
    def post(self, request: Request) -> Response:
        """Place an order of `items`, or of the cart."""
        wish = checked(OrderInput, request.data)
        purchase = _purchase(wish, request.user)
        key = self.claim.wish if isinstance(self.claim, Claim) else None
        if "items" in wish:
            order = _order_items(wish["items"], purchase, key)
        else:
            order = _order_cart(current_cart(request), purchase, key)
        return Response(new_order_answer(order), status=201)


def visible_orders(user: Any) -> QuerySet[Order]:
    """Return the orders that somebody logged in may read."""
    return Order.objects.all() if sees_all_orders(user) else Order.objects.filter(user=user)


def _before(orders: QuerySet[Order], cursor: str | None) -> QuerySet[Order]:
    if cursor is None:
        return orders
    number = whole(cursor)
    if number is None or number > LARGEST_ID:
        raise wrong("cursor", "Follow the address in meta.next; this cursor is none of ours.")
    return orders.filter(pk__lt=number)


def _purchase(wish: dict[str, Any], user: Any) -> Purchase:
    contact, address = wish["contact"], wish.get("address", {})
    notify = wish.get("notify", {})
    town = next((address[name] for name in ("county", "town", "city") if address.get(name)), "")
    return Purchase(
        contact=Contact(contact["name"], contact["phone"], contact["email"]),
        place=Place(town, address.get("area", ""), address.get("landmark", "")),
        delivery_method=wish["delivery_method"],
        payment_method=wish["payment_method"],
        notes=wish["notes"],
        notify_sms=notify.get("sms", True),
        notify_email=notify.get("email", True),
        user=user if user.is_authenticated else None,
    )


def _order_items(lines: Sequence[Line], purchase: Purchase, key: str | None) -> Order:
    variant_ids = wanted_variants(lines)
    demand: Counter[int] = Counter()
    for pk, line in zip(variant_ids, lines, strict=True):
        demand[pk] += line["quantity"]
    try:
        return place_order(demand, purchase, key=key)
    except ShopError as refusal:
        if refusal.code == "not_for_sale":
            raise Refused(400, lines_not_for_sale(lines, variant_ids)) from refusal
        raise _refused(refusal, variant_ids) from refusal


def _order_cart(cart: Cart | None, purchase: Purchase, key: str | None) -> Order:
    if cart is None:
        raise wrong("items", "Send items, or put something into a cart first.", "cart_empty")
    try:
        return place_cart_order(cart, purchase, key=key)
    except ShopError as refusal:
        in_cart = [line.line.variant_id or 0 for line in cart_contents(cart).lines]
        raise _refused(refusal, in_cart) from refusal


def _refused(refusal: ShopError, variant_ids: Sequence[int]) -> Refused:
    """Name the place in the body: contact.phone, items.2.quantity."""
    for line in refusal.details:
        if line.get("variant_id") in variant_ids:
            place = variant_ids.index(line["variant_id"])
            line["attr"] = f"items.{place}.quantity"  # type: ignore[index]
            line["place"] = place  # type: ignore[index]
    refusal.details.sort(key=lambda line: line.get("place", 0))
    return refused(refusal, _attr)


def _attr(field: str | None) -> str | None:
    if field in CONTACT:
        return f"contact.{field}"
    if field in ADDRESS:
        return f"address.{field}"
    return "items" if field in {"quantity", "cart"} else field


class OrderView(ApiView):
    """An address of one order: for its buyer, for staff, for whoever holds its token."""

    def order(self, request: Request, order_id: int) -> Order:
        """Return the order. Raises Refused (404) for everybody else, so ids tell nothing."""
        refuse_unknown(request.GET, {"token"})
        order = Order.objects.filter(pk=order_id).first()
        if order is not None and (
            self.for_staff(request)
            or (request.user.is_authenticated and order.user_id == request.user.pk)
            or constant_time_compare(request.GET.get("token", ""), order.token)
        ):
            return order
        raise missing("There is no such order, or it is not yours.")

    def for_staff(self, request: Request) -> bool:
        """Tell whether somebody of the shop asks."""
        return sees_all_orders(request.user)


class OrderDetail(OrderView):
    """One order."""

    def get(self, request: Request, order_id: int) -> Response:
        """Show an order."""
        return Response(order_answers([self.order(request, order_id)])[0])


class CancelOrder(OrderView):
    """Stop an order that is not being prepared yet."""

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

    def get(self, request: Request, order_id: int) -> Response:
        """List an order's messages."""
        order = self.order(request, order_id)
        messages = message_answers(order, for_staff=self.for_staff(request))
        return Response({"meta": {"total_count": len(messages)}, "items": messages})
