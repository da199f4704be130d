"""The one quote behind page, cart, order and API."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shop.core.clock import now
from shop.core.errors import ShopError
from shop.core.money import ZERO
from shop.pricing.queries.delivery import tariff
from shop.pricing.queries.lines import price_lines
from shop.pricing.queries.promotions import find_voucher, offers_for
from shop.pricing.rules import (
    DeliveryOption,
    Point,
    Quote,
    QuoteLine,
    VoucherUse,
    with_offers,
    with_voucher,
)
from shop.pricing.rules.quotes import Reduction, reductions
from shop.pricing.rules.vouchers import unknown


@dataclass(frozen=True, slots=True)
class Goods:
    """Lines with all that is taken off them, and what became of the voucher."""

    lines: tuple[QuoteLine, ...] = ()
    voucher: VoucherUse | None = None

    @property
    def subtotal(self) -> Decimal:
        """What they cost before anything is taken off."""
        return sum((line.total for line in self.lines), ZERO)

    @property
    def discount(self) -> Decimal:
        """What is taken off."""
        return sum((line.discount for line in self.lines), ZERO)

    @property
    def reductions(self) -> tuple[Reduction, ...]:
        """What makes up the discount, offers first."""
        return reductions(self.lines)

    @property
    def free_delivery(self) -> bool:
        """Tell whether the voucher pays for the way."""
        return self.voucher is not None and self.voucher.free_delivery


def price_goods(
    demand: Mapping[int, int], *, voucher: str = "", user_id: int | None = None
) -> Goods:
    """Price units of variants (id to quantity), offers and voucher taken off.

    One statement where there are neither. What is no longer for sale is left out. A voucher that
    does not count is named with the reason and takes nothing off.
    """
    if not demand:
        return Goods()
    lines, are_there_offers = price_lines(demand)
    product_ids = {line.product_id for line in lines}
    if are_there_offers:
        lines = with_offers(lines, offers_for(product_ids))
    if not voucher:
        return Goods(tuple(lines))
    terms = find_voucher(voucher, product_ids, user_id=user_id)
    if terms is None:
        return Goods(tuple(lines), VoucherUse(voucher, problem=unknown(voucher)))
    lines, use = with_voucher(lines, terms, now())
    return Goods(tuple(lines), use)


def quote(
    demand: Mapping[int, int],
    *,
    region: str,
    delivery_method: str,
    pickup_point: int | None = None,
    voucher: str = "",
    user_id: int | None = None,
) -> Quote:
    """Price a purchase with its delivery: two statements without offers, voucher, pickup points.

    An empty `delivery_method` takes the first one that reaches the place; where no place is given,
    the first one that needs none. Without a `pickup_point` it is the method's first one. Raises
    ShopError `delivery_unavailable` or `unknown_pickup_point`. Lines no longer for sale are left
    out; a voucher that does not count takes nothing off and says why.
    """
    goods = price_goods(demand, voucher=voucher, user_id=user_id)
    ways = tariff()
    options = ways.options(goods.lines, region=region, free=goods.free_delivery)
    chosen = _choose(options, delivery_method, region)
    return Quote(
        goods.lines, chosen, ways.tax_percent, goods.voucher, point_of(chosen, pickup_point)
    )


def _choose(options: list[DeliveryOption], code: str, region: str) -> DeliveryOption | None:
    if not code:
        fitting = [option for option in options if region or not option.needs_address]
        return next(iter(fitting or options), None)
    for option in options:
        if option.code == code:
            return option
    offered = ", ".join(option.code for option in options) or "none"
    raise ShopError(
        "delivery_unavailable",
        f"This way of delivery does not reach that place. Offered there: {offered}.",
        field="delivery_method",
    )


def point_of(option: DeliveryOption | None, point_id: int | None) -> Point | None:
    """Return where to fetch things; the first point if none is named.

    Raises ShopError `unknown_pickup_point`.
    """
    points = option.points if option else ()
    if point_id is None:
        return next(iter(points), None)
    for point in points:
        if point.id == point_id:
            return point
    offered = ", ".join(f"{point.id} ({point.name})" for point in points) or "none"
    raise ShopError(
        "unknown_pickup_point",
        f"There is no such pickup point for this way of delivery. Offered: {offered}.",
        field="pickup_point",
    )
