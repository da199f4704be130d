"""Offers that count by themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.core.money import ZERO, round_money

from .lines import OFFER, PERCENT, Cut, QuoteLine, on_top

STEPS = "steps"
BUNDLE = "bundle"


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What an offer takes off which products; `steps` are units and percent.

    `product_ids` counts unless `everything` fits.
    """

    id: int
    name: str
    kind: str
    percent: Decimal = ZERO
    buy: int = 0
    get: int = 0
    steps: tuple[tuple[int, Decimal], ...] = ()
    everything: bool = True
    product_ids: frozenset[int] = frozenset()
    on_sale_items: bool = False

    def fits(self, line: QuoteLine) -> bool:
        """Tell whether it counts for a line."""
        return (self.everything or line.product_id in self.product_ids) and (
            self.on_sale_items or not line.on_sale
        )


def with_offers(lines: Sequence[QuoteLine], offers: Iterable[OfferTerms]) -> list[QuoteLine]:
    """Return the lines with the best offer for each taken off.

    A line gets one offer: the one that takes most off it, the older one where two take the same.
    How many units there are is counted over all lines that an offer fits.
    """
    best: dict[int, Cut] = {}
    for offer in sorted(offers, key=lambda offer: offer.id):
        for variant_id, amount in _amounts(lines, offer).items():
            if variant_id not in best or amount > best[variant_id].amount:
                best[variant_id] = Cut(OFFER, offer.id, offer.name, amount)
    return [
        on_top(line, best[line.variant_id]) if line.variant_id in best else line for line in lines
    ]


def _amounts(lines: Sequence[QuoteLine], offer: OfferTerms) -> dict[int, Decimal]:
    fitting = [line for line in lines if offer.fits(line)]
    if offer.kind == BUNDLE:
        return _bundle(fitting, offer)
    percent = offer.percent if offer.kind == PERCENT else _reached(fitting, offer)
    return {line.variant_id: round_money(line.total * percent / 100) for line in fitting}


def _reached(lines: Sequence[QuoteLine], offer: OfferTerms) -> Decimal:
    units = sum(line.quantity for line in lines)
    return max((percent for start, percent in offer.steps if start <= units), default=ZERO)


def _bundle(lines: Sequence[QuoteLine], offer: OfferTerms) -> dict[int, Decimal]:
    """Of every `buy` + `get` units, take the percent off `get`; the cheapest units of all."""
    units = sum(line.quantity for line in lines)
    size = offer.buy + offer.get
    left = units // size * offer.get if size else 0
    amounts: dict[int, Decimal] = {}
    for line in sorted(lines, key=lambda line: (line.unit_price, line.variant_id)):
        taken = min(left, line.quantity)
        left -= taken
        amounts[line.variant_id] = round_money(line.unit_price * taken * offer.percent / 100)
    return amounts
