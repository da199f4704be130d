"""Note in the log what somebody wrote into the table."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from wagtail.log_actions import log

from shop.backoffice.audit.words import PRICES
from shop.catalog.actions.cells import Cell, RefusedCell
from shop.catalog.models import Variant


def note_cells(cells: Iterable[Cell], refused: Iterable[RefusedCell], user: Any) -> None:
    """Write one entry a product, with the cells that were saved."""
    left_out = {id(each.cell) for each in refused}
    saved = [cell for cell in cells if id(cell) not in left_out]
    variants = (
        Variant.objects.select_related("product")
        .filter(pk__in={cell.variant_id for cell in saved})
        .in_bulk()
    )
    by_product = defaultdict(list)
    for cell in saved:
        if variant := variants.get(cell.variant_id):
            by_product[variant.product].append(
                {"sku": variant.sku, "what": cell.column, "was": cell.was, "now": cell.text}
            )
    for product, told in by_product.items():
        log(product, PRICES, user=user, data={"cells": told})
