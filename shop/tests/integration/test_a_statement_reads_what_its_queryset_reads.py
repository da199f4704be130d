"""A compiled statement returns the rows and types of the queryset it was compiled from."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from shop.catalog.models import Listing
from shop.core.statements import Statement
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
