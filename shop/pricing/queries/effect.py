"""What an offer does to some of the products that it fits."""

from dataclasses import dataclass
from decimal import Decimal

from shop.catalog.models import Listing, Variant
from shop.catalog.models.listing import WHOLE_SHOP
from shop.pricing.queries.lines import price_lines
from shop.pricing.queries.promotions import KeptOffer, offers_for
from shop.pricing.rules import BUNDLE, STEPS, OfferTerms, with_offers

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Effect:
    """So many units of a product, what they cost without offers and with all that run.

    `other` names the offer that counts instead, where another one takes more off.
    """

    name: str
    quantity: int
    before: Decimal
    after: Decimal
    other: str = ""


def effect_of(offer: KeptOffer) -> list[Effect]:
    """Try an offer on a few products that it fits, each bought alone."""
    variants = _some_variants(offer)
    effects = []
    for quantity in _quantities(offer.terms):
        lines, _ = price_lines(dict.fromkeys(variants, quantity))
        running = offers_for({line.product_id for line in lines}, extra=offer)
        for line in lines:
            tried = with_offers([line], running)[0]
            cut = next(iter(tried.cuts), None)
            other = cut.name if cut is not None and cut.source != offer.terms.id else ""
            effects.append(Effect(line.name, quantity, line.total, tried.net, other))
    return effects


def _quantities(terms: OfferTerms) -> list[int]:
    if terms.kind == STEPS:
        return sorted({units for units, _percent in terms.steps})
    return [terms.buy + terms.get] if terms.kind == BUNDLE else [1]


def _some_variants(offer: KeptOffer) -> list[int]:
    """Return one variant each of a few products, those that come first in their lists."""
    shelves = [WHOLE_SHOP] if offer.terms.everything else sorted(offer.categories)
    listed = Listing.objects.filter(category_id__in=shelves)
    found = listed.order_by("-featured", "-published_at", "-product_id")
    products = list(dict.fromkeys(offer.products))[:SHOWN]
    products += found.values_list("product_id", flat=True)[: SHOWN * 2]
    first: dict[int, int] = {}
    rows = Variant.objects.filter(product__in=products).order_by("sort_order", "pk")
    for pk, product_id in rows.values_list("pk", "product_id"):
        first.setdefault(product_id, pk)
    return [first[pk] for pk in dict.fromkeys(products) if pk in first][:SHOWN]
