"""Prices and stock are written in a table; each cell is saved or says why not."""

import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from shop.catalog.actions import update_product
from shop.catalog.models import Listing, Product, Variant
from shop.customers.models import User
from shop.inventory.actions import reserve, set_on_hand
from shop.inventory.models import Movement, StockLevel
from shop.inventory.promises import release
from shop.tests.factories import first_variant, make_category_path, make_product
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

GRID = "/admin/stock/"


@pytest.fixture
def pot() -> Product:
    return make_product(
        "Clay pot", sku="POT", price="500", stock=10, categories=[make_category_path("Kitchen")]
    )


@pytest.fixture
def shirt() -> Product:
    return make_product(
        "Shirt",
        sku="S",
        price="900",
        variants=[
            {"sku": "S-M", "options": {"Size": "M"}, "stock": 4},
            {"sku": "S-L", "options": {"Size": "L"}, "price": Decimal(950)},
        ],
    )


def fields(client: Client, **words: str) -> dict[str, str]:
    """Return what the form of the table would send untouched."""
    page = client.get(GRID, words).content.decode()
    tags = re.findall(r"<input[^>]*name=\"(?:cell|was)-[^>]*>", page)
    return {
        re.search(r'name="([^"]*)"', tag)[1]: re.search(r'value="([^"]*)"', tag)[1] for tag in tags
    }


def cell(sku: str, column: str) -> str:
    return f"cell-{Variant.objects.get(sku=sku).pk}-{column}"


def test_cells_are_saved_where_they_belong(
    admin_client: Client, pot: Product, shirt: Product
) -> None:
    sent = fields(admin_client)
    assert len(sent) == 3 * 4 * 2
    sent |= {
        cell("POT", "price"): "550",
        cell("POT", "sale_price"): "499.50",
        cell("POT", "on_hand"): "7",
        cell("POT", "threshold"): "5",
        cell("S-M", "price"): "920",
        cell("S-L", "price"): "",
        cell("S-L", "on_hand"): "0",
        "reason": "Stocktaking",
    }

    answer = admin_client.post(f"{GRID}?q=o", sent)

    assert answer["Location"] == f"{GRID}?q=o"
    pot.refresh_from_db()
    assert (pot.price, pot.sale_price) == (550, Decimal("499.50"))
    medium, large = Variant.objects.get(sku="S-M"), Variant.objects.get(sku="S-L")
    assert (medium.price, large.price) == (920, None)
    level = StockLevel.objects.get(pk=first_variant(pot).pk)
    assert (level.on_hand, level.low_stock_threshold) == (7, 5)
    assert StockLevel.objects.get(pk=large.pk).tracked
    movement = Movement.objects.filter(variant_id=level.pk).latest("pk")
    assert (movement.reason, movement.sku, movement.actor) == (
        "Stocktaking",
        "POT",
        "admin@example.com",
    )
    assert_lists_are_true()
    assert_stock_is_true()


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        ("price", "1,200", "thousands separator"),
        ("price", "", "empty"),
        ("price", "-5", "negative"),
        ("price", "=1+1", "not a number"),
        ("sale_price", "600", "must be lower"),
        ("on_hand", "2", "3 units are promised"),
        ("on_hand", "1.5", "whole number"),
        ("on_hand", "", "0 is one too"),
        ("threshold", "9999999999", "limit"),
        ("on_hand", "٣", "whole number"),
        ("price", "<script>", "currency sign"),
    ],
)
def test_a_refused_cell_says_why_and_the_others_are_saved(
    admin_client: Client, pot: Product, shirt: Product, column: str, text: str, why: str
) -> None:
    variant = first_variant(pot)
    reserve(reference="1", demand={variant.pk: 3}, skus={variant.pk: "POT"})
    sent = fields(admin_client) | {cell("POT", column): text, cell("S-M", "on_hand"): "9"}

    answer = admin_client.post(GRID, sent)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert "<script>" not in page.partition("<main")[2].partition("data-grid")[2][:20_000]
    pot.refresh_from_db()
    assert (pot.price, pot.sale_price) == (500, None)
    assert StockLevel.objects.get(pk=variant.pk).on_hand == 10
    assert StockLevel.objects.get(pk=Variant.objects.get(sku="S-M").pk).on_hand == 9


def test_who_was_quicker_is_not_overwritten(admin_client: Client, pot: Product) -> None:
    sent = fields(admin_client) | {cell("POT", "price"): "450", cell("POT", "on_hand"): "8"}
    update_product(product_id=pot.pk, changes={"price": Decimal(510)})
    set_on_hand({first_variant(pot).pk: 8})

    answer = admin_client.post(GRID, sent)

    assert "Somebody else wrote 510.00 here meanwhile." in answer.content.decode()
    pot.refresh_from_db()
    assert pot.price == 510
    # What both wrote is no quarrel.
    assert answer.content.decode().count("meanwhile") == 1


def test_a_draft_takes_over_the_new_price_and_keeps_its_words(
    admin_client: Client, pot: Product
) -> None:
    pot.name = "Draft pot"
    pot.save_revision()

    admin_client.post(GRID, fields(admin_client) | {cell("POT", "price"): "640"})

    draft = Product.objects.get(pk=pot.pk).get_latest_revision_as_object()
    assert (draft.name, draft.price) == ("Draft pot", 640)
    assert set(Listing.objects.filter(product=pot).values_list("price", flat=True)) == {640}


def test_filters_and_few_statements(
    admin_client: Client,
    pot: Product,
    shirt: Product,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    set_on_hand({first_variant(pot).pk: 2})
    for words, skus in [
        ({"q": "clay POT"}, {"POT"}),
        ({"stock": "low"}, {"POT"}),
        ({"stock": "in", "q": "shirt"}, {"S-M"}),
        ({"stock": "uncounted"}, {"S-L"}),
        ({"category": str(make_category_path("Kitchen").pk)}, {"POT"}),
        ({"category": "9" * 30, "stock": "<x>", "p": "-1"}, {"POT", "S-M", "S-L"}),
        ({"q": "\x00%'"}, set()),
    ]:
        page = admin_client.get(GRID, words)
        assert {row.variant.sku for row in page.context["rows"]} == skus, words
    for number in range(20):
        make_product(f"Cup {number}", sku=f"C{number}", stock=number)
    with django_assert_max_num_queries(24):
        admin_client.get(GRID)


def test_rights_decide_which_cells_can_be_written(client: Client, pot: Product) -> None:
    clerk = User.objects.create_user("clerk", "clerk@example.org", "x")
    clerk.groups.add(Group.objects.get(name="Support"))
    client.force_login(clerk)
    sent = {
        cell("POT", "price"): "1",
        cell("POT", "price").replace("cell", "was"): "500.00",
        cell("POT", "on_hand"): "1",
        cell("POT", "on_hand").replace("cell", "was"): "10",
    }
    assert not fields(client)
    client.post(GRID, sent)
    pot.refresh_from_db()
    assert pot.price == 500
    clerk.user_permissions.add(Permission.objects.get(codename="change_stocklevel"))
    client.post(GRID, sent)
    pot.refresh_from_db()
    assert (pot.price, StockLevel.objects.get(pk=first_variant(pot).pk).on_hand) == (500, 1)


def test_the_ledger_adds_up_and_says_how_long_it_lasts(admin_client: Client, pot: Product) -> None:
    variant = first_variant(pot)
    reserve(reference="77", demand={variant.pk: 6}, skus={variant.pk: "POT"})
    release(reference="77", reason="cancelled")
    reserve(reference="78", demand={variant.pk: 3}, skus={variant.pk: "POT"})
    address = reverse("variant_ledger", args=[variant.pk])

    answer = admin_client.post(address, {"kind": "received", "quantity": "5", "reason": "Truck"})
    assert answer["Location"] == address

    page = admin_client.get(address)
    assert page.context["lasts"] == "120 days"
    assert [row["on_hand"] for row in page.context["rows"]] == [15, 10, 10, 10, 10]
    assert set(Movement.objects.filter(kind="released").values_list("sku", flat=True)) == {"POT"}
    refused = admin_client.post(address, {"kind": "counted", "quantity": "1"})
    assert "3 units are promised" in refused.content.decode()
    pot.delete()
    assert "its ledger stays" in admin_client.get(address).content.decode()
    assert admin_client.get(f"/admin/stock/ledger/{2**63}/").status_code == 404
    assert admin_client.get("/admin/stock/ledger/987654/").status_code == 404
