"""Two people import at the same moment, while others buy: nothing twice, nothing lost."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page

from shop.catalog.actions import ensure_categories, import_catalogue
from shop.catalog.models import CategoryPage, ImportRun, Product
from shop.core.errors import ShopError
from shop.inventory.actions import reserve
from shop.inventory.models import StockLevel
from shop.tests.factories import make_site
from shop.tests.integration.catalogue_imports import HEADER, counts
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    def run(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def importing(*lines: str) -> Callable[[], ImportRun]:
    def job() -> ImportRun:
        run = ImportRun.objects.create(filename="goods.csv")
        content = "\n".join([f"{HEADER},stock", *lines]).encode()
        return import_catalogue(run, io.BytesIO(content))

    return job


def test_the_same_products_and_categories_from_two_files() -> None:
    make_site()
    lines = [f"P{n},Product {n},10,Aisle {n % 7}/Shelf {n % 30},5" for n in range(3_000)]
    runs = at_once(importing(*lines), importing(*lines[::-1]))
    assert sum(counts(run)[0] for run in runs) == 3_000
    assert sum(counts(run)[2] for run in runs) == 3_000
    assert Product.objects.count() == 3_000
    titles = list(CategoryPage.objects.values_list("url_path", flat=True))
    assert len(titles) == len({path.casefold() for path in titles})
    assert not any(Page.find_problems())
    assert_lists_are_true()
    assert_stock_is_true()


def test_the_same_paths_from_many_threads() -> None:
    make_site()
    paths = [("All Products", f"A{n % 4}", f"B{n % 9}", f"C{n}") for n in range(60)]
    found = at_once(*[lambda: ensure_categories(paths)] * 6)
    assert all(ids == found[0] for ids in found)
    assert not any(Page.find_problems())


def test_an_import_counts_stock_while_people_buy() -> None:
    make_site()
    lines = [f"P{n},Product {n},10,Aisle,3" for n in range(300)]
    importing(*lines)()
    variants = list(StockLevel.objects.order_by("variant_id").values_list("pk", flat=True))

    def buying(shift: int) -> Callable[[], int]:
        def job() -> int:
            bought = 0
            for number in range(60):
                first = (number * 7 + shift) % 297
                demand = dict.fromkeys(variants[first : first + 3], 1)
                try:
                    reserve(reference=f"{shift}-{number}", demand=demand, skus={})
                    bought += 1
                except ShopError:
                    continue
            return bought

        return job

    recount = [f"P{n},Product {n},{11 + n % 2},Aisle {n % 3},{n % 6}" for n in range(300)]
    runs = at_once(importing(*recount), buying(1), buying(100), buying(200))
    assert runs[0].status == ImportRun.Status.DONE
    assert {error["code"] for error in runs[0].errors} <= {"stock_below_reserved"}
    assert_lists_are_true()
    assert_stock_is_true()
