"""Find the variants that lines name by sku, variant or product."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from drf_standardized_errors.types import Error

from shop.api.errors import Refused
from shop.catalog.models import Product, Variant, with_live_product
from shop.catalog.rules import sku_key
from shop.core.statements import Statement

Line = Mapping[str, Any]
NOT_FOR_SALE = "This product is not for sale."


def wanted_variants(lines: Sequence[Line], *, attr: str = "items.{}.") -> list[int]:
    """Return the variant of each line: one statement for all that are named by sku or product.

    A product's own SKU names the product where no variant has it. Raises Refused with one error a
    line: `not_for_sale`, or `variant_required` for a product of which there are several variants.
    """
    by_sku: dict[str, int] = {}
    by_product: dict[int, list[tuple[int, str]]] = defaultdict(list)
    keys = list({sku_key(line["sku"]) for line in lines if "sku" in line})
    products = list({line["product"] for line in lines if "product" in line})
    if keys or products:
        for pk, key, product_id, sku in _NAMED.rows(keys, products):
            by_sku[key] = pk
            by_product[product_id].append((pk, sku))
    owners = _owners([key for key in keys if key not in by_sku])
    for pk, _key, product_id, sku in _NAMED.rows([], list(owners.values())) if owners else ():
        by_product[product_id].append((pk, sku))
    found: dict[int, int] = {}
    problems: dict[int, Error] = {}
    for place, line in enumerate(lines):
        where = attr.format(place)
        owner = line["product"] if "product" in line else owners.get(sku_key(line.get("sku", "")))
        choices = by_product[owner] if owner else []
        if "variant" in line:
            found[place] = line["variant"]
        elif "sku" in line and (pk := by_sku.get(sku_key(line["sku"]))):
            found[place] = pk
        elif len(choices) == 1:
            found[place] = choices[0][0]
        elif choices:
            skus = ", ".join(sku for _pk, sku in choices[:20])
            detail = f"Choose a variant by its sku: {skus}."
            problems[place] = Error("variant_required", detail, f"{where}{name_of(line)}")
        else:
            problems[place] = Error("not_for_sale", NOT_FOR_SALE, f"{where}{name_of(line)}")
    if problems:
        problems |= _hidden(lines, found, attr)
        raise Refused(400, [problems[place] for place in sorted(problems)])
    return list(found.values())


def _owners(keys: list[str]) -> dict[str, int]:
    """Return the visible products that have these SKUs themselves."""
    if not keys:
        return {}
    return dict(Product.objects.live().filter(sku_key__in=keys).values_list("sku_key", "pk"))


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


def _hidden(lines: Sequence[Line], found: Mapping[int, int], attr: str) -> dict[int, Error]:
    """Return an error by place for variants that there are, or may be, but not for sale."""
    live = _for_sale(found.values())
    return {
        place: Error("not_for_sale", NOT_FOR_SALE, f"{attr.format(place)}{name_of(lines[place])}")
        for place, pk in found.items()
        if pk not in live
    }


def _for_sale(variant_ids: Iterable[int]) -> set[int]:
    variants = Variant.objects.filter(pk__in=list(variant_ids))
    return set(with_live_product(variants).values_list("pk", flat=True))


def lines_not_for_sale(lines: Sequence[Line], variant_ids: Iterable[int]) -> list[Error]:
    """Return an error for each line that shoppers cannot buy now."""
    ids = list(variant_ids)
    live = _for_sale(ids)
    return [
        Error("not_for_sale", NOT_FOR_SALE, f"items.{place}.{name_of(line)}")
        for place, (line, pk) in enumerate(zip(lines, ids, strict=True))
        if pk not in live
    ]
