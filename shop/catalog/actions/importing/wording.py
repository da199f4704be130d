"""When a row says something else than the shop, and how that reads."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from shop.catalog.importing.paths import write_category_paths
from shop.catalog.importing.rows import CatalogueRow
from shop.catalog.rules import plain_text, rich_text, title_key

from .present import PresentProduct, PresentVariant

LONGEST = 200
_BREAKS = re.compile(r"[ ]*[\t\r\n]+[ ]*")


def changed_fields(row: CatalogueRow, product: PresentProduct) -> dict[str, Any]:
    """Return what a product row says otherwise than the shop; an empty cell says nothing."""
    changed: dict[str, Any] = {}
    if row.name != product.name and row.name != _one_line(product.name):
        changed["name"] = row.name
    if row.price != product.price:
        changed["price"] = row.price
    if row.sale_price is not None and row.sale_price != product.sale_price:
        changed["sale_price"] = row.sale_price
    if row.brand and row.brand != product.brand and row.brand != _one_line(product.brand):
        changed["brand"] = row.brand
    if row.description:
        description = rich_text(row.description)
        # An editor may have marked up the same words; that is no reason to flatten them.
        if description != product.description and plain_text(description) != plain_text(
            product.description
        ):
            changed["description"] = description
    return changed


def changed_weight(row: CatalogueRow, variant: PresentVariant | None) -> bool:
    """Tell whether a row weighs a variant otherwise; an empty cell says nothing."""
    return variant is not None and row.weight is not None and row.weight != variant.weight


def _one_line(text: str) -> str:
    """Write a text as a file would bring it: an editor's form keeps other letters and spaces."""
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", text.strip()))


def option_key(options: Mapping[str, str]) -> dict[str, str]:
    """Return options whatever the case of their names: a file has one column for Size and size."""
    return {_one_line(name).casefold(): _one_line(value) for name, value in options.items()}


def same_places(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> bool:
    """Tell whether two lists of category paths read the same."""
    return [[*map(title_key, path)] for path in one] == [[*map(title_key, path)] for path in other]


def new_in_words(row: CatalogueRow) -> list[dict[str, str]]:
    """Return what a new product or variant would be, column by column."""
    values = {
        "name": row.name,
        "price": row.price,
        "sale_price": row.sale_price,
        "category_path": write_category_paths(row.categories),
        "stock": row.stock,
        "brand": row.brand,
        "parent_sku": row.parent_sku,
        "weight": row.weight,
        "options": dict(row.options),
    }
    return [
        {"column": column, "before": "", "after": in_words(value)}
        for column, value in values.items()
        if value not in (None, "", {})
    ]


def in_words(value: Any) -> str:
    """Write a value as a person reads it, cut to a readable length."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        # Money has two places, weights have three.
        return f"{value:f}" if value.as_tuple().exponent == -3 else f"{value:.2f}"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {text}" for name, text in value.items())
    text = plain_text(str(value)) if str(value).startswith("<") else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
