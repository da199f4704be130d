"""Pure arithmetic of a quote. Prices are gross: the VAT is contained, never added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.core.money import ZERO, contained_tax


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """Some units of one variant at today's price."""

    product_id: int
    variant_id: int
    sku: str
    name: str
    slug: str
    options: str
    quantity: int
    unit_price: Decimal
    list_price: Decimal
    tax_class: str
    tax_percent: Decimal

    @property
    def total(self) -> Decimal:
        """Price of all units."""
        return self.unit_price * self.quantity

    @property
    def tax(self) -> Decimal:
        """VAT contained in the line."""
        return contained_tax(self.total, self.tax_percent)


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """A way to bring these lines to this place, and its fee."""

    code: str
    name: str
    description: str
    needs_address: bool
    fee: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """What a set of lines costs, delivered; every figure is the sum of what is shown above it."""

    lines: tuple[QuoteLine, ...]
    delivery: DeliveryOption | None
    delivery_tax_percent: Decimal

    @property
    def subtotal(self) -> Decimal:
        return sum((line.total for line in self.lines), ZERO)

    @property
    def discount(self) -> Decimal:
        return ZERO

    @property
    def delivery_fee(self) -> Decimal:
        return self.delivery.fee if self.delivery else ZERO

    @property
    def tax(self) -> Decimal:
        return sum(
            (line.tax for line in self.lines),
            contained_tax(self.delivery_fee, self.delivery_tax_percent),
        )

    @property
    def total(self) -> Decimal:
        return self.subtotal - self.discount + self.delivery_fee


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the delivery rates."""

    code: str
    name: str
    description: str
    needs_address: bool
    regions: tuple[str, ...]
    price: Decimal
    free_from: Decimal | None


def delivery_options(
    rates: Sequence[Rate], *, region: str, subtotal: Decimal
) -> list[DeliveryOption]:
    """Return what reaches a place, in the rates' order.

    A method's rate for a zone that names the place wins over its rate for everywhere else.
    """
    chosen: dict[str, Rate] = {}
    for rate in rates:
        if _names(rate.regions, region) or (not rate.regions and rate.code not in chosen):
            chosen[rate.code] = rate
    return [
        DeliveryOption(
            rate.code, rate.name, rate.description, rate.needs_address, _fee(rate, subtotal)
        )
        for rate in chosen.values()
    ]


def _names(regions: Iterable[str], region: str) -> bool:
    wanted = region.strip().casefold()
    return bool(wanted) and any(name.casefold() == wanted for name in regions)


def _fee(rate: Rate, subtotal: Decimal) -> Decimal:
    if rate.free_from is not None and subtotal >= rate.free_from:
        return ZERO
    return rate.price
