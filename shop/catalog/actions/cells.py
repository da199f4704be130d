"""Change prices and stock of many variants at once, cell by cell, as in a spreadsheet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shop.catalog.actions.drafts import drafts_follow
from shop.catalog.actions.listings import refresh_listings
from shop.catalog.importing.prices import read_price, read_sale_price
from shop.catalog.importing.values import read_stock
from shop.catalog.models import Product, Variant
from shop.catalog.signals import products_changed
from shop.core.bulk import update_rows
from shop.core.clock import now
from shop.core.spreadsheets import ValueRefused
from shop.inventory.actions import open_levels, set_on_hand
from shop.inventory.levels import set_thresholds
from shop.inventory.models import StockLevel

PRICES = ("price", "sale_price")
STOCK = ("on_hand", "threshold")
COLUMNS = (*PRICES, *STOCK)
LARGEST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that somebody changed: what it said when it was shown, and what it should say."""

    variant_id: int
    column: str
    was: str
    text: str


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that stays as it is; `now` is what it says."""

    cell: Cell
    reason: str
    now: str


@dataclass(slots=True)
class Sheet:
    """What was saved, and what was not."""

    saved: int = 0
    refused: list[RefusedCell] = field(default_factory=list)


def prices_of_product(variant: Variant, siblings: int) -> bool:
    """Tell whether a variant's prices are its product's: it is the only one, without options."""
    return siblings == 1 and not variant.options and variant.price is None


def texts_of(variant: Variant, siblings: int, level: StockLevel | None) -> dict[str, str]:
    """Return what the cells of a variant say."""
    priced: Any = variant.product if prices_of_product(variant, siblings) else variant
    return {
        "price": _money(priced.price),
        "sale_price": _money(priced.sale_price),
        "on_hand": str(level.on_hand) if level and level.tracked else "",
        "threshold": str(level.low_stock_threshold if level else 3),
    }


def count_siblings(product_ids: Iterable[int]) -> Counter[int]:
    """Return how many variants each of these products has."""
    return Counter(
        Variant.objects.filter(product__in=set(product_ids)).values_list("product_id", flat=True)
    )


@transaction.atomic
def change_cells(cells: Sequence[Cell], *, reason: str, actor: str) -> Sheet:
    """Write the cells that can be written; the others come back with the reason.

    A cell that says something else by now than it said when it was shown is refused: somebody
    else was quicker. Prices are merged into open drafts.
    """
    sheet = _Writer(cells)
    sheet.check()
    sheet.write(reason=reason, actor=actor)
    return sheet.outcome


class _Writer:
    """Locks what the cells are about, stock first, and decides on each."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.outcome = Sheet()
        self._cells = cells
        ids = sorted({cell.variant_id for cell in cells})
        known = set(Variant.objects.filter(pk__in=ids).values_list("pk", flat=True))
        open_levels(sorted(known))
        levels = StockLevel.objects.select_for_update().filter(variant_id__in=sorted(known))
        self._levels = {level.variant_id: level for level in levels.order_by("variant_id")}
        products = Variant.objects.filter(pk__in=known).values_list("product_id", flat=True)
        locked = Product.objects.select_for_update(of=("self",)).filter(pk__in=set(products))
        by_id = {product.pk: product for product in locked.order_by("pk")}
        self._variants = {each.pk: each for each in Variant.objects.filter(pk__in=known)}
        for variant in self._variants.values():
            variant.product = by_id[variant.product_id]
        self._siblings = count_siblings(by_id)
        self._values: dict[int, dict[str, Any]] = defaultdict(dict)

    def check(self) -> None:
        """Decide which cells are written."""
        for cell in self._cells:
            variant = self._variants.get(cell.variant_id)
            if variant is None or cell.column not in COLUMNS:
                self._refuse(cell, _("This variant is not there any more."), "")
                continue
            said = self._texts(variant)[cell.column]
            if cell.text.strip() == said:
                continue
            if cell.was.strip() != said:
                now_says = said or _("empty")
                self._refuse(cell, _("Somebody else wrote %s here meanwhile.") % now_says, said)
                continue
            try:
                self._values[variant.pk][cell.column] = self._read(cell, variant)
            except ValueRefused as refused:
                self._refuse(cell, refused.detail, said)
        self._check_sales()

    def _texts(self, variant: Variant) -> dict[str, str]:
        siblings = self._siblings[variant.product_id]
        return texts_of(variant, siblings, self._levels.get(variant.pk))

    def _refuse(self, cell: Cell, reason: str, said: str) -> None:
        self.outcome.refused.append(RefusedCell(cell, reason, said))

    def _read(self, cell: Cell, variant: Variant) -> Any:
        """Read a cell's text. Raises ValueRefused."""
        if cell.column == "sale_price":
            return read_sale_price(cell.text)
        if cell.column == "price":
            owned = not prices_of_product(variant, self._siblings[variant.product_id])
            if owned and not cell.text.strip():
                return None
            return read_price(cell.text)
        units = read_stock(cell.text)
        if units is None:
            raise ValueRefused("required", _("Write a number of units; 0 is one too."))
        if cell.column == "threshold" and units > LARGEST_LINE:
            raise ValueRefused("over_limit", _("So high a line is never crossed."))
        promised = self._levels[variant.pk].reserved
        if cell.column == "on_hand" and units < promised:
            raise ValueRefused(
                "stock_below_reserved", _("%d units are promised to open orders.") % promised
            )
        return units

    def _check_sales(self) -> None:
        """Refuse prices that would leave a sale price which is none."""
        cells = {(cell.variant_id, cell.column): cell for cell in self._cells}
        for pk, values in self._values.items():
            variant = self._variants[pk]
            owner: Any = self._owner(variant)
            price = values.get("price", owner.price)
            sale = values.get("sale_price", owner.sale_price)
            if price is None:
                price = variant.product.price + (variant.price_difference or Decimal(0))
            if sale is None or sale < price or not values.keys() & set(PRICES):
                continue
            for column in PRICES:
                if column in values:
                    del values[column]
                    text = _("The sale price must be lower than the price.")
                    self._refuse(cells[pk, column], text, self._texts(variant)[column])

    def _owner(self, variant: Variant) -> Product | Variant:
        of_product = prices_of_product(variant, self._siblings[variant.product_id])
        return variant.product if of_product else variant

    def write(self, *, reason: str, actor: str) -> None:
        """Write what was not refused."""
        self.outcome.saved = sum(map(len, self._values.values()))
        counts = self._column("on_hand")
        skus = {pk: variant.sku for pk, variant in self._variants.items()}
        if counts:
            set_on_hand(counts, reason=reason, actor=actor, skus=skus)
        set_thresholds(self._column("threshold"))
        self._write_prices()

    def _column(self, column: str) -> dict[int, int]:
        return {pk: each[column] for pk, each in self._values.items() if column in each}

    def _write_prices(self) -> None:
        priced = [pk for pk, values in self._values.items() if values.keys() & set(PRICES)]
        if not priced:
            return
        ids = sorted({self._variants[pk].product_id for pk in priced})
        moment = now()
        with drafts_follow(ids):
            owners = [self._owner(self._variants[pk]) for pk in priced]
            for owner, pk in zip(owners, priced, strict=True):
                for column in PRICES:
                    if column in self._values[pk]:
                        setattr(owner, column, self._values[pk][column])
                if isinstance(owner, Variant) and owner.price is not None:
                    # An own price and a difference from the product's would say two things.
                    owner.price_difference = None
            update_rows(
                Variant,
                (*PRICES, "price_difference"),
                [
                    (each.price, each.sale_price, each.price_difference, each.pk)
                    for each in owners
                    if isinstance(each, Variant)
                ],
            )
            products = {variant.product_id: variant.product for variant in self._variants.values()}
            update_rows(
                Product,
                (*PRICES, "updated_at"),
                [(products[pk].price, products[pk].sale_price, moment, pk) for pk in ids],
            )
        refresh_listings(ids)
        products_changed.send(sender=Product, product_ids=ids, listed=True)


def _money(value: Decimal | None) -> str:
    return "" if value is None else f"{value:.2f}"
