"""How things can reach a place, and what that costs."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.orders.carts import current_cart
from shop.api.words import read_text, refuse_unknown
from shop.cart.queries import cart_contents
from shop.core.money import currency, plain
from shop.pricing.queries import Goods, tariff
from shop.pricing.rules import DeliveryOption


class CartDelivery(ApiView):
    """The ways of delivery for what is in the cart."""

    def get(self, request: Request) -> Response:
        """List ways that reach a `county`, with their fees; orders name them by `code`."""
        refuse_unknown(request.GET, {"county"})
        county = read_text(request.GET, "county") or ""
        cart = current_cart(request)
        items = delivery_answers(cart_contents(cart).goods if cart else Goods(), county)
        return Response({"meta": {"total_count": len(items)}, "items": items})


def delivery_answers(goods: Goods, county: str) -> list[dict[str, Any]]:
    """Return the ways that bring these goods to a county."""
    options = tariff().options(goods.lines, region=county, free=goods.free_delivery)
    return [_answer(option) for option in options]


def _answer(option: DeliveryOption) -> dict[str, Any]:
    free_from = option.rate.free_from
    return {
        "code": option.code,
        "label": option.name,
        "description": option.description,
        "needs_address": option.needs_address,
        "fee": plain(option.fee),
        "currency": currency(),
        "zone": option.rate.zone,
        "free_from": None if free_from is None else plain(free_from),
        "free_because": option.why or None,
        "pickup_points": [
            {"id": point.id, "name": point.name, "address": point.address, "hours": point.hours}
            for point in option.points
        ],
    }
