"""Read the catalogue's words: one TOML file a department, checked while it is read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

ROOT = "All Products"
DEPARTMENTS = (
    "produce", "bakery", "dairy", "groceries", "drinks", "kitchen", "home", "power",
    "electronics", "baby", "beauty", "farm", "books", "clothing", "crafts",
)  # fmt: skip
TAX_CLASSES = ("standard", "zero", "exempt")
ROOT_INTRODUCTION = (
    "Everything on the shelves, from this morning's bread to a solar panel for the roof. "
    "Walk down an aisle or search for it by name."
)


@dataclass(frozen=True, slots=True)
class CategoryWords:
    """Describe one category; its path starts with the root's title."""

    path: tuple[str, ...]
    introduction: str
    palette: str
    motifs: tuple[str, ...]

    @property
    def title(self) -> str:
        """The last name of the path."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class VariantWords:
    """Describe one sellable variant; at most one of price and difference is given (KES)."""

    sku: str
    options: Mapping[str, str]
    price: Decimal | None
    price_difference: Decimal | None
    stock: int


@dataclass(frozen=True, slots=True)
class ProductWords:
    """Describe one product; prices in KES, the first of its category paths is canonical.

    Without options `variants` is empty and `stock` is the product's own.
    """

    sku: str
    name: str
    brand: str
    paragraphs: tuple[str, ...]
    price: Decimal
    sale_price: Decimal | None
    tax_class: str
    featured: bool
    stock: int
    attributes: Mapping[str, str]
    categories: tuple[tuple[str, ...], ...]
    variants: tuple[VariantWords, ...]
    motif: str
    palette: str
    seed: int

    @property
    def description(self) -> str:
        """The paragraphs as plain text, an empty line between two."""
        return "\n\n".join(self.paragraphs)


@cache
def categories() -> tuple[CategoryWords, ...]:
    """Give every category, parents before their children."""
    goods = products()
    root = ((ROOT,), ROOT_INTRODUCTION, "market")
    return tuple(
        CategoryWords(path, introduction, palette, _motifs(path, goods))
        for path, introduction, palette in (root, *_category_rows())
    )


@cache
def products() -> tuple[ProductWords, ...]:
    """Give every product, department by department."""
    rows = [
        (department, row)
        for department in map(_department, DEPARTMENTS)
        for row in department["product"]
    ]
    return tuple(_product(row, department, seed) for seed, (department, row) in enumerate(rows))


def _department(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _category_rows() -> list[tuple[tuple[str, ...], str, str]]:
    rows: list[tuple[tuple[str, ...], str, str]] = []
    for department in map(_department, DEPARTMENTS):
        palette = department["palette"]
        rows.append(((ROOT, department["name"]), department["introduction"], palette))
        for row in department["category"]:
            path = (ROOT, department["name"], *row["path"].split(" > "))
            rows.append((path, row["introduction"], palette))
    return rows


def _motifs(path: tuple[str, ...], goods: tuple[ProductWords, ...]) -> tuple[str, ...]:
    """Choose up to seven different motifs of the goods below a path for its banner."""
    at_home = [good.motif for good in goods if good.categories[0][: len(path)] == path]
    guests = [good.motif for good in goods for place in good.categories if place == path]
    distinct = list(dict.fromkeys(at_home or guests))
    step = max(1, len(distinct) // 7)
    return tuple(distinct[::step][:7])


def _product(row: dict[str, Any], department: dict[str, Any], seed: int) -> ProductWords:
    variants = tuple(_variant(row, cells) for cells in row.get("variants", ()))
    return ProductWords(
        sku=row["sku"],
        name=row["name"],
        brand=row["brand"],
        paragraphs=tuple(part.strip() for part in row["text"].split("\n\n")),
        price=Decimal(row["price"]),
        sale_price=Decimal(row["sale"]) if "sale" in row else None,
        tax_class=row["tax"],
        featured=row.get("featured", False),
        stock=sum(variant.stock for variant in variants) if variants else row["stock"],
        attributes=row.get("attributes", {}),
        categories=tuple(_path(text, department["name"]) for text in row["in"]),
        variants=variants,
        motif=row["motif"],
        palette=department["palette"],
        seed=seed,
    )


def _path(text: str, department: str) -> tuple[str, ...]:
    """Read "Fruit > Tropical Fruit"; a leading slash names another department."""
    if text.startswith("/"):
        return (ROOT, *text[1:].split(" > "))
    return (ROOT, department, *text.split(" > "))


def _variant(row: dict[str, Any], cells: list[Any]) -> VariantWords:
    """Read [suffix, "M / Green", price, stock]; a price such as "+100" is a difference."""
    suffix, values, price, stock = cells
    options = dict(zip(row["options"], values.split(" / "), strict=True))
    difference = isinstance(price, str)
    return VariantWords(
        sku=f"{row['sku']}-{suffix}",
        options=options,
        price=None if difference else Decimal(price),
        price_difference=Decimal(price) if difference else None,
        stock=stock,
    )
