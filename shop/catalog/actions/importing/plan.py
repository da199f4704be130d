"""Compare the rows of a file with the shop and decide what becomes of each."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from shop.catalog.importing.paths import write_category_paths
from shop.catalog.importing.rows import CatalogueRow
from shop.catalog.rules import plain_text, rich_text, sku_key

from .changes import Difference, NewProduct, NewVariant, Plan
from .pictures import PictureFolder, hash_of
from .present import Present, PresentProduct, PresentVariant
from .shelves import Shelves
from .warnings import CURRENCY, STOCK_OF_PARENT


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
            self.plan.refuse(row, "category_path", "category_too_deep", reason)
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
            self.plan.new[row.sku_key] = NewProduct(
                sku=row.sku,
                sku_key=row.sku_key,
                name=row.name,
                description=rich_text(row.description),
                brand=row.brand,
                price=row.price,
                sale_price=row.sale_price,
                stock=row.stock,
                categories=self._shelves.ids_of(row.categories),
                created_at=self._moment,
                picture=self._pictures.find(row.image_url, self.plan.noted),
            )

    def _compare(self, row: CatalogueRow, product: PresentProduct) -> None:
        fields = _changed_fields(row, product)
        variant = product.own_variant
        count = self._new_count(row, variant)
        if count == _REFUSED:
            return
        if row.stock is not None and variant is None:
            self.plan.noted[STOCK_OF_PARENT] += 1
        categories = self._shelves.ids_of(row.categories)
        placed = categories if list(categories) != product.categories else None
        picture = self._pictures.find(row.image_url, self.plan.noted)
        if picture and hash_of(picture) in product.picture_hashes:
            picture = None
        if not fields and count is None and placed is None and not picture:
            self.plan.unchanged += 1
            return
        self.plan.updated += 1
        change = self.plan.change_of(product)
        change.fields |= fields
        change.picture = picture
        change.categories = placed
        for name, value in fields.items():
            self._differs(row, name, getattr(product, name), value)
        if count is not None and variant is not None:
            self._count(row, product, variant, count)
        if placed is not None:
            before = self._shelves.write(product.categories) if self._explain else ""
            self._differs(row, "category_path", before, write_category_paths(row.categories))
        if picture:
            self._differs(row, "image_url", "", row.image_url)

    # Variants

    def _variant(self, row: CatalogueRow) -> None:
        parent_key = sku_key(row.parent_sku)
        parent = self.plan.new.get(parent_key) or self._present.products.get(parent_key)
        if parent is None:
            self._without_parent(row, parent_key)
            return
        if problem := self._wrong_variant(row, parent):
            self.plan.refuse(row, *problem)
            return
        known = self._present.variants.get(row.sku_key)
        if known is not None and isinstance(parent, PresentProduct):
            self._compare_variant(row, parent, known)
            return
        variant = NewVariant(
            row.sku, row.sku_key, dict(row.options), row.price, row.sale_price, row.stock
        )
        self.plan.created += 1
        if isinstance(parent, NewProduct):
            parent.variants.append(variant)
        else:
            self.plan.change_of(parent).new_variants.append(variant)

    def _without_parent(self, row: CatalogueRow, parent_key: str) -> None:
        if parent_key in self._promised_parents:
            self.plan.created += 1
        elif parent_key in self._present.variants:
            detail = f"{row.parent_sku} is itself a variant; name its product in parent_sku."
            self.plan.refuse(row, "parent_sku", "parent_is_a_variant", detail)
        else:
            detail = (
                f"There is no product {row.parent_sku}. Its row must come before the rows of its"
                " variants, and must not have been refused itself."
            )
            self.plan.refuse(row, "parent_sku", "parent_missing", detail)

    def _wrong_variant(
        self, row: CatalogueRow, parent: NewProduct | PresentProduct
    ) -> tuple[str, str, str] | None:
        """Return column, code and reason why a row cannot be a variant of `parent`."""
        known = self._present.variants.get(row.sku_key)
        if row.sku_key in self._present.products:
            return (
                "sku",
                "sku_is_a_product",
                "This SKU is a product of its own already; it cannot be a variant as well.",
            )
        if known is not None and known.product_id != parent.pk:
            return (
                "parent_sku",
                "variant_of_another_product",
                f"This SKU is a variant of another product than {parent.sku}.",
            )
        options = dict(row.options)
        if known is None and not options:
            return (
                "options",
                "options_missing",
                "A variant needs at least one option column that tells it from the others, such as"
                " option:Size.",
            )
        siblings: list[Any] = list(parent.variants)
        if isinstance(parent, PresentProduct) and parent.pk in self.plan.changes:
            siblings += self.plan.changes[parent.pk].new_variants
        if options and any(
            each.options == options and each.sku_key != row.sku_key for each in siblings
        ):
            return (
                "options",
                "options_taken",
                f"Another variant of {parent.sku} has the same options already.",
            )
        return None

    def _compare_variant(
        self, row: CatalogueRow, product: PresentProduct, variant: PresentVariant
    ) -> None:
        changed: dict[str, Any] = {}
        if row.price != variant.list_price(product):
            changed["price"] = row.price
        if row.sale_price is not None and row.sale_price != variant.sale_price:
            changed["sale_price"] = row.sale_price
        if row.options and dict(row.options) != variant.options:
            changed["options"] = dict(row.options)
        count = self._new_count(row, variant)
        if count == _REFUSED:
            return
        if not changed and count is None:
            self.plan.unchanged += 1
            return
        self.plan.updated += 1
        if changed:
            self.plan.change_of(product).variants[variant.pk] = changed
        for name, value in changed.items():
            self._differs(row, name, getattr(variant, name), value)
        if count is not None:
            self._count(row, product, variant, count)

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
        self, row: CatalogueRow, product: PresentProduct, variant: PresentVariant, count: int
    ) -> None:
        self.plan.change_of(product).counts[variant.pk] = count
        before = self._present.on_hand.get(variant.pk)
        self._differs(row, "stock", "not counted" if before is None else before, count)

    def _differs(self, row: CatalogueRow, column: str, before: Any, after: Any) -> None:
        if not self._explain:
            return
        self.plan.differences.append(
            Difference(row.line, row.sku, column, _words(before), _words(after))
        )


_REFUSED = -1


def _changed_fields(row: CatalogueRow, product: PresentProduct) -> dict[str, Any]:
    """Return what a product row says otherwise than the shop; an empty cell says nothing."""
    changed: dict[str, Any] = {}
    if row.name != product.name:
        changed["name"] = row.name
    if row.price != product.price:
        changed["price"] = row.price
    if row.sale_price is not None and row.sale_price != product.sale_price:
        changed["sale_price"] = row.sale_price
    if row.brand and row.brand != product.brand:
        changed["brand"] = row.brand
    if row.description:
        description = rich_text(row.description)
        # An editor may have marked up the same words; that is no reason to flatten them.
        if description != product.description and plain_text(description) != plain_text(
            product.description
        ):
            changed["description"] = description
    return changed


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {text}" for name, text in value.items())
    text = plain_text(str(value)) if str(value).startswith("<") else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"


def keys_of(rows: Sequence[CatalogueRow]) -> list[str]:
    """Return every SKU key that these rows speak of."""
    return [row.sku_key for row in rows] + [
        sku_key(row.parent_sku) for row in rows if row.parent_sku
    ]
