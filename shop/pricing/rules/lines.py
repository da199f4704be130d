"""A line of a quote, and what is taken off it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from shop.core.money import ZERO, contained_tax

# A kind of offers and of vouchers alike.
PERCENT = "percent"

OFFER = "offer"
VOUCHER = "voucher"


@dataclass(frozen=True, slots=True)
class Cut:
    """What one offer or voucher takes off one line."""

    kind: str
    source: int
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """Some units of one variant at today's price. `weight` is of one unit, in kg."""

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
    weight: Decimal = ZERO
    cuts: tuple[Cut, ...] = ()

    @property
    def on_sale(self) -> bool:
        """Tell whether a unit costs less than its list price."""
        return self.unit_price < self.list_price

    @property
    def total(self) -> Decimal:
        """Price of all units, before anything is taken off."""
        return self.unit_price * self.quantity

    @property
    def discount(self) -> Decimal:
        """What offers and the voucher take off."""
        return sum((cut.amount for cut in self.cuts), ZERO)

    @property
    def net(self) -> Decimal:
        """What is to be paid for the line, VAT contained."""
        return self.total - self.discount

    @property
    def tax(self) -> Decimal:
        """VAT contained in what is to be paid."""
        return contained_tax(self.net, self.tax_percent)


def on_top(line: QuoteLine, cut: Cut) -> QuoteLine:
    """Return the line with one more cut; one of nothing changes nothing."""
    return replace(line, cuts=(*line.cuts, cut)) if cut.amount else line
