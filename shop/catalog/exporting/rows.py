"""What the catalogue says, row by row, in the words of an import file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from shop.catalog.actions.importing.present import (
    Present,
    PresentProduct,
    PresentVariant,
    read_present_products,
)
from shop.catalog.models import CategoryPage
from shop.catalog.rules import ancestor_paths, plain_text
from shop.core.money import currency

CHUNK = 500

Names = tuple[str, ...]


@dataclass(slots=True)
class ExportRow:
    """One product, or one variant where `parent_sku` is set; None and "" say nothing."""

    sku: str
    name: str
    price: Decimal
    categories: list[Names] = field(default_factory=list)
    description: str = ""
    currency: str = ""
    sale_price: Decimal | None = None
    stock: int | None = None
    brand: str = ""
    weight: Decimal | None = None
    parent_sku: str = ""
    options: dict[str, str] = field(default_factory=dict)


def export_rows(products: Any) -> Iterator[ExportRow]:
    """Give the rows of these products in the order of their keys, variants after their product."""
    paths = _paths_of_categories()
    keys = products.order_by("pk").values_list("pk", flat=True).iterator()
    while ids := list(islice(keys, CHUNK)):
        present = read_present_products(ids)
        for product in sorted(present.products.values(), key=lambda each: each.pk):
            yield from _rows_of(product, present, paths)


def _rows_of(
    product: PresentProduct, present: Present, paths: dict[int, Names]
) -> Iterator[ExportRow]:
    own = product.own_variant
    yield ExportRow(
        sku=product.sku,
        name=product.name,
        price=product.price,
        categories=[paths[pk] for pk in product.categories if pk in paths],
        description=plain_text(product.description),
        currency=currency(),
        sale_price=_lower(product.sale_price, product.price),
        stock=present.on_hand.get(own.pk) if own else None,
        brand=product.brand,
        weight=own.weight if own else None,
    )
    for variant in product.variants:
        if variant is not own:
            yield _row_of_variant(variant, product, present)


def _row_of_variant(
    variant: PresentVariant, product: PresentProduct, present: Present
) -> ExportRow:
    price = variant.list_price(product)
    return ExportRow(
        sku=variant.sku,
        name=product.name,
        price=price,
        currency=currency(),
        sale_price=_lower(variant.sale_price, price),
        stock=present.on_hand.get(variant.pk),
        weight=variant.weight,
        parent_sku=product.sku,
        options=variant.options,
    )


def _lower(sale_price: Decimal | None, price: Decimal) -> Decimal | None:
    """Leave out a sale price that is none: a file that holds one would be refused."""
    return sale_price if sale_price is not None and sale_price < price else None


def _paths_of_categories() -> dict[int, Names]:
    rows = list(CategoryPage.objects.values_list("pk", "path", "title"))
    titles = {path: title for _pk, path, title in rows}
    return {
        pk: tuple(titles[above] for above in ancestor_paths(path, from_depth=3) if above in titles)
        for pk, path, _title in rows
    }
