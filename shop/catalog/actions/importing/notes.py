"""Keep what became of each row: to be read, reported and undone."""

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from hashlib import blake2b
from itertools import groupby
from typing import Any

from shop.catalog.importing.rows import RowProblem
from shop.catalog.models import ImportedRow, ImportRun
from shop.catalog.rules import sku_key
from shop.core.bulk import insert_rows

from .changes import Note, Plan, ProductChange
from .present import PresentProduct, PresentVariant
from .updating import FIELDS, VARIANT_FIELDS

COLUMNS = (
    "run",
    "line",
    "sku",
    "name",
    "result",
    "told",
    "product_id",
    "variant_id",
    "before",
    "seal",
)
# In a trial: a variant that has no number yet.
UNNUMBERED = 0


def keep_notes(run: ImportRun, plan: Plan, problems: Sequence[RowProblem]) -> None:
    """Write the rows of one part, refused ones included, in the transaction of the part."""
    insert_rows(ImportedRow, COLUMNS, [*_done(run, plan.notes), *_refused(run, problems)])


def _done(run: ImportRun, notes: Iterable[Note]) -> Iterator[tuple[Any, ...]]:
    for note in notes:
        written = note.change is not None and not run.dry_run
        yield (
            run.pk,
            note.row.line,
            note.row.sku,
            note.row.name,
            note.result.value,
            note.told,
            _product_of(note) if written else None,
            (note.variant.pk if written else UNNUMBERED) if note.variant else None,
            _before(note) if written else None,
            _seal(note) if written else "",
        )


def _refused(run: ImportRun, problems: Sequence[RowProblem]) -> Iterator[tuple[Any, ...]]:
    for line, group in groupby(problems, key=lambda problem: problem.line):
        found = list(group)
        told = [{"column": each.column, "code": each.code, "detail": each.detail} for each in found]
        result = ImportedRow.Result.REFUSED.value
        yield (run.pk, line, found[0].sku, "", result, told, None, None, None, "")


def _product_of(note: Note) -> int | None:
    if isinstance(note.change, ProductChange):
        return note.change.product.pk
    return note.change.pk if note.change else None


def _before(note: Note) -> dict[str, Any] | None:
    change = note.change
    if not isinstance(change, ProductChange):
        return None
    before = dict(note.before)
    if "fields" in before:
        before["fields"] = {
            name: str(value) if isinstance(value, Decimal) else value
            for name, value in before["fields"].items()
        }
    if note.variant is None and change.picture_id:
        before["picture"] = change.picture_id
    retired = change.retired
    if retired and note.variant is change.new_variants[0]:
        before["retired"] = {
            name: str(value) if isinstance(value, Decimal) else value
            for name in ("pk", "sku", "sku_key", "price", "sale_price", "price_difference")
            for value in [getattr(retired, name)]
        }
    return before


def _seal(note: Note) -> str:
    """Seal what a row left behind, so that a later change of it is seen."""
    change = note.change
    if not isinstance(change, ProductChange):
        return ""
    if note.variant is None:
        product = change.product
        fields = {name: change.fields.get(name, getattr(product, name)) for name in FIELDS}
        placed = change.categories
        return _sealed(fields, product.categories if placed is None else list(placed))
    fields = change.variants.get(note.variant.pk, {})
    return _sealed({name: fields.get(name, getattr(note.variant, name)) for name in VARIANT_FIELDS})


def seal_of_product(product: PresentProduct) -> str:
    """Return the seal of a product as it is."""
    return _sealed({name: getattr(product, name) for name in FIELDS}, product.categories)


def seal_of_variant(variant: PresentVariant) -> str:
    """Return the seal of a variant as it is."""
    return _sealed({name: getattr(variant, name) for name in VARIANT_FIELDS})


def _sealed(fields: dict[str, Any], categories: Sequence[int] = ()) -> str:
    said = {
        name: f"{value:.3f}" if isinstance(value, Decimal) else value
        for name, value in fields.items()
    }
    text = json.dumps([said, list(categories)], sort_keys=True, ensure_ascii=False)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def promised_parents(run: ImportRun) -> set[str]:
    """Return the SKUs of the products that a trial has promised so far."""
    rows = ImportedRow.objects.filter(
        run=run, result=ImportedRow.Result.CREATED, variant_id__isnull=True
    )
    return {sku_key(sku) for sku in rows.values_list("sku", flat=True).iterator()}
