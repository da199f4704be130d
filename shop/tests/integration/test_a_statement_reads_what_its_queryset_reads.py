"""A compiled statement returns the rows and types of the queryset it was compiled from."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet

from shop.catalog.models import Listing
from shop.core.statements import Statement, padded
from shop.tests.factories import ShopSite, make_product


def by_name(names: list[str], category_id: int, limit: int) -> QuerySet[Listing, Any]:
    rows = Listing.objects.filter(name__in=names, category_id=category_id).order_by("-name")
    return rows.values_list("product_id", "price", "on_sale", "published_at", "name")[:limit]


def test_rows_types_and_arguments(shop_site: ShopSite) -> None:
    for name in ("Ant", "Bee", "Cat"):
        make_product(name, price="12.50", categories=[shop_site.all_products])
    statement = Statement(by_name)
    for names in (["Ant", "Cat"], ["Bee"], ["Ant", "Bee", "Cat"], ["100%", "%s"]):
        for category_id in (0, shop_site.all_products.pk, -1):
            for limit in (1, 9):
                expected = list(by_name(names, category_id, limit))
                assert statement.rows(names, category_id, shape=(limit,)) == expected
    row = statement.rows(["Ant"], 0, shape=(9,))[0]
    assert isinstance(row[1], Decimal)
    assert row[2] is False
    assert isinstance(row[3], datetime)
    assert row[3].tzinfo is not None


def among(product_ids: list[int], name: str) -> QuerySet[Listing, Any]:
    rows = Listing.objects.filter(product__among=product_ids, name__gte=name).order_by("name")
    return rows.filter(category_id=0).values_list("name", "price")


def test_a_list_may_go_to_the_database_as_one_array(shop_site: ShopSite) -> None:
    ids = [
        make_product(name, price="12.50", categories=[shop_site.all_products]).pk
        for name in ("Ant", "Bee", "Cat", "Dog", "Eel")
    ]
    statement = Statement(among)
    for asked in (ids, ids[:2], ids[3:], ids[:1], [0]):
        for name in ("Ant", "Cat"):
            assert statement.rows(padded(asked), name) == list(among(asked, name))


@pytest.mark.parametrize(("before", "after"), [(0, 0), (1, 1), (2, 2), (3, 4), (5, 8), (240, 256)])
def test_lists_are_filled_up_to_few_lengths(before: int, after: int) -> None:
    values = list(range(before))
    filled = padded(values)
    assert len(filled) == after
    assert filled[:before] == values
    assert set(filled) == set(values)
