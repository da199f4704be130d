"""What the table shows of each variant."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.backoffice.products.stock_figures import stock_state
from shop.catalog.actions.cells import COLUMNS, RefusedCell, count_siblings, texts_of
from shop.catalog.models import CategoryPage, ProductPlacement, Variant
from shop.catalog.rules import path_range, sku_key
from shop.core.money import plain
from shop.inventory.models import StockLevel
from shop.inventory.queries import units_sold
from shop.inventory.rules import days_of_cover

PER_PAGE = 50
YEAR = 365
STATES = {
    "in": gettext_lazy("In stock"),
    "low": gettext_lazy("Low"),
    "out": gettext_lazy("Sold out"),
    "uncounted": gettext_lazy("Not counted"),
}
LABELS = {
    "price": gettext_lazy("Price"),
    "sale_price": gettext_lazy("Sale price"),
    "on_hand": gettext_lazy("On the shelf"),
    "threshold": gettext_lazy("Low at"),
}


@dataclass(slots=True)
class GridCell:
    """One cell to write in; `was` is what the table said when it was shown."""

    name: str
    was_name: str
    column: str
    text: str
    was: str
    hint: str = ""
    error: str = ""

    @property
    def label(self) -> Any:
        """What the column is called."""
        return LABELS[self.column]

    @property
    def error_id(self) -> str:
        """Where the reason stands why it was refused."""
        return f"why-{self.name}"


@dataclass(slots=True)
class GridRow:
    """A variant with its cells."""

    variant: Variant
    level: StockLevel
    state: str
    lasts: str
    cells: list[GridCell] = field(default_factory=list)


def grid_variants(words: dict[str, str]) -> Any:
    """Return the variants that a search, a category and a state of stock leave, by product."""
    variants = Variant.objects.select_related("product")
    for word in words["q"].split()[:8]:
        variants = variants.filter(
            Q(sku_key__contains=sku_key(word))
            | Q(product__name__icontains=word)
            | Q(product__brand__icontains=word)
        )
    if words["category"].isdecimal() and len(words["category"]) < 19:
        page = CategoryPage.objects.filter(pk=int(words["category"])).first()
        first, after = path_range(page.path if page else "-")
        placements = ProductPlacement.objects.filter(
            product=OuterRef("product"), category__path__gte=first, category__path__lt=after
        )
        variants = variants.filter(Exists(placements))
    if words["stock"] in STATES:
        variants = _in_state(variants, words["stock"])
    return variants.order_by("product__name", "product_id", "sort_order", "pk")


def _in_state(variants: Any, state: str) -> Any:
    level = StockLevel.objects.filter(variant_id=OuterRef("pk"), tracked=True)
    left = F("on_hand") - F("reserved")
    if state == "uncounted":
        return variants.filter(~Exists(level))
    level = level.alias(left=left)
    if state == "out":
        return variants.filter(Exists(level.filter(left__lte=0)))
    if state == "low":
        low = level.filter(left__gt=0, left__lte=F("low_stock_threshold"))
        return variants.filter(Exists(low))
    return variants.filter(Exists(level.filter(left__gt=0)))


def grid_page(words: dict[str, str]) -> Page[Variant]:
    """Return the page of the table that the words ask for."""
    return Paginator(grid_variants(words), PER_PAGE).get_page(words["p"])


def grid_rows(variants: list[Variant], refused: list[RefusedCell]) -> list[GridRow]:
    """Return the rows of these variants, refused cells as they were sent: four statements."""
    ids = [variant.pk for variant in variants]
    levels = StockLevel.objects.in_bulk(ids)
    sold = units_sold(ids)
    siblings = count_siblings(variant.product_id for variant in variants)
    wrong = {(each.cell.variant_id, each.cell.column): each for each in refused}
    rows = []
    for variant in variants:
        level = levels.get(variant.pk) or StockLevel(variant_id=variant.pk)
        cover = days_of_cover(level.available, sold.get(variant.pk, 0))
        row = GridRow(variant, level, stock_state(level), cover_in_words(cover))
        said = texts_of(variant, siblings[variant.product_id], level)
        for column in COLUMNS:
            row.cells.append(_cell(variant, column, said, wrong.get((variant.pk, column))))
        rows.append(row)
    return rows


def cover_in_words(days: int | None) -> str:
    """Say for how long stock lasts; beyond a year a figure would pretend to know."""
    if days is None:
        return "\u2013"
    if days > YEAR:
        return _("over a year")
    return ngettext("%d day", "%d days", days) % days


def _cell(
    variant: Variant, column: str, said: dict[str, str], wrong: RefusedCell | None
) -> GridCell:
    cell = GridCell(
        name=f"cell-{variant.pk}-{column}",
        was_name=f"was-{variant.pk}-{column}",
        column=column,
        text=wrong.cell.text if wrong else said[column],
        was=said[column],
        error=wrong.reason if wrong else "",
    )
    if column == "price" and not said["price"]:
        difference = variant.price_difference or 0
        cell.hint = plain(max(variant.product.price + difference, 0 * variant.product.price))
    elif column == "on_hand" and not said[column]:
        cell.hint = "–"
    return cell
