"""Compare the rows of a file with the shop and decide what becomes of each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from shop.catalog.importing.paths import write_category_paths
from shop.catalog.importing.rows import CatalogueRow
from shop.catalog.importing.validation import NO_CATEGORY
from shop.catalog.models import ImportedRow
from shop.catalog.rules import rich_text, sku_key

from .changes import Difference, NewProduct, NewVariant, Note, Plan, ProductChange
from .pictures import PictureFolder, hash_of
from .present import Present, PresentProduct, PresentVariant
from .shelves import Shelves
from .strangers import wrong_variant
from .warnings import CURRENCY, STOCK_OF_PARENT
from .wording import changed_fields, changed_weight, in_words, new_in_words, option_key, same_places


class Planner:
    """Decides row by row; keeps what later rows of the same part need to know."""

    def __init__(
        self,
        present: Present,
        shelves: Shelves,
        pictures: PictureFolder,
        promised_parents: set[str],
        moment: datetime,
        *,
        explain: bool,
    ) -> None:
        self.plan = Plan()
        self._explain = explain
        self._present = present
        self._shelves = shelves
        self._pictures = pictures
        self._promised_parents = promised_parents
        self._moment = moment

    def decide(self, rows: Iterable[CatalogueRow]) -> Plan:
        """Return what these rows would do."""
        for row in rows:
            if row.parent_sku:
                self._variant(row)
            else:
                self._product(row)
            if row.currency:
                self.plan.noted[CURRENCY + row.currency] += 1
        for product in self.plan.new.values():
            product.complete()
        return self.plan

    # Products

    def _product(self, row: CatalogueRow) -> None:
        too_deep = [path for path in row.categories if path in self._shelves.refused]
        if too_deep:
            reason = self._shelves.refused[too_deep[0]]
            self.plan.refuse(row, row.category_column, "category_too_deep", reason)
        elif not row.categories and not self._known_without_category(row):
            self.plan.refuse(row, row.category_column, NO_CATEGORY.code, NO_CATEGORY.detail)
        elif row.sku_key in self._present.products:
            self._compare(row, self._present.products[row.sku_key])
        elif row.sku_key in self._present.variants:
            self.plan.refuse(
                row,
                "sku",
                "sku_is_a_variant",
                "This SKU is a variant of another product; name that product in parent_sku.",
            )
        else:
            self.plan.created += 1
            new = self.plan.new[row.sku_key] = NewProduct(
                sku=row.sku,
                sku_key=row.sku_key,
                name=row.name,
                description=rich_text(row.description),
                brand=row.brand,
                price=row.price,
                sale_price=row.sale_price,
                weight=row.weight,
                stock=row.stock,
                categories=self._shelves.ids_of(row.categories),
                created_at=self._moment,
                picture=self._pictures.find(row.image_url, self.plan.noted),
            )
            self._note(row, CREATED, new, told=new_in_words(row) if self._explain else [])

    def _known_without_category(self, row: CatalogueRow) -> bool:
        product = self._present.products.get(row.sku_key)
        return product is not None and not product.categories

    def _compare(self, row: CatalogueRow, product: PresentProduct) -> None:
        fields = changed_fields(row, product)
        variant = product.own_variant
        count = self._new_count(row, variant)
        if count == _REFUSED:
            return
        if row.stock is not None and variant is None:
            self.plan.noted[STOCK_OF_PARENT] += 1
        placed = self._new_places(row, product)
        picture = self._pictures.find(row.image_url, self.plan.noted)
        if picture and hash_of(picture) in product.picture_hashes:
            picture = None
        weighed = changed_weight(row, variant)
        if not (fields or weighed or picture) and count is None and placed is None:
            self._unchanged(row)
            return
        self.plan.updated += 1
        change = self.plan.change_of(product)
        change.fields |= fields
        change.picture = picture
        change.categories = placed
        note = self._note(row, UPDATED, change)
        for name, value in fields.items():
            self._differs(note, name, getattr(product, name), value)
        if variant is not None and weighed:
            self._weigh(note, change, variant)
        if count is not None and variant is not None:
            self._count(note, product, variant, count)
        if placed is not None:
            note.before["categories"] = product.categories
            before = self._shelves.write(product.categories)
            self._tell(note, "category_path", before, write_category_paths(row.categories))
        if picture:
            self._tell(note, "image_url", "", row.image_url)

    def _new_places(self, row: CatalogueRow, product: PresentProduct) -> tuple[int, ...] | None:
        """Return the categories that a row names, None where the product is in these already.

        Of two shelves with the same name a path means the first; a product that stands on the
        second is where the path says all the same.
        """
        places = self._shelves.ids_of(row.categories)
        if list(places) == product.categories:
            return None
        if len(places) == len(product.categories) and same_places(
            row.categories, self._shelves.names_of(product.categories)
        ):
            return None
        return places

    # Variants

    def _variant(self, row: CatalogueRow) -> None:
        parent_key = sku_key(row.parent_sku)
        parent = self.plan.new.get(parent_key) or self._present.products.get(parent_key)
        if parent is None:
            self._without_parent(row, parent_key)
            return
        added = self.plan.changes[parent.pk].new_variants if parent.pk in self.plan.changes else []
        if problem := wrong_variant(row, parent, self._present, added):
            self.plan.refuse(row, *problem)
            return
        known = self._present.variants.get(row.sku_key)
        if known is not None and isinstance(parent, PresentProduct):
            self._compare_variant(row, parent, known)
            return
        prices = (row.price, row.sale_price)
        variant = NewVariant(
            row.sku, row.sku_key, dict(row.options), *prices, row.stock, row.weight
        )
        self.plan.created += 1
        told = new_in_words(row) if self._explain else []
        if isinstance(parent, NewProduct):
            parent.variants.append(variant)
            if self._explain:
                self._note(row, CREATED, parent, variant, told)
            return
        change = self.plan.change_of(parent)
        self._note(row, CREATED, change, variant, told)
        change.new_variants.append(variant)

    def _without_parent(self, row: CatalogueRow, parent_key: str) -> None:
        if parent_key in self._promised_parents:
            self.plan.created += 1
            promised = NewVariant(row.sku, row.sku_key, {}, None, None, None)
            self._note(row, CREATED, None, promised, new_in_words(row))
        elif parent_key in self._present.variants:
            detail = f"{row.parent_sku} is itself a variant; name its product in parent_sku."
            self.plan.refuse(row, "parent_sku", "parent_is_a_variant", detail)
        else:
            detail = (
                f"There is no product {row.parent_sku}. Its row must come before the rows of its"
                " variants, and must not have been refused itself."
            )
            self.plan.refuse(row, "parent_sku", "parent_missing", detail)

    def _compare_variant(
        self, row: CatalogueRow, product: PresentProduct, variant: PresentVariant
    ) -> None:
        changed: dict[str, Any] = {}
        if row.price != variant.list_price(product):
            changed["price"] = row.price
        if row.sale_price is not None and row.sale_price != variant.sale_price:
            changed["sale_price"] = row.sale_price
        if row.options and option_key(row.options) != option_key(variant.options):
            changed["options"] = dict(row.options)
        if changed_weight(row, variant):
            changed["weight"] = row.weight
        count = self._new_count(row, variant)
        if count == _REFUSED:
            return
        if not changed and count is None:
            self._unchanged(row)
            return
        self.plan.updated += 1
        change = self.plan.change_of(product)
        note = self._note(row, UPDATED, change, variant)
        if changed:
            change.variants[variant.pk] = changed
        for name, value in changed.items():
            self._differs(note, name, getattr(variant, name), value)
        if count is not None:
            self._count(note, product, variant, count)

    # Stock

    def _new_count(self, row: CatalogueRow, variant: PresentVariant | None) -> int | None:
        """Return the count to be written, None when it stays, or refuse the row."""
        if row.stock is None or variant is None:
            return None
        if row.stock == self._present.on_hand.get(variant.pk):
            return None
        promised = self._present.promised.get(variant.pk, 0)
        if row.stock < promised:
            detail = (
                f"{promised} units are promised to open orders, so the stock cannot be"
                f" {row.stock}. Ship or cancel those orders first."
            )
            self.plan.refuse(row, "stock", "stock_below_reserved", detail)
            return _REFUSED
        return row.stock

    def _count(
        self, note: Note, product: PresentProduct, variant: PresentVariant, count: int
    ) -> None:
        self.plan.change_of(product).counts[variant.pk] = count
        before = self._present.on_hand.get(variant.pk)
        note.before["stock"] = [variant.pk, before, count]
        self._tell(note, "stock", "not counted" if before is None else before, count)

    def _weigh(self, note: Note, change: ProductChange, variant: PresentVariant) -> None:
        """Weigh a product without options: its one variant."""
        change.variants[variant.pk] = {"weight": note.row.weight}
        note.before["weight"] = [variant.pk, *map(in_words, (variant.weight, note.row.weight))]
        self._tell(note, "weight", variant.weight, note.row.weight)

    # What is kept of a row

    def _unchanged(self, row: CatalogueRow) -> None:
        self.plan.unchanged += 1
        if self._explain:
            self._note(row, UNCHANGED)

    def _note(
        self,
        row: CatalogueRow,
        result: ImportedRow.Result,
        change: Any = None,
        variant: Any = None,
        told: Sequence[dict[str, str]] = (),
    ) -> Note:
        note = Note(row, result, change, variant, list(told))
        self.plan.notes.append(note)
        return note

    def _differs(self, note: Note, column: str, before: Any, after: Any) -> None:
        note.before.setdefault("fields", {})[column] = before
        self._tell(note, column, before, after)

    def _tell(self, note: Note, column: str, before: Any, after: Any) -> None:
        was, becomes = in_words(before), in_words(after)
        note.told.append({"column": column, "before": was, "after": becomes})
        if self._explain:
            row = note.row
            self.plan.differences.append(Difference(row.line, row.sku, column, was, becomes))


CREATED = ImportedRow.Result.CREATED
UPDATED = ImportedRow.Result.UPDATED
UNCHANGED = ImportedRow.Result.UNCHANGED
_REFUSED = -1


def keys_of(rows: Sequence[CatalogueRow]) -> list[str]:
    """Return every SKU key that these rows speak of."""
    return [row.sku_key for row in rows] + [
        sku_key(row.parent_sku) for row in rows if row.parent_sku
    ]
