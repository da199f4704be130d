"""Which lines of an order are meant by sku, variant or product."""

from collections.abc import Mapping, Sequence
from typing import Any

from drf_standardized_errors.types import Error

from shop.api.errors import Refused
from shop.catalog.rules import sku_key
from shop.orders.models import Order, OrderLine


def meant_lines(order: Order, wanted: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Return units by line of the order. Raises Refused (400) for what is not in the order."""
    lines = list(order.lines.order_by("pk"))
    units: dict[int, int] = {}
    problems = []
    for place, wish in enumerate(wanted):
        line = next((line for line in lines if _means(wish, line)), None)
        if line is None:
            attr = f"items.{place}.{next(iter(wish.keys() - {'quantity'}))}"
            problems.append(Error("not_in_order", "This is not in the order.", attr))
        else:
            units[line.pk] = units.get(line.pk, 0) + wish["quantity"]
    if problems:
        raise Refused(400, problems)
    return units


def _means(wish: Mapping[str, Any], line: OrderLine) -> bool:
    if "sku" in wish:
        return sku_key(wish["sku"]) == sku_key(line.sku)
    if "variant" in wish:
        return bool(wish["variant"] == line.variant_id)
    return bool(wish["product"] == line.product_id)
