"""An import is taken back row by row; what somebody changed since stays and is listed."""

from decimal import Decimal
from typing import Any

import pytest
from django_q.models import OrmQ

from shop.catalog.actions import update_product
from shop.catalog.actions.importing import (
    CannotUndo,
    can_undo,
    start_undo,
    take_undo_turn,
    undoing,
)
from shop.catalog.models import ImportedRow, ImportRun, Listing, Product, Variant
from shop.inventory.actions import adjust, reserve, set_on_hand
from shop.inventory.models import StockLevel
from shop.tests.factories import first_variant, make_category_path, make_product
from shop.tests.integration.catalogue_imports import imported_rows, paths_of, product
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

WIDE = "sku,name,price,category_path,description,sale_price,stock,brand"


@pytest.fixture
def buns() -> Product:
    return make_product(
        "Buns",
        sku="B",
        price="30",
        brand="Mkate",
        description="<p>Soft</p>",
        categories=[make_category_path("Bakery"), make_category_path("Snacks")],
        stock=5,
    )


def undone(run: ImportRun) -> dict[str, tuple[str, str]]:
    """Undo at once; return outcome and reason by SKU."""
    start_undo(run, wait=True)
    assert run.undo == ImportRun.Undo.DONE
    rows = {row.sku: (row.outcome, row.reason) for row in run.rows.exclude(outcome="")}
    assert run.undone + run.kept == len(rows)
    assert_lists_are_true()
    assert_stock_is_true()
    return rows


def test_every_value_comes_back(buns: Product) -> None:
    before = Product.objects.filter(pk=buns.pk).values().get()
    run = imported_rows("B,Big buns,45,Snacks/New,Hard,40,9,Unga", header=WIDE)
    assert product("B").price == 45

    assert undone(run) == {"B": ("undone", "")}

    after = Product.objects.filter(pk=buns.pk).values().get()
    assert after | {"updated_at": 0} == before | {"updated_at": 0}
    assert paths_of(buns) == ["All Products/Bakery", "All Products/Snacks"]
    assert StockLevel.objects.get(pk=first_variant(buns).pk).on_hand == 5
    assert not can_undo(ImportRun.objects.get(pk=run.pk))
    with pytest.raises(CannotUndo):
        start_undo(run)


def test_what_was_made_goes_and_what_was_sold_leaves_the_shelf() -> None:
    run = imported_rows("A,Tea,10,Drinks,,,4,", "C,Cocoa,10,Drinks,,,4,", header=WIDE)
    sold = first_variant(product("C")).pk
    reserve(reference="123", demand={sold: 1}, skus={sold: "C"})

    outcomes = undone(run)

    assert outcomes["A"] == ("undone", "")
    assert outcomes["C"][0] == "unpublished"
    assert [(each.sku, each.live) for each in Product.objects.all()] == [("C", False)]
    assert not Listing.objects.exists()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        (lambda each: update_product(product_id=each.pk, changes={"name": "Mine"}), "changed"),
        (lambda each: each.save_revision(), "draft"),
        (
            lambda each: adjust(
                variant_id=first_variant(each).pk, change=2, kind="received", reason=""
            ),
            "stock",
        ),
        (lambda each: imported_rows("A,Tea,12,Drinks"), "changed"),
    ],
)
def test_a_new_product_that_somebody_touched_stays(deed: Any, word: str) -> None:
    run = imported_rows("A,Tea,10,Drinks,,,4,", header=WIDE)
    deed(product("A"))

    (outcome, reason) = undone(run)["A"]

    assert outcome == "kept"
    assert word in reason
    assert product("A").live


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        (lambda each: update_product(product_id=each.pk, changes={"brand": "Mine"}), "changed"),
        (
            lambda each: update_product(product_id=each.pk, changes={"price": Decimal(99)}),
            "changed",
        ),
        (lambda each: set_on_hand({first_variant(each).pk: 12}), "stock"),
        (
            lambda each: reserve(
                reference="9", demand={first_variant(each).pk: 7}, skus={first_variant(each).pk: ""}
            ),
            "promised",
        ),
        (lambda each: make_category_path("Bakery").delete(), "category"),
        (lambda each: each.delete(), "not there"),
    ],
)
def test_a_row_changed_since_stays_and_says_why(buns: Product, deed: Any, word: str) -> None:
    other = make_product("Rice", sku="R", price="10", categories=[make_category_path("Dry")])
    run = imported_rows("B,Buns,45,Snacks,,,9,", "R,Rice,12,Dry,,,,", header=WIDE)
    deed(Product.objects.get(pk=buns.pk))

    outcomes = undone(run)

    assert outcomes["B"][0] == "kept"
    assert word in outcomes["B"][1].casefold()
    assert outcomes["R"] == ("undone", "")
    assert Product.objects.get(pk=other.pk).price == 10


def test_variants_come_and_go() -> None:
    make_product("Shirt", sku="S", price="500", categories=[make_category_path("Wear")], stock=3)
    automatic = Variant.objects.get()
    header = "sku,name,price,category_path,parent_sku,stock,option:Size"
    run = imported_rows("S-M,Shirt,500,,S,2,M", "S-L,Shirt,550,,S,,L", header=header)
    assert Variant.objects.count() == 2

    assert undone(run) == {"S-M": ("undone", ""), "S-L": ("undone", "")}

    assert list(Variant.objects.values_list("pk", "sku")) == [(automatic.pk, "S")]
    assert StockLevel.objects.get(pk=automatic.pk).on_hand == 3


def test_a_draft_keeps_its_own_words_and_gets_the_old_price_back(buns: Product) -> None:
    buns.name = "Draft buns"
    buns.save_revision()
    run = imported_rows("B,Buns,45,Bakery|Snacks,,,,", header=WIDE)

    undone(run)

    draft = Product.objects.get(pk=buns.pk).get_latest_revision_as_object()
    assert (draft.name, draft.price) == ("Draft buns", Decimal("30.00"))


def test_a_trial_and_an_idle_import_leave_nothing_to_undo(buns: Product) -> None:
    assert not can_undo(imported_rows("N,New,1,Bakery", dry_run=True))
    assert not can_undo(imported_rows("B,Buns,30,Bakery|Snacks"))


def test_undoing_takes_turns_and_survives_a_killed_worker(monkeypatch: Any) -> None:
    run = imported_rows(*(f"P{n},Product {n},10,Fruits" for n in range(5)))
    monkeypatch.setattr(undoing, "PART", 2)
    start_undo(run)
    assert OrmQ.objects.count() == 1
    take_undo_turn(run, seconds=1e-9)
    assert Product.objects.count() == 3
    # What a killed worker left: half done, and nobody at work.
    again = ImportRun.objects.get(pk=run.pk)
    take_undo_turn(again, seconds=None)
    again.refresh_from_db()
    assert (again.undo, again.undone, Product.objects.count()) == ("done", 5, 0)
    take_undo_turn(again)
    assert ImportedRow.objects.filter(outcome="undone").count() == 5
    assert_lists_are_true()
