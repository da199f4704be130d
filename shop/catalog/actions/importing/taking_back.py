"""Decide for each row of an import whether it can be undone, and what to write for that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from shop.catalog.models import CategoryPage, ImportedRow, ImportRun, Product, Variant
from shop.inventory.models import Movement

from .changes import ProductChange
from .notes import seal_of_product, seal_of_variant
from .present import PresentProduct, PresentVariant, read_present_products

Outcome = ImportedRow.Outcome
FIGURES = {"price", "sale_price", "price_difference", "weight"}
SALES = {Movement.Kind.RESERVED, Movement.Kind.SHIPPED, Movement.Kind.RESTOCKED}

GONE = "It is not there any more."
CHANGED = "It has been changed since; what it says now stays."
DRAFTED = "An editor has begun a draft of it; it stays."
COUNTED = "Its stock has been received or counted since; it stays."
MOVED = "Its stock has moved since; what it says now stays."
PROMISED = "Its units are promised to open orders; the count stays."
SOLD = "It has been ordered since; it stays."
LAST = "It is the only variant of its product by now; it stays."
ORDERED = "It has been ordered, so it was taken off the shelf and not deleted."
CATEGORY_GONE = "A category that it was in is gone; it stays where it is."


class Kept(Exception):
    """A row stays as it is; the text says why."""


@dataclass(slots=True)
class Reversal:
    """What taking back some rows comes to."""

    changes: dict[int, ProductChange] = field(default_factory=dict)
    uncounted: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    variants: set[int] = field(default_factory=set)
    revived: dict[int, dict[str, Any]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    unpublished: set[int] = field(default_factory=set)
    outcomes: list[tuple[ImportedRow, str, str]] = field(default_factory=list)


class Decider:
    """Looks at rows of one run beside the shop as it is now; its products and stock are locked."""

    def __init__(self, run: ImportRun, rows: Sequence[ImportedRow]) -> None:
        self._run = run
        self._rows = rows
        ids = {row.product_id for row in rows if row.product_id}
        self._present = read_present_products(ids)
        self._by_id = {product.pk: product for product in self._present.products.values()}
        self._variants = {each.pk: each for each in self._present.variants.values()}
        self._heads = {
            pk: (updated_at, revision)
            for pk, updated_at, revision in Product.objects.filter(pk__in=ids).values_list(
                "pk", "updated_at", "latest_revision"
            )
        }
        self._moves = _movements(self._variants, f"import {run.pk}")
        self._categories = set(
            CategoryPage.objects.filter(
                pk__in={pk for row in rows for pk in (row.before or {}).get("categories", ())}
            ).values_list("pk", flat=True)
        )
        self.reversal = Reversal()

    def decide(self) -> Reversal:
        """Return what to write, and what to say of each row."""
        for row in self._rows:
            try:
                outcome, reason = self._take_back(row)
            except Kept as kept:
                outcome, reason = Outcome.KEPT, str(kept)
            self.reversal.outcomes.append((row, outcome, reason))
        return self.reversal

    def _take_back(self, row: ImportedRow) -> tuple[str, str]:
        product = self._by_id.get(row.product_id or 0)
        variant = self._variants.get(row.variant_id) if row.variant_id else None
        if product is None or (row.variant_id and variant is None):
            raise Kept(GONE)
        if row.result == ImportedRow.Result.CREATED:
            if variant is None:
                return self._new_product(product)
            return self._new_variant(row, product, variant)
        return self._change(row, product, variant)

    def _new_product(self, product: PresentProduct) -> tuple[str, str]:
        updated_at, revision = self._heads[product.pk]
        if revision is not None:
            raise Kept(DRAFTED)
        if not self._untouched(updated_at):
            raise Kept(CHANGED)
        moves = set[str]().union(*(self._moves.get(each.pk, set()) for each in product.variants))
        if moves - SALES:
            raise Kept(COUNTED)
        if moves:
            self.reversal.unpublished.add(product.pk)
            return Outcome.UNPUBLISHED, ORDERED
        self.reversal.deleted.add(product.pk)
        return Outcome.UNDONE, ""

    def _untouched(self, updated_at: datetime) -> bool:
        """Tell whether the import, or this undoing of it, was the last to write a product."""
        finished, began = self._run.finished_at, self._run.undo_began_at
        return (finished is not None and updated_at <= finished) or updated_at == began

    def _new_variant(
        self, row: ImportedRow, product: PresentProduct, variant: PresentVariant
    ) -> tuple[str, str]:
        if row.seal != seal_of_variant(variant):
            raise Kept(CHANGED)
        moves = self._moves.get(variant.pk, set())
        if moves & SALES:
            raise Kept(SOLD)
        if moves:
            raise Kept(COUNTED)
        others = {each.pk for each in product.variants} - self.reversal.variants - {variant.pk}
        if not others:
            retired = (row.before or {}).get("retired")
            if not retired or Variant.objects.filter(sku_key=retired["sku_key"]).exists():
                raise Kept(LAST)
            self.reversal.revived[product.pk] = _values(retired)
        self.reversal.variants.add(variant.pk)
        return Outcome.UNDONE, ""

    def _change(
        self, row: ImportedRow, product: PresentProduct, variant: PresentVariant | None
    ) -> tuple[str, str]:
        before = row.before or {}
        now_sealed = seal_of_variant(variant) if variant else seal_of_product(product)
        if row.seal != now_sealed:
            raise Kept(CHANGED)
        if not self._categories.issuperset(before.get("categories", ())):
            raise Kept(CATEGORY_GONE)
        self._count_back(product, before.get("stock"))
        change = self._change_of(product)
        fields = _values(before.get("fields", {}))
        if variant:
            change.variants[variant.pk] = fields
        else:
            change.fields |= fields
            if "categories" in before:
                change.categories = tuple(before["categories"])
            if "weight" in before:
                self._weigh_back(change, *before["weight"])
            if "picture" in before:
                self.reversal.pictures.append(before["picture"])
        return Outcome.UNDONE, ""

    def _count_back(self, product: PresentProduct, stock: list[Any] | None) -> None:
        if stock is None:
            return
        pk, was, became = stock
        if self._present.on_hand.get(pk) != became:
            raise Kept(MOVED)
        if (was or 0) < self._present.promised.get(pk, 0) and was is not None:
            raise Kept(PROMISED)
        if was is None:
            self.reversal.uncounted.append(pk)
        else:
            self._change_of(product).counts[pk] = was

    def _weigh_back(self, change: ProductChange, pk: int, was: str, became: str) -> None:
        variant = next((each for each in change.product.variants if each.pk == pk), None)
        if variant is None or variant.weight != Decimal(became):
            raise Kept(CHANGED)
        change.variants[pk] = {"weight": Decimal(was) if was else None}

    def _change_of(self, product: PresentProduct) -> ProductChange:
        return self.reversal.changes.setdefault(product.pk, ProductChange(product))


def _values(said: Mapping[str, Any]) -> dict[str, Any]:
    """Read values as they were kept: figures as text."""
    return {
        name: Decimal(value) if name in FIGURES and value is not None else value
        for name, value in said.items()
    }


def _movements(variant_ids: Iterable[int], reference: str) -> dict[int, set[str]]:
    """Return what has happened to the stock of these variants beside the import itself."""
    found: dict[int, set[str]] = {}
    rows = Movement.objects.filter(variant_id__in=list(variant_ids)).exclude(
        kind=Movement.Kind.IMPORTED, reference=reference
    )
    for variant_id, kind in rows.values_list("variant_id", "kind").distinct():
        found.setdefault(variant_id, set()).add("reserved" if kind == "released" else kind)
    return found
