"""A whole quote; every figure is the sum of what is shown above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shop.core.money import ZERO, contained_tax

from .delivery import BY_VOUCHER, DeliveryOption, Point
from .lines import QuoteLine
from .vouchers import VoucherUse

# Delivery is a service at the standard rate (Kenya, VAT Act 2013).
DELIVERY_CLASS = "standard"


@dataclass(frozen=True, slots=True)
class Reduction:
    """What one offer or voucher takes off all lines together."""

    kind: str
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ClassTax:
    """What is paid at one VAT rate, and the VAT in it."""

    tax_class: str
    percent: Decimal
    gross: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """What a set of lines costs, delivered."""

    lines: tuple[QuoteLine, ...]
    delivery: DeliveryOption | None
    delivery_tax_percent: Decimal
    voucher: VoucherUse | None = None
    pickup: Point | None = None

    @property
    def subtotal(self) -> Decimal:
        return sum((line.total for line in self.lines), ZERO)

    @property
    def discount(self) -> Decimal:
        return sum((line.discount for line in self.lines), ZERO)

    @property
    def reductions(self) -> tuple[Reduction, ...]:
        """What makes up the discount, offers first."""
        return reductions(self.lines)

    @property
    def delivery_fee(self) -> Decimal:
        return self.delivery.fee if self.delivery else ZERO

    @property
    def delivery_tax(self) -> Decimal:
        return contained_tax(self.delivery_fee, self.delivery_tax_percent)

    @property
    def tax(self) -> Decimal:
        return sum((line.tax for line in self.lines), self.delivery_tax)

    @property
    def taxes(self) -> tuple[ClassTax, ...]:
        """The VAT of each class: sums of what stands in the lines, delivery included."""
        rows = [(line.tax_class, line.tax_percent, line.net, line.tax) for line in self.lines]
        if self.delivery_fee:
            rows.append(
                (DELIVERY_CLASS, self.delivery_tax_percent, self.delivery_fee, self.delivery_tax)
            )
        return class_taxes(rows)

    @property
    def voucher_amount(self) -> Decimal:
        """What the voucher is worth here, the delivery that it pays included."""
        if self.voucher is None or self.voucher.problem is not None:
            return ZERO
        if self.delivery is not None and self.delivery.why == BY_VOUCHER:
            return self.delivery.rate.price
        return self.voucher.amount

    @property
    def total(self) -> Decimal:
        return self.subtotal - self.discount + self.delivery_fee


def reductions(lines: Iterable[QuoteLine]) -> tuple[Reduction, ...]:
    """Sum up the cuts of lines by their offer or voucher."""
    sums: dict[tuple[str, int, str], Decimal] = {}
    for line in lines:
        for cut in line.cuts:
            key = (cut.kind, cut.source, cut.name)
            sums[key] = sums.get(key, ZERO) + cut.amount
    return tuple(Reduction(key[0], key[2], sums[key]) for key in sorted(sums))


def class_taxes(rows: Iterable[tuple[str, Decimal, Decimal, Decimal]]) -> tuple[ClassTax, ...]:
    """Sum up gross amounts and VAT (class, percent, gross, tax) by class and percent."""
    sums: dict[tuple[str, Decimal], tuple[Decimal, Decimal]] = {}
    for tax_class, percent, gross, tax in rows:
        before = sums.get((tax_class, percent), (ZERO, ZERO))
        sums[tax_class, percent] = (before[0] + gross, before[1] + tax)
    by_percent = sorted(sums, key=lambda key: (-key[1], key[0]))
    return tuple(ClassTax(*key, *sums[key]) for key in by_percent)
