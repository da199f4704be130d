"""Price what somebody wants to buy, and refuse what cannot be sold like that."""

from collections.abc import Mapping
from decimal import Decimal

from shop.cart.actions import MAX_LINES, MAX_UNITS
from shop.core.errors import ShopError
from shop.core.money import ZERO
from shop.payments.gateways import GATEWAYS
from shop.pricing.queries import quote
from shop.pricing.rules import Quote

MOST_MONEY = Decimal("99999999999.99")


def price_purchase(
    demand: Mapping[int, int],
    *,
    region: str,
    delivery_method: str,
    pickup_point: int | None,
    voucher: str,
    user_id: int | None,
) -> Quote:
    """Return the quote of units of variants (id to quantity) that may be sold as they are.

    Raises ShopError `cart_empty`, `too_many_lines`, `quantity_out_of_range`, `not_for_sale` or
    `total_too_large`, what the voucher is refused with, or what `quote` raises.
    """
    _check_demand(demand)
    priced = quote(
        demand,
        region=region,
        delivery_method=delivery_method,
        pickup_point=pickup_point,
        voucher=voucher,
        user_id=user_id,
    )
    if len(priced.lines) < len(demand):
        raise ShopError("not_for_sale", "Something in this order is not for sale.", field="items")
    if priced.voucher is not None and priced.voucher.problem is not None:
        # Whoever typed a voucher is never charged more without having seen that.
        raise priced.voucher.problem
    if priced.total > MOST_MONEY:
        raise ShopError("total_too_large", "An order this large needs a call.", field="items")
    return priced


def rounding_of(method: str, total: Decimal) -> Decimal:
    """Return what paying this way adds to a total or takes off it: M-Pesa moves whole shillings."""
    return GATEWAYS[method].payable(total) - total if total else ZERO


def _check_demand(demand: Mapping[int, int]) -> None:
    if not demand:
        raise ShopError("cart_empty", "There is nothing to order.", field="items")
    if len(demand) > MAX_LINES:
        raise ShopError("too_many_lines", f"At most {MAX_LINES} different things.", field="items")
    if any(not 1 <= quantity <= MAX_UNITS for quantity in demand.values()):
        raise ShopError(
            "quantity_out_of_range", f"Choose between 1 and {MAX_UNITS} units.", field="quantity"
        )
