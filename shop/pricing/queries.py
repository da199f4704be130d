"""What things cost now. The server prices; nobody else does."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from shop.catalog.models import Product, TaxClass, Variant
from shop.catalog.rules import SaleWindow, unit_price
from shop.core.clock import now
from shop.core.errors import ShopError
from shop.core.money import ZERO
from shop.core.statements import Statement
from shop.pricing.models import DeliveryRate, TaxRate
from shop.pricing.rules import DeliveryOption, Quote, QuoteLine, Rate, delivery_options


def price_lines(demand: Mapping[int, int]) -> list[QuoteLine]:
    """Price units of variants (id to quantity), in the order given: one statement.

    What is no longer for sale (unpublished, deleted) is left out.
    """
    found = {row[0]: row for row in _VARIANTS.rows(list(demand))}
    return [
        _line(found[variant_id], quantity)
        for variant_id, quantity in demand.items()
        if variant_id in found
    ]


def _variants(variant_ids: list[int]) -> QuerySet[Variant, Any]:
    percent = TaxRate.objects.filter(tax_class=OuterRef("product__tax_class")).values("percent")[:1]
    return (
        Variant.objects.filter(pk__in=variant_ids, product__in=Product.objects.live())
        .order_by()
        .values_list(
            "pk",
            "sku",
            "options",
            "price",
            "price_difference",
            "sale_price",
            "product_id",
            "product__name",
            "product__slug",
            "product__tax_class",
            "product__price",
            "product__sale_price",
            "product__sale_from",
            "product__sale_until",
            Subquery(percent),
        )
    )


_VARIANTS = Statement(_variants)


def _line(row: Sequence[Any], quantity: int) -> QuoteLine:
    pk, sku, options, own_price, difference, own_sale, *product = row
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
    )


def delivery_rates() -> tuple[list[Rate], Decimal]:
    """Return all rates in the order they are offered, and the VAT percent of delivery itself."""
    rows = _RATES.rows()
    rates = [
        Rate(code, name, text, needs_address, tuple(regions), price, free_from)
        for code, name, text, needs_address, regions, price, free_from, _ in rows
    ]
    return rates, (rows[0][-1] if rows else None) or ZERO


def _rates() -> QuerySet[DeliveryRate, Any]:
    standard = TaxRate.objects.filter(tax_class=TaxClass.STANDARD).values("percent")[:1]
    return (
        DeliveryRate.objects.filter(method__active=True)
        .order_by("method__sort_order", "method_id", "sort_order", "pk")
        .values_list(
            "method__code",
            "method__name",
            "method__description",
            "method__needs_address",
            "zone__regions",
            "price",
            "free_from",
            Subquery(standard),
        )
    )


_RATES = Statement(_rates)


def quote(demand: Mapping[int, int], *, region: str, delivery_method: str) -> Quote:
    """Price a purchase with its delivery: two statements.

    An empty `delivery_method` takes the first one that reaches the place; where no place is given,
    the first one that needs none. Raises ShopError
    `delivery_unavailable` for a method that does not. Lines no longer for sale are left out.
    """
    lines = tuple(price_lines(demand))
    rates, tax_percent = delivery_rates()
    subtotal = sum((line.total for line in lines), ZERO)
    options = delivery_options(rates, region=region, subtotal=subtotal)
    return Quote(lines, _choose(options, delivery_method, region), tax_percent)


def _choose(options: list[DeliveryOption], code: str, region: str) -> DeliveryOption | None:
    if not code:
        fitting = [option for option in options if region or not option.needs_address]
        return next(iter(fitting or options), None)
    for option in options:
        if option.code == code:
            return option
    offered = ", ".join(option.code for option in options) or "none"
    raise ShopError(
        "delivery_unavailable",
        f"This way of delivery does not reach that place. Offered there: {offered}.",
        field="delivery_method",
    )
