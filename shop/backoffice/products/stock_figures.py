"""How many of each variant there are, read for lists and forms."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from shop.catalog.models import Variant
from shop.inventory.models import StockLevel


@dataclass(frozen=True, slots=True)
class StockRow:
    """One variant with its stock; `available` is None where nobody counts."""

    variant: Variant
    level: StockLevel

    @property
    def label(self) -> str:
        """The variant's choice for people, or its SKU when it has none."""
        return self.variant.options_text or self.variant.sku

    @property
    def state(self) -> str:
        """One of "uncounted", "out", "low" and "ok"."""
        return stock_state(self.level)


def stock_state(level: StockLevel) -> str:
    """Say in one word how a level stands."""
    if level.available is None:
        return "uncounted"
    if level.available <= 0:
        return "out"
    return "low" if level.available <= level.low_stock_threshold else "ok"


def stock_rows(product_id: int) -> list[StockRow]:
    """Return every variant of a product with its stock, in the shop's order; two queries."""
    variants = list(Variant.objects.filter(product_id=product_id).order_by("sort_order", "pk"))
    levels = StockLevel.objects.in_bulk([variant.pk for variant in variants])
    return [
        StockRow(variant, levels.get(variant.pk) or StockLevel(variant_id=variant.pk))
        for variant in variants
    ]


@dataclass(frozen=True, slots=True)
class StockSum:
    """The stock of a whole product: units that can be sold, None where a variant is not counted."""

    units: int | None
    state: str


def stock_sums(product_ids: Iterable[int]) -> dict[int, StockSum]:
    """Return the stock of many products; two queries."""
    owners = dict(Variant.objects.filter(product__in=product_ids).values_list("pk", "product_id"))
    levels: dict[int, list[StockLevel]] = defaultdict(list)
    found = StockLevel.objects.in_bulk(owners)
    for variant_id, product_id in owners.items():
        levels[product_id].append(found.get(variant_id) or StockLevel(variant_id=variant_id))
    return {product_id: _sum(group) for product_id, group in levels.items()}


def _sum(levels: list[StockLevel]) -> StockSum:
    states = {stock_state(level) for level in levels}
    if "uncounted" in states:
        return StockSum(None, "uncounted")
    units = sum(level.available or 0 for level in levels)
    if units <= 0:
        return StockSum(0, "out")
    return StockSum(units, "low" if states & {"low", "out"} else "ok")
