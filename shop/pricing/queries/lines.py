"""Today's prices of units of variants, before anything is taken off."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from shop.catalog.models import Variant, with_live_product
from shop.catalog.rules import SaleWindow, unit_price
from shop.core.clock import now
from shop.core.money import ZERO
from shop.core.statements import Statement
from shop.pricing.models import Offer, TaxRate
from shop.pricing.rules import QuoteLine


def price_lines(demand: Mapping[int, int]) -> tuple[list[QuoteLine], bool]:
    """Price units of variants (id to quantity), in the order given: one statement.

    What is no longer for sale (unpublished, deleted) is left out. Tells besides whether there are
    offers to look for.
    """
    found = {row[0]: row for row in _VARIANTS.rows(list(demand))}
    lines = [
        _line(found[variant_id][:-1], quantity)
        for variant_id, quantity in demand.items()
        if variant_id in found
    ]
    return lines, any(row[-1] for row in found.values())


def _variants(variant_ids: list[int]) -> QuerySet[Variant, Any]:
    percent = TaxRate.objects.filter(tax_class=OuterRef("product__tax_class")).values("percent")[:1]
    return (
        with_live_product(Variant.objects.filter(pk__in=variant_ids))
        .order_by()
        .values_list(
            "pk",
            "sku",
            "options",
            "price",
            "price_difference",
            "sale_price",
            "weight",
            "product_id",
            "product__name",
            "product__slug",
            "product__tax_class",
            "product__price",
            "product__sale_price",
            "product__sale_from",
            "product__sale_until",
            Subquery(percent),
            Exists(Offer.objects.filter(active=True)),
        )
    )


_VARIANTS = Statement(_variants)


def _line(row: Sequence[Any], quantity: int) -> QuoteLine:
    pk, sku, options, own_price, difference, own_sale, weight, *product = row
    product_id, name, slug, tax_class, list_price, sale_price, start, end, percent = product
    price = unit_price(
        product_price=list_price,
        product_sale_price=sale_price,
        variant_price=own_price,
        variant_sale_price=own_sale,
        price_difference=difference,
        window=SaleWindow(start, end),
        moment=now(),
    )
    return QuoteLine(
        product_id=product_id,
        variant_id=pk,
        sku=sku,
        name=name,
        slug=slug,
        options=", ".join(options.values()),
        quantity=quantity,
        unit_price=price.current,
        list_price=price.list_price,
        tax_class=tax_class,
        tax_percent=percent or ZERO,
        weight=weight or ZERO,
    )
