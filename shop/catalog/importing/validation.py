"""Turn the texts of one row into a product, or into every reason why it stays out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shop.catalog.rules import sku_key
from shop.core.spreadsheets import ValueRefused

from .paths import check_category_paths, read_category_paths
from .prices import read_price, read_sale_price
from .rows import MAX_OPTIONS_OF_ONE, MAX_SKU, CatalogueRow, RowProblem
from .values import (
    read_brand,
    read_currency,
    read_description,
    read_image_url,
    read_name,
    read_option,
    read_parent_sku,
    read_sku,
    read_stock,
    read_weight,
)

READERS: Mapping[str, Callable[[Any], object]] = {
    "sku": read_sku,
    "name": read_name,
    "price": read_price,
    "category_path": read_category_paths,
    "categories": check_category_paths,
    "description": read_description,
    "currency": read_currency,
    "sale_price": read_sale_price,
    "stock": read_stock,
    "brand": read_brand,
    "image_url": read_image_url,
    "parent_sku": read_parent_sku,
    "weight": read_weight,
}


@dataclass(slots=True)
class RawRow:
    """A row before it is checked: texts by column (lists of names for JSON's `categories`).

    `problems` are those that the format itself found; their columns are not in `values`.
    """

    line: int
    values: dict[str, Any]
    options: dict[str, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    problems: list[RowProblem] = field(default_factory=list)


class RowCheck:
    """Check the rows of one file, one after the other.

    Remembers the line of every SKU, to refuse the second use of one: about 125 MB for a million
    rows, the only thing that grows with the file.
    """

    def __init__(self) -> None:
        self._first_lines: dict[str, int] = {}

    def check(self, raw: RawRow) -> CatalogueRow | list[RowProblem]:
        """Give the product of a row, or all the problems that it has."""
        values = raw.values
        sku = values.get("sku", "").strip()
        problems = list(raw.problems)
        read: dict[str, Any] = {}
        for column, value in values.items():
            try:
                read[column] = READERS[column](value)
            except ValueRefused as refused:
                problems.append(_problem(raw, sku, column, refused))
        options = raw.options and self._options(raw, sku, problems)
        key = sku_key(sku)
        problems += self._across(raw, sku, key, read)
        if problems:
            return problems + _without_category(raw, sku, read)
        categories = read.pop("categories", None) or read.pop("category_path", ())
        return CatalogueRow(
            line=raw.line,
            sku_key=key,
            categories=categories,
            options=options,
            given=raw.given,
            category_column="categories" if "categories" in values else "category_path",
            **read,
        )

    def _options(self, raw: RawRow, sku: str, problems: list[RowProblem]) -> dict[str, str]:
        options = {}
        for name, text in raw.options.items():
            try:
                value = read_option(text)
            except ValueRefused as refused:
                problems.append(_problem(raw, sku, f"option:{name}", refused))
                continue
            if value:
                options[name] = value
        if len(options) > MAX_OPTIONS_OF_ONE:
            detail = f"{len(options)} options; one variant can have {MAX_OPTIONS_OF_ONE} at most."
            too_many = ValueRefused("too_many_options", detail)
            problems.append(_problem(raw, sku, "options", too_many))
        return options

    def _across(self, raw: RawRow, sku: str, key: str, read: Mapping[str, Any]) -> list[RowProblem]:
        """Check what no value can say alone."""
        found = []
        if "sku" in read and (first := self._first_lines.setdefault(key, raw.line)) != raw.line:
            found.append(
                RowProblem(
                    raw.line,
                    readable(sku),
                    "sku",
                    "duplicate_sku",
                    f"The SKU stands on line {first} already (capitals make no difference)."
                    " Keep one of the two rows.",
                )
            )
        for column, refused in _contradictions(key, read):
            found.append(_problem(raw, sku, column, refused))
        return found


def readable(text: str) -> str:
    """Give a SKU or a column for a report: never long, nothing unprintable."""
    cut = text[:MAX_SKU]
    if cut.isprintable():
        return cut
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in cut)


def _contradictions(key: str, read: Mapping[str, Any]) -> list[tuple[str, ValueRefused]]:
    found = []
    parent = read.get("parent_sku")
    sale_price: Decimal | None = read.get("sale_price")
    price: Decimal | None = read.get("price")
    if sale_price is not None and price is not None and sale_price >= price:
        detail = (
            f"The sale price {sale_price} is not lower than the price {price}. The price is what"
            " the product costs outside the sale."
        )
        found.append(("sale_price", ValueRefused("sale_price_not_lower", detail)))
    if parent and sku_key(parent) == key:
        detail = "The row names itself as its parent; give the SKU of the main product or nothing."
        found.append(("parent_sku", ValueRefused("parent_is_itself", detail)))
    return found


NO_CATEGORY = ValueRefused(
    "required", "The category is empty; give a path such as All Products/Bakery."
)


def _without_category(raw: RawRow, sku: str, read: Mapping[str, Any]) -> list[RowProblem]:
    """Add what would be wrong as well, were the rest of the row good; see the planner."""
    return [
        _problem(raw, sku, column, NO_CATEGORY)
        for column in ("category_path", "categories")
        if column in read and not read[column] and not read.get("parent_sku")
    ]


def _problem(raw: RawRow, sku: str, column: str, refused: ValueRefused) -> RowProblem:
    return RowProblem(raw.line, readable(sku), column, refused.code, refused.detail)
