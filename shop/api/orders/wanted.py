"""Find the variants that lines name by sku, variant or product."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from drf_standardized_errors.types import Error

from shop.api.errors import Refused
from shop.catalog.models import Product, Variant
from shop.catalog.rules import sku_key
from shop.core.statements import Statement

Line = Mapping[str, Any]
NOT_FOR_SALE = "This product is not for sale."


def wanted_variants(lines: Sequence[Line], *, attr: str = "items.{}.") -> list[int]:
    """Return the variant of each line: one statement for all that are named by sku or product.

    Raises Refused with one error a line: `not_for_sale`, or `variant_required` for a product of
    which there are several variants.
    """
    by_sku: dict[str, int] = {}
    by_product: dict[int, list[tuple[int, str]]] = defaultdict(list)
    keys = list({sku_key(line["sku"]) for line in lines if "sku" in line})
    products = list({line["product"] for line in lines if "product" in line})
    if keys or products:
        for pk, key, product_id, sku in _NAMED.rows(keys, products):
            by_sku[key] = pk
            by_product[product_id].append((pk, sku))
    found: list[int] = []
    problems: list[Error] = []
    for place, line in enumerate(lines):
        where = attr.format(place)
        choices = by_product[line["product"]] if "product" in line else []
        if "variant" in line:
            found.append(line["variant"])
        elif "sku" in line and (pk := by_sku.get(sku_key(line["sku"]))):
            found.append(pk)
        elif len(choices) == 1:
            found.append(choices[0][0])
        elif choices:
            skus = ", ".join(sku for _pk, sku in choices[:20])
            detail = f"Choose a variant by its sku: {skus}."
            problems.append(Error("variant_required", detail, f"{where}product"))
        else:
            problems.append(Error("not_for_sale", NOT_FOR_SALE, f"{where}{name_of(line)}"))
    if problems:
        raise Refused(400, problems)
    return found


def _named(keys: list[str], product_ids: list[int]) -> QuerySet[Variant, Any]:
    named = Q(sku_key__in=keys) if keys else Q()
    if product_ids:
        named |= Q(product__in=Product.objects.live().filter(pk__in=product_ids))
    return (
        Variant.objects.filter(named)
        .order_by("sort_order", "pk")
        .values_list("pk", "sku_key", "product_id", "sku")
    )


_NAMED = Statement(_named)


def name_of(line: Line) -> str:
    """Return by what a line names its variant."""
    return next(name for name in ("sku", "variant", "product") if name in line)


def lines_not_for_sale(lines: Sequence[Line], variant_ids: Iterable[int]) -> list[Error]:
    """Return an error for each line that shoppers cannot buy now."""
    ids = list(variant_ids)
    live = set(
        Variant.objects.filter(pk__in=ids, product__in=Product.objects.live()).values_list(
            "pk", flat=True
        )
    )
    return [
        Error("not_for_sale", NOT_FOR_SALE, f"items.{place}.{name_of(line)}")
        for place, (line, pk) in enumerate(zip(lines, ids, strict=True))
        if pk not in live
    ]
