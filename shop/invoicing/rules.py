"""What a tax document says, worked out: values in, values out.

Every amount is gross; the VAT is contained in it. Shares are cut so that parts always add up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from shop.core.money import CENT, ZERO, round_money

INVOICE = "invoice"
CREDIT_NOTE = "credit_note"
SERIES = {INVOICE: "INV", CREDIT_NOTE: "CN"}

# The tax class and the percent of a line: what VAT is summed up by.
Band = tuple[str, Decimal]


def document_number(series: str, year: int, sequence: int) -> str:
    """Return what is printed on top: "INV-2026-000042"."""
    return f"{series}-{year}-{sequence:06d}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `total` is after the discount and contains `tax`."""

    # The order's line; None for delivery and for money without goods.
    line_id: int | None
    code: str
    name: str
    options: str
    quantity: int
    unit_price: Decimal
    discount: Decimal
    tax_class: str
    tax_percent: Decimal
    total: Decimal
    tax: Decimal

    @property
    def band(self) -> Band:
        """What its VAT is summed up with."""
        return self.tax_class, self.tax_percent


@dataclass(frozen=True, slots=True)
class TaxSum:
    """What all lines of one tax class come to."""

    tax_class: str
    percent: Decimal
    gross: Decimal
    tax: Decimal

    @property
    def net(self) -> Decimal:
        """Without the VAT."""
        return self.gross - self.tax

    @property
    def band(self) -> Band:
        """What it is the sum of."""
        return self.tax_class, self.percent


def tax_sums(lines: Iterable[Line]) -> list[TaxSum]:
    """Sum lines by tax class, the highest rate first."""
    sums: dict[Band, TaxSum] = {}
    for line in lines:
        so_far = sums.get(line.band, TaxSum(*line.band, ZERO, ZERO))
        sums[line.band] = replace(
            so_far, gross=so_far.gross + line.total, tax=so_far.tax + line.tax
        )
    return sorted(sums.values(), key=lambda part: (-part.percent, part.tax_class))


def allocate(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Cut an amount into parts by weight; the parts add up to it, to the cent."""
    whole = sum(weights, ZERO)
    if not whole:
        return [ZERO for _ in weights]
    parts = [(amount * weight / whole).quantize(CENT, ROUND_DOWN) for weight in weights]
    left = int((amount - sum(parts, ZERO)) / CENT)
    largest = sorted(range(len(weights)), key=lambda place: (-weights[place], place))
    for place in largest[:left]:
        parts[place] += CENT
    return parts


def share(total: Decimal, units: int, quantity: int) -> Decimal:
    """Return what some units of a line come to; shares of all its units add up to it."""
    return round_money(total * units / quantity)


@dataclass(frozen=True, slots=True)
class Wish:
    """So many units of a line of the invoice, of which some were credited before."""

    line: Line
    units: int
    credited_before: int = 0

    @property
    def worth(self) -> Decimal:
        """What these units cost."""
        upto = share(self.line.total, self.credited_before + self.units, self.line.quantity)
        return upto - share(self.line.total, self.credited_before, self.line.quantity)


def credited_lines(
    amount: Decimal, wishes: Sequence[Wish], left: Mapping[Band, TaxSum], words: str
) -> list[Line]:
    """Return the lines of a credit note over `amount`, at most what is `left` of the invoice.

    Lines that came back are named first; what they do not account for is credited to every tax
    class by what is left of it, in a line called `words`. Where all is credited, so is all VAT.
    """
    rest = dict(left)
    amount = min(amount, sum((part.gross for part in rest.values()), ZERO))
    worths = [wish.worth for wish in wishes]
    if sum(worths, ZERO) > amount:
        worths = allocate(amount, worths)
    lines = []
    for wish, worth in zip(wishes, worths, strict=True):
        total, tax = _take(rest, wish.line.band, worth)
        full = wish.line.unit_price * wish.units
        lines.append(
            replace(wish.line, quantity=wish.units, discount=full - total, total=total, tax=tax)
        )
    open_amount = amount - sum((line.total for line in lines), ZERO)
    parts = allocate(open_amount, [part.gross for part in rest.values()])
    for band, part in zip(list(rest), parts, strict=True):
        if part:
            total, tax = _take(rest, band, part)
            lines.append(Line(None, "", words, "", 1, total, ZERO, *band, total, tax))
    return lines


def _take(rest: dict[Band, TaxSum], band: Band, wanted: Decimal) -> tuple[Decimal, Decimal]:
    """Take an amount out of what is left of a class; returns it with its VAT."""
    left = rest[band]
    total = min(wanted, left.gross)
    tax = left.tax if total == left.gross else round_money(left.tax * total / left.gross)
    rest[band] = replace(left, gross=left.gross - total, tax=left.tax - tax)
    return total, tax


def left_of(sums: Iterable[TaxSum], credited: Iterable[TaxSum]) -> dict[Band, TaxSum]:
    """Return what is left of an invoice's sums after its credit notes."""
    left = {part.band: part for part in sums}
    for part in credited:
        now = left[part.band]
        left[part.band] = replace(now, gross=now.gross - part.gross, tax=now.tax - part.tax)
    return left
