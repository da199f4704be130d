"""The cart of whoever asks: the customer's, or a guest's by header or session."""

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import refused, wrong
from shop.api.idempotency import idempotent
from shop.api.orders.input import LineInput, QuantityInput, VoucherInput, checked
from shop.api.orders.wanted import wanted_variants
from shop.cart import actions
from shop.cart.models import Cart
from shop.cart.queries import Contents, Line, cart_contents, find_cart
from shop.core.errors import NotFound, ShopError
from shop.core.money import currency, plain
from shop.pricing.rules import VoucherUse

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
        return Response(shown_cart(request))


class CartLines(ApiView):
    """Put something in."""

    answers_with_a_cart = True

    @idempotent
    def post(self, request: Request) -> Response:
        """Add units of a variant on top of those in the cart; answers the cart."""
        return Response(line_added(request, request.data), status=201)


class CartLineDetail(ApiView):
    """Change or take out one line."""

    def patch(self, request: Request, line_id: int) -> Response:
        """Set how many units a line has; 0 takes it out."""
        return Response(quantity_set(request, line_id, request.data))

    def delete(self, request: Request, line_id: int) -> Response:
        """Take a line out."""
        return Response(line_removed(request, line_id))


class CartVoucher(ApiView):
    """The voucher of the cart; there is one at most."""

    rates: ClassVar[dict[str, str]] = {"POST": "voucher"}

    def post(self, request: Request) -> Response:
        """Apply a voucher to what is in the cart, in place of another; answers the cart."""
        return Response(voucher_applied(request, request.data))

    def delete(self, request: Request) -> Response:
        """Take the voucher off; answers the cart."""
        return Response(voucher_removed(request))


def shown_cart(request: Request) -> dict[str, Any]:
    """Return the caller's cart; an empty one while nothing was put in."""
    return _said(request, current_cart(request))


def line_added(request: Request, body: Any) -> dict[str, Any]:
    """Add units of a variant; return the cart."""
    wanted = checked(LineInput, body)
    variant_id = wanted_variants([wanted], attr="")[0]
    try:
        cart = own_cart(request)
        actions.add_line(cart=cart, variant_id=variant_id, quantity=wanted["quantity"])
    except ShopError as refusal:
        raise refused(refusal) from refusal
    return _said(request, cart)


def quantity_set(request: Request, line_id: int, body: Any) -> dict[str, Any]:
    """Set how many units a line has; return the cart."""
    quantity = checked(QuantityInput, body)["quantity"]
    cart = _cart_with_line(request)
    actions.set_quantity(cart=cart, line_id=line_id, quantity=quantity)
    return _said(request, cart)


def line_removed(request: Request, line_id: int) -> dict[str, Any]:
    """Take a line out; return the cart."""
    cart = _cart_with_line(request)
    if not cart.lines.filter(pk=line_id).exists():
        raise _no_line()
    actions.remove_line(cart=cart, line_id=line_id)
    return _said(request, cart)


def voucher_applied(request: Request, body: Any) -> dict[str, Any]:
    """Apply a voucher; return the cart. Raises ShopError saying why it does not count."""
    sent = checked(VoucherInput, body)
    code = sent["code"] or sent["voucher"]
    cart = current_cart(request)
    if cart is None:
        raise wrong(None, "Put something into your cart first.", "cart_empty")
    try:
        actions.apply_voucher(cart=cart, code=code)
    except ShopError as refusal:
        raise refused(refusal, lambda field: "code" if field == "voucher" else field) from refusal
    return _said(request, cart)


def voucher_removed(request: Request) -> dict[str, Any]:
    """Take the voucher off; return the cart."""
    cart = current_cart(request)
    if cart is not None:
        actions.remove_voucher(cart=cart)
    return _said(request, cart)


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
        "discount": plain(contents.discount) if contents else "0.00",
        "reductions": [
            {"kind": each.kind, "name": each.name, "amount": plain(each.amount)}
            for each in contents.goods.reductions
        ]
        if contents
        else [],
        "voucher": voucher_answer(contents.goods.voucher) if contents else None,
        "total": plain(contents.total) if contents else "0.00",
        "can_be_ordered": contents.can_be_ordered if contents else False,
    }


def voucher_answer(use: VoucherUse | None) -> dict[str, Any] | None:
    """Say what became of the voucher; one that does not count now stays, with the reason."""
    if use is None:
        return None
    return {
        "code": use.code,
        "applied": use.problem is None,
        "amount": plain(use.amount),
        "free_delivery": use.free_delivery,
        "problem": {"code": use.problem.code, "detail": use.problem.message}
        if use.problem
        else None,
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
        "discount": plain(now.discount) if now else None,
        "available": line.available,
        "gone": line.gone,
    }
