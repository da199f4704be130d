"""The words of products, weighted by where they stand."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from shop.catalog.models import Product, ProductAttribute, ProductPlacement, Variant

MAX_DESCRIPTION = 4_000

# Enough for what editors and imports write; parsing it takes ten times as long.
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Document:
    """One product: its name counts most, then brand and codes, then facts, then the description."""

    product_id: int
    name: str
    codes: str
    facts: str
    description: str


def read_documents(product_ids: Sequence[int]) -> list[Document]:
    """Read the words of those of these products that shoppers may see: four statements.

    What `Product.objects.live()` asks row by row is decided here from rows that are read anyway:
    right after a large import the planner knows nothing of the tables, and would look through all
    categories for each product.
    """
    rows = list(
        Product.objects.filter(pk__among=product_ids, live=True).values_list(
            "pk", "name", "brand", "sku", "description"
        )
    )
    ids = [row[0] for row in rows]
    codes: dict[int, list[str]] = defaultdict(list)
    facts: dict[int, list[str]] = defaultdict(list)
    for pk, sku, options in Variant.objects.filter(product__among=ids).values_list(
        "product_id", "sku", "options"
    ):
        codes[pk].append(sku)
        facts[pk].extend(options.values())
    for pk, value in ProductAttribute.objects.filter(product__among=ids).values_list(
        "product_id", "value"
    ):
        facts[pk].append(value)
    shelved: dict[int, bool] = {}
    for pk, title, is_live in ProductPlacement.objects.filter(product__among=ids).values_list(
        "product_id", "category__title", "category__live"
    ):
        shelved[pk] = shelved.get(pk, False) or is_live
        if is_live:
            facts[pk].append(title)
    return [
        Document(
            pk,
            name,
            " ".join(dict.fromkeys([brand, sku, *codes[pk]])),
            " ".join(dict.fromkeys(facts[pk])),
            unescape(_TAG.sub(" ", description))[:MAX_DESCRIPTION],
        )
        for pk, name, brand, sku, description in rows
        if shelved.get(pk, True)
    ]
