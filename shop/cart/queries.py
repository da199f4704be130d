"""What is in a cart, as its owner should see it now."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shop.cart.models import Cart, CartLine
from shop.inventory.queries import available_units
from shop.pricing.queries import Goods, price_goods
from shop.pricing.rules import QuoteLine


@dataclass(frozen=True, slots=True)
class Line:
    """A cart line with today's price; `now` is None when the product went away."""

    line: CartLine
    now: QuoteLine | None
    available: int | None

    @property
    def gone(self) -> bool:
        """Tell whether the product can no longer be bought at all."""
        return self.now is None

    @property
    def price_changed(self) -> bool:
        """Tell whether it costs something else than when it was added."""
        return self.now is not None and self.now.unit_price != self.line.price_when_added

    @property
    def too_many(self) -> bool:
        """Tell whether fewer units are left than wanted."""
        return self.available is not None and self.line.quantity > self.available


@dataclass(frozen=True, slots=True)
class Contents:
    """All lines of a cart, oldest first."""

    cart: Cart
    lines: tuple[Line, ...]
    goods: Goods = field(default_factory=Goods)

    @property
    def count(self) -> int:
        """Units that can be bought."""
        return sum(line.line.quantity for line in self.lines if not line.gone)

    @property
    def subtotal(self) -> Decimal:
        """What they cost now, before anything is taken off."""
        return self.goods.subtotal

    @property
    def discount(self) -> Decimal:
        """What offers and the voucher take off."""
        return self.goods.discount

    @property
    def total(self) -> Decimal:
        """What they come to, without delivery."""
        return self.subtotal - self.discount

    @property
    def demand(self) -> dict[int, int]:
        """Units by variant, of the lines that can be bought."""
        return {
            line.now.variant_id: line.line.quantity for line in self.lines if line.now is not None
        }

    @property
    def can_be_ordered(self) -> bool:
        """Tell whether there is something to buy and nothing stands in the way."""
        return bool(self.demand) and not any(line.gone or line.too_many for line in self.lines)


def cart_contents(cart: Cart) -> Contents:
    """Read a cart with today's prices and stock: three statements without offers and voucher."""
    rows = list(cart.lines.order_by("pk"))
    demand = {row.variant_id: row.quantity for row in rows if row.variant_id is not None}
    goods = price_goods(demand, voucher=cart.voucher_code, user_id=cart.user_id)
    priced = {line.variant_id: line for line in goods.lines}
    units = available_units(demand.keys()) if demand else {}
    return Contents(
        cart,
        tuple(
            Line(row, priced.get(row.variant_id or 0), units.get(row.variant_id or 0, 0))
            for row in rows
        ),
        goods,
    )


def find_cart(*, user: Any = None, token: str = "") -> Cart | None:
    """Return the customer's cart, or the guest's of this token; None if there is none yet."""
    if user is not None and user.is_authenticated:
        return Cart.objects.filter(user=user).first()
    return Cart.objects.filter(token=token, user=None).first() if token else None
