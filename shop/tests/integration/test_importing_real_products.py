"""The catalogue of a real shop goes in whole, and once."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from shop.catalog.models import CategoryPage, ImportRun, Product
from shop.inventory.models import StockLevel
from shop.tests.factories import ShopSite
from shop.tests.integration.catalogue_imports import (
    counts,
    imported,
)
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true
from shop.tests.unit.catalogue_files import REAL_DATA, needs_real_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]


@needs_real_data
def test_ten_thousand_real_products(shop_site: ShopSite) -> None:
    call_command("import_products", REAL_DATA / "catalogue-real-10k.csv", verbosity=0)
    run = ImportRun.objects.get()
    assert counts(run) == (10_000, 0, 0, 0)
    assert len(run.warnings) == 2
    assert CategoryPage.objects.count() == 167
    assert Product.objects.live().count() == 10_000
    assert Product.objects.exclude(pictures=None).count() == 62
    assert Product.objects.filter(sku_key__contains="/").count() == 494
    assert StockLevel.objects.filter(tracked=True, on_hand=0).count() == 725
    assert not any(Page.find_problems())
    assert_lists_are_true()
    assert_stock_is_true()
    call_command("import_products", REAL_DATA / "catalogue-real-10k.csv", verbosity=0)
    assert counts(ImportRun.objects.latest("pk")) == (0, 0, 10_000, 0)


@needs_real_data
def test_five_hundred_real_products_as_json(shop_site: ShopSite) -> None:
    text = (REAL_DATA / "catalogue-real-500.json").read_bytes()
    assert counts(imported(text)) == (500, 0, 0, 0)
    assert counts(imported(text)) == (0, 0, 500, 0)
    assert Product.objects.filter(placements__sort_order=1).count() >= 464
    assert_lists_are_true()
