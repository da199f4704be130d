"""A file brings weights along: for a product's only variant and for each of several."""

import json
from decimal import Decimal

import pytest

from shop.catalog.actions.importing import start_undo
from shop.catalog.models import ImportRun, Product, Variant
from shop.tests.integration.catalogue_imports import counts, faults, imported, imported_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

HEADER = "sku,name,price,category_path,weight,parent_sku,option:Size"
SHIRTS = ("SH,Shirt,900,Wear,,,", "SH-M,Shirt,900,Wear,0.2,SH,M", "SH-L,Shirt,900,Wear,0.25,SH,L")


def weights():
    return dict(Variant.objects.values_list("sku", "weight"))


def test_weights_come_change_and_go_back():
    assert counts(imported_rows("FL,Flour,200,Food,2,,", *SHIRTS, header=HEADER)) == (4, 0, 0, 0)
    first = {"FL": Decimal(2), "SH-M": Decimal("0.2"), "SH-L": Decimal("0.25")}
    assert weights() == first
    # An empty cell says nothing, and what is the same is no change.
    changed = imported_rows(
        "FL,Flour,200,Food,2.125,,",
        "SH,Shirt,900,Wear,,,",
        "SH-M,Shirt,900,Wear,,SH,M",
        "SH-L,Shirt,900,Wear,0.30,SH,L",
        header=HEADER,
    )
    assert counts(changed) == (0, 2, 2, 0)
    assert weights() == {**first, "FL": Decimal("2.125"), "SH-L": Decimal("0.3")}
    start_undo(changed, wait=True)
    assert weights() == first


def test_a_trial_tells_of_a_weight_and_an_edited_one_is_not_undone():
    imported_rows("FL,Flour,200,Food,2,,", header=HEADER)
    trial = imported_rows("FL,Flour,200,Food,2.125,,", header=HEADER, dry_run=True)
    assert [row.told for row in trial.rows.all()] == [
        [{"column": "weight", "before": "2.000", "after": "2.125"}]
    ]
    changed = imported_rows("FL,Flour,200,Food,2.125,,", header=HEADER)
    Variant.objects.update(weight=3)
    start_undo(changed, wait=True)
    assert (changed.rows.get().outcome, weights()["FL"]) == ("kept", 3)


@pytest.mark.parametrize(
    ("weight", "code"),
    [
        ("2 kg", "not_a_weight"),
        ("-1", "not_a_weight"),
        ("0.0001", "not_a_weight"),
        ("100000", "over_limit"),
    ],
)
def test_what_is_no_weight_is_refused_with_its_reason(weight, code):
    run = imported_rows(f"FL,Flour,200,Food,{weight},,", header=HEADER)
    assert faults(run) == [(2, "FL", "weight", code)]
    assert not Product.objects.exists()


def test_json_says_it_as_a_number_or_a_text():
    goods = [
        {"sku": "A", "name": "A", "price": 5, "categories": [["Food"]], "weight": 1.5},
        {"sku": "B", "name": "B", "price": 5, "categories": [["Food"]], "weight": "0.125"},
    ]
    run = imported(json.dumps({"products": goods}))
    assert run.status == ImportRun.Status.DONE
    assert weights() == {"A": Decimal("1.5"), "B": Decimal("0.125")}
