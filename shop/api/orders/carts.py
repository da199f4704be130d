"""The cart of whoever asks: the customer's, or a guest's by header or session."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import refused
from shop.api.idempotency import idempotent
from shop.api.orders.input import LineInput, QuantityInput, checked
from shop.api.orders.wanted import wanted_variants
from shop.cart import actions
from shop.cart.models import Cart
from shop.cart.queries import Contents, Line, cart_contents, find_cart
from shop.core.errors import NotFound, ShopError
from shop.core.money import currency, plain

# Where the shop's pages keep a guest's token, and the number that their header shows.
SESSION_TOKEN = "cart_token"  # noqa: S105
SESSION_COUNT = "cart_count"


def current_cart(request: Request) -> Cart | None:
    """Return the cart, or None while nothing was put in."""
    token = request.headers.get("X-Cart-Token") or request.session.get(SESSION_TOKEN, "")
    return find_cart(user=request.user, token=token[:64])


def own_cart(request: Request) -> Cart:
    """Return the cart, making it at the first thing put in."""
    cart = current_cart(request)
    if cart is not None:
        return cart
    if request.user.is_authenticated:
        return Cart.objects.get_or_create(user=request.user)[0]
    return Cart.objects.create()


class ShowCart(ApiView):
    """What is in the cart at today's prices."""

    def get(self, request: Request) -> Response:
        """Show the cart."""
        return Response(_said(request, current_cart(request)))


class CartLines(ApiView):
    """Put something in."""

    answers_with_a_cart = True

    @idempotent
    def post(self, request: Request) -> Response:
        """Add units of a variant on top of those in the cart; answers the cart."""
        wanted = checked(LineInput, request.data)
        variant_id = wanted_variants([wanted], attr="")[0]
        try:
            cart = own_cart(request)
            actions.add_line(cart=cart, variant_id=variant_id, quantity=wanted["quantity"])
        except ShopError as refusal:
            raise refused(refusal) from refusal
        return Response(_said(request, cart), status=201)


class CartLineDetail(ApiView):
    """Change or take out one line."""

    def patch(self, request: Request, line_id: int) -> Response:
        """Set how many units a line has; 0 takes it out."""
        quantity = checked(QuantityInput, request.data)["quantity"]
        cart = _cart_with_line(request)
        actions.set_quantity(cart=cart, line_id=line_id, quantity=quantity)
        return Response(_said(request, cart))

    def delete(self, request: Request, line_id: int) -> Response:
        """Take a line out."""
        cart = _cart_with_line(request)
        if not cart.lines.filter(pk=line_id).exists():
            raise _no_line()
        actions.remove_line(cart=cart, line_id=line_id)
        return Response(_said(request, cart))


def _cart_with_line(request: Request) -> Cart:
    cart = current_cart(request)
    if cart is None:
        raise _no_line()
    return cart


def _no_line() -> NotFound:
    return NotFound("line_not_found", "This line is not in your cart.")


def _said(request: Request, cart: Cart | None) -> dict[str, Any]:
    contents = cart_contents(cart) if cart else None
    if cart and cart.token == request.session.get(SESSION_TOKEN):
        request.session[SESSION_COUNT] = contents.count if contents else 0
    return cart_answer(contents)


def cart_answer(contents: Contents | None) -> dict[str, Any]:
    """Return a cart as the API says it; a customer's is found by the login, not by a token."""
    guest = contents is not None and contents.cart.user_id is None
    return {
        "token": contents.cart.token if contents and guest else None,
        "currency": currency(),
        "lines": [_line(line) for line in contents.lines] if contents else [],
        "count": contents.count if contents else 0,
        "subtotal": plain(contents.subtotal) if contents else "0.00",
        "can_be_ordered": contents.can_be_ordered if contents else False,
    }


def _line(line: Line) -> dict[str, Any]:
    row, now = line.line, line.now
    return {
        "id": row.pk,
        "product": now.product_id if now else None,
        "variant": row.variant_id,
        "sku": now.sku if now else row.sku,
        "name": now.name if now else row.name,
        "options": now.options if now else "",
        "quantity": row.quantity,
        "unit_price": plain(now.unit_price) if now else None,
        "price_when_added": plain(row.price_when_added),
        "price_changed": line.price_changed,
        "line_total": plain(now.total) if now else None,
        "available": line.available,
        "gone": line.gone,
    }
