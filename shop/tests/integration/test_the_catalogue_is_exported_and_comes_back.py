"""The exported catalogue, given back, changes nothing; not even odd things do."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shop.catalog.actions import start_import
from shop.catalog.models import Product, Variant
from shop.inventory.models import StockLevel
from shop.tests.factories import make_category, make_category_path, make_product
from shop.tests.truth import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

ODD = [
    "=1+1",
    "'=1+1",
    "+254 tea",
    "-5 degrees",
    "@home",
    "\uff1dsum",
    'Say "hi", please',
    "a;b|c/d>e\\f",
    "Caf\u00e9",
    "Cafe\u0301",
    "\u0686\u0627\u06cc",
    "<b>bold</b> & more",
    "two\u00a0 spaces",
    "' quoted'",
    "sep=;",
]
SHELVES = [
    ("TV/DVD", "A>B"),
    ("A|B", "Back\\slash"),
    ("=Sale",),
    ("Fruits",),
    ("Fruits", "fruits"),
]


@pytest.fixture
def odd_shop() -> None:
    """Three hundred products with everything a shop can have."""
    shelves = [make_category_path(*names) for names in SHELVES]
    # Of two shelves with one name a path means the first.
    twin = make_category("Twin")
    shelves.append(make_category("Twin", slug="twin-2"))
    for number in range(300):
        odd = ODD[number % len(ODD)]
        shelf = number % (len(shelves) + 1)
        make_product(
            f"{odd} {number}",
            sku=f"{odd[:3]}{number}",
            price=Decimal(100 + number),
            sale_price=Decimal(90) if number % 3 == 0 else None,
            brand=odd if number % 2 else "",
            description=f"<p>{number} is <b>bold</b><br/>=1+1</p><ul><li>one</li></ul>",
            categories=[] if shelf == len(shelves) else {shelves[shelf], shelves[number % 5]},
            stock=None if number % 4 else number,
            live=number % 7 != 0,
            variants=_variants(number),
        )
    assert twin.pk != shelves[-1].pk


def _variants(number: int) -> list[dict[str, Any]]:
    if number % 5 != 1:
        return []
    size = "Size" if number % 2 else "size"
    return [
        {"sku": f"V{number}-{letter}", "options": {size: letter, "=Colour": "-red"}, **own}
        for letter, own in [
            ("S", {"price": Decimal(500), "sale_price": Decimal(450), "weight": Decimal("0.125")}),
            ("M", {"price_difference": Decimal(-5000), "stock": 3}),
            ("+L", {"price": Decimal(70), "sale_price": Decimal(80)}),
        ]
    ]


def exported(client: Client, **words: str) -> bytes:
    answer = client.get(reverse("catalogue_export"), words)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def goods() -> dict[str, Any]:
    """Return all that the shop has of products, categories and stock."""
    kept = ("catalog.", "inventory.", "wagtailcore.Page", "wagtailcore.Revision")
    return {
        table: rows
        for table, rows in everything().items()
        if table.startswith(kept) and ".Import" not in table
    }


@pytest.mark.usefixtures("odd_shop")
def test_it_comes_back_unchanged(admin_client: Client) -> None:
    before = goods()
    for kind in ("csv", "json"):
        content = exported(admin_client, format=kind)
        run = start_import(file=io.BytesIO(content), filename=f"catalogue.{kind}", wait=True)

        told = run.rows.exclude(result="unchanged").values_list("sku", "result", "told")
        assert list(told[:5]) == []
        assert (run.created, run.updated, run.refused, run.errors) == (0, 0, 0, [])
        assert run.unchanged == run.rows_total >= 480
    assert goods() == before


def test_into_an_empty_shop_it_brings_everything(admin_client: Client) -> None:
    make_product(
        "=Shirt",
        sku="-S",
        price="500",
        categories=[make_category_path("A/B")],
        variants=[{"sku": "S1", "options": {"Size": "M"}, "stock": 4}],
    )
    content = exported(admin_client)
    assert b"\r\n'-S,'=Shirt,500.00" in content
    assert content.startswith("\ufeffsku,name".encode())
    Product.objects.all().delete()
    StockLevel.objects.all().delete()

    run = start_import(file=io.BytesIO(content), filename="catalogue.csv", wait=True)

    assert (run.created, run.refused) == (2, 0)
    shirt = Product.objects.get()
    assert (shirt.sku, shirt.name, shirt.price) == ("-S", "=Shirt", 500)
    variant = Variant.objects.get()
    assert (variant.sku, variant.options) == ("S1", {"Size": "M"})
    assert StockLevel.objects.get(pk=variant.pk).on_hand == 4


def test_shoppers_things_only_and_nothing_at_all(admin_client: Client, client: Client) -> None:
    assert admin_client.get(reverse("catalogue_export")).status_code == 302
    make_product("Tea", sku="T")
    make_product("Hidden", sku="H", live=False)
    assert b"Hidden" not in exported(admin_client, only="live")
    assert b"Hidden" in exported(admin_client, format="<x>")
    assert client.get(reverse("catalogue_export")).status_code in {302, 403}
