"""What the cart costs, delivered: the quote that an order would be placed with now."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import wrong
from shop.api.orders.answers import tax_answer
from shop.api.orders.carts import current_cart, voucher_answer
from shop.api.words import LARGEST_ID, read_text, refuse_unknown, whole
from shop.cart.models import Cart
from shop.cart.queries import cart_contents
from shop.core.errors import ShopError
from shop.core.money import currency, plain
from shop.payments import actions as payments
from shop.payments.gateways import GATEWAYS
from shop.pricing.queries import quote
from shop.pricing.rules.explaining import explained
from shop.pricing.rules.quotes import Quote

WORDS = {"county", "delivery_method", "pickup_point", "payment_method"}


class CartQuote(ApiView):
    """The cart's quote, with each step that led to it."""

    def get(self, request: Request) -> Response:
        """Price what is in the cart, brought to a `county`."""
        refuse_unknown(request.GET, WORDS)
        said = {word: read_text(request.GET, word) or "" for word in WORDS}
        return Response(quote_answer(current_cart(request), **said))


def quote_answer(
    cart: Cart | None,
    *,
    county: str = "",
    delivery_method: str = "",
    pickup_point: str = "",
    payment_method: str = "",
) -> dict[str, Any]:
    """Return the quote of a cart. Raises ShopError or Refused where no order could be placed so."""
    point = whole(pickup_point) if pickup_point else None
    if pickup_point and (point is None or point > LARGEST_ID):
        raise wrong("pickup_point", "pickup_point must be the id of a pickup point.")
    method = payments.require_method(payment_method)
    contents = cart_contents(cart) if cart else None
    if contents is None or not contents.demand:
        raise ShopError("cart_empty", "There is nothing in your cart.")
    priced = quote(
        contents.demand,
        region=county,
        delivery_method=delivery_method,
        pickup_point=point,
        voucher=contents.cart.voucher_code,
        user_id=contents.cart.user_id,
    )
    return _answer(priced, method)


def _answer(priced: Quote, method: str) -> dict[str, Any]:
    payable = GATEWAYS[method].payable(priced.total) if priced.total else priced.total
    return {
        "currency": currency(),
        "subtotal": plain(priced.subtotal),
        "discount": plain(priced.discount),
        "reductions": [
            {"kind": each.kind, "name": each.name, "amount": plain(each.amount)}
            for each in priced.reductions
        ],
        "voucher": voucher_answer(priced.voucher),
        "delivery_method": priced.delivery.code if priced.delivery else None,
        "pickup_point": priced.pickup.id if priced.pickup else None,
        "delivery_fee": plain(priced.delivery_fee),
        "tax": plain(priced.tax),
        "taxes": [tax_answer(row) for row in priced.taxes],
        "total": plain(priced.total),
        "rounding": plain(payable - priced.total),
        "payable": plain(payable),
        "steps": [
            {"kind": step.kind, "name": step.name, "why": step.why, "amount": plain(step.amount)}
            for step in explained(priced)
        ],
    }
