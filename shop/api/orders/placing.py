"""Place an order from what a request says, and name the places of its errors."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request

from shop.api.errors import Refused, refused, wrong
from shop.api.orders.carts import current_cart
from shop.api.orders.input import OrderInput, checked
from shop.api.orders.wanted import Line, lines_not_for_sale, wanted_variants
from shop.cart.models import Cart
from shop.cart.queries import cart_contents
from shop.core.errors import ShopError
from shop.flows.place_order import Purchase, place_cart_order, place_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order

CONTACT = {"name", "phone", "email", "buyer_pin"}
ADDRESS = {"county", "area", "landmark"}


def placed_order(request: Request, body: Any, key: str | None) -> Order:
    """Place an order of the body's `items`, or of the caller's cart.

    `key` names the wish (see `place_order`). Raises Refused, or ValidationError naming everything
    that is wrong.
    """
    wish = checked(OrderInput, body)
    purchase = _purchase(wish, request.user)
    if "items" in wish:
        return _order_items(wish["items"], purchase, key)
    return _order_cart(current_cart(request), purchase, key)


def _purchase(wish: dict[str, Any], user: Any) -> Purchase:
    contact, address = wish["contact"], wish.get("address", {})
    notify = wish.get("notify", {})
    town = next((address[name] for name in ("county", "town", "city") if address.get(name)), "")
    return Purchase(
        contact=Contact(**contact),
        place=Place(town, address.get("area", ""), address.get("landmark", "")),
        delivery_method=wish["delivery_method"],
        payment_method=wish["payment_method"],
        payment_phone=wish["payment_phone"],
        pickup_point=wish.get("pickup_point"),
        voucher=wish["voucher"],
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
