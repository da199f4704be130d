"""Rows that cannot be a variant of the product that they name."""

from collections.abc import Sequence
from typing import Any

from shop.catalog.importing.rows import CatalogueRow

from .changes import NewProduct, NewVariant
from .present import Present, PresentProduct
from .wording import option_key


def wrong_variant(
    row: CatalogueRow,
    parent: NewProduct | PresentProduct,
    present: Present,
    added: Sequence[NewVariant],
) -> tuple[str, str, str] | None:
    """Return column, code and reason why a row cannot be a variant of `parent`.

    `added` are the variants that earlier rows add to a parent which the shop has.
    """
    known = present.variants.get(row.sku_key)
    if row.sku_key in present.products:
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
    siblings: list[Any] = [*parent.variants, *added]
    if options and any(
        option_key(each.options) == option_key(options) and each.sku_key != row.sku_key
        for each in siblings
    ):
        return (
            "options",
            "options_taken",
            f"Another variant of {parent.sku} has the same options already.",
        )
    return None
