"""Compare what the shop keeps for speed with what it would compute anew."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db import connection

from shop.catalog.actions.figures import Figures
from shop.catalog.actions.listings import (
    count_entry,
    present_entries,
    wanted_entries,
)
from shop.catalog.models import CategoryFigure, Product, Variant
from shop.inventory.models import StockLevel
from shop.inventory.queries import ledger_problems


def assert_lists_are_true() -> None:
    """Every list row, facet and figure is what the products say."""
    wanted = {entry.product_id: entry for entry in wanted_entries(list(Product.objects.all()))}
    assert present_entries(list(Product.objects.values_list("pk", flat=True))) == wanted
    figures: Figures = defaultdict(lambda: [0, 0])
    for entry in wanted.values():
        count_entry(figures, entry, +1)
    stored = {
        (figure.category_id, figure.facet, figure.value): [figure.count, figure.price_cents]
        for figure in CategoryFigure.objects.all()
        if figure.count or figure.price_cents
    }
    assert stored == dict(figures)


def assert_stock_is_true() -> None:
    """Every variant has a stock row, and every stock row is the sum of its ledger."""
    assert ledger_problems() == []
    levels = set(StockLevel.objects.values_list("variant_id", flat=True))
    assert set(Variant.objects.values_list("pk", flat=True)) <= levels


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table, to prove that nothing was written."""
    tables = set(connection.introspection.table_names())
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table in tables
    }
