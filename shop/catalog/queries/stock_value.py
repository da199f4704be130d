"""What lies on the shelf, at the list price that shoppers pay."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from shop.catalog.models import Variant
from shop.core.money import ZERO
from shop.inventory.models import StockLevel

AMOUNT = DecimalField(max_digits=12, decimal_places=2)


@dataclass(frozen=True, slots=True)
class StockValue:
    """Units of one variant on the shelf, and its list price."""

    sku: str
    name: str
    units: int
    price: Decimal

    @property
    def value(self) -> Decimal:
        """What they would sell for."""
        return self.price * self.units


def stock_values() -> list[StockValue]:
    """Return each counted variant of which there is any, the most valuable first: one statement."""
    on_hand = StockLevel.objects.filter(variant_id=OuterRef("pk"), tracked=True, on_hand__gt=0)
    difference = F("product__price") + Coalesce("price_difference", ZERO, output_field=AMOUNT)
    rows = (
        Variant.objects.annotate(
            units=Subquery(on_hand.values("on_hand")),
            listed=Coalesce("price", Greatest(difference, ZERO, output_field=AMOUNT)),
        )
        .filter(units__gt=0)
        .order_by()
        .values_list("sku", "product__name", "units", "listed")
    )
    return sorted((StockValue(*row) for row in rows), key=lambda row: (-row.value, row.sku))
