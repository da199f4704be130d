"""What things cost now. The server prices; nobody else does."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from shop.catalog.models import Product, TaxClass, Variant
from shop.core.errors import ShopError
from shop.core.money import ZERO
from shop.pricing.models import DeliveryRate, TaxRate
from shop.pricing.rules import DeliveryOption, Quote, QuoteLine, Rate, delivery_options


def price_lines(demand: Mapping[int, int]) -> list[QuoteLine]:
    """Price units of variants (id to quantity), in the order given: one statement.

    What is no longer for sale (unpublished, deleted) is left out.
    """
    percent = TaxRate.objects.filter(tax_class=OuterRef("product__tax_class")).values("percent")[:1]
    found = {
        variant.pk: variant
        for variant in Variant.objects.filter(
            pk__in=demand.keys(), product__in=Product.objects.live()
        )
        .select_related("product")
        .annotate(tax_percent=Subquery(percent))
    }
    lines = []
    for variant_id, quantity in demand.items():
        if variant_id not in found:
            continue
        variant = found[variant_id]
        price = variant.price_now()
        lines.append(
            QuoteLine(
                product_id=variant.product_id,
                variant_id=variant_id,
                sku=variant.sku,
                name=variant.product.name,
                slug=variant.product.slug,
                options=variant.options_text,
                quantity=quantity,
                unit_price=price.current,
                list_price=price.list_price,
                tax_class=variant.product.tax_class,
                tax_percent=variant.tax_percent or ZERO,
            )
        )
    return lines


def delivery_rates() -> tuple[list[Rate], Decimal]:
    """Return all rates in the order they are offered, and the VAT percent of delivery itself."""
    standard = TaxRate.objects.filter(tax_class=TaxClass.STANDARD).values("percent")[:1]
    rows = list(
        DeliveryRate.objects.filter(method__active=True)
        .order_by("method__sort_order", "method_id", "sort_order", "pk")
        .annotate(tax_percent=Subquery(standard))
        .values_list(
            "method__code",
            "method__name",
            "method__description",
            "method__needs_address",
            "zone__regions",
            "price",
            "free_from",
            "tax_percent",
        )
    )
    rates = [
        Rate(code, name, text, needs_address, tuple(regions), price, free_from)
        for code, name, text, needs_address, regions, price, free_from, _ in rows
    ]
    return rates, (rows[0][-1] if rows else None) or ZERO


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
