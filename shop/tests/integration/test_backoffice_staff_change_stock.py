"""Staff receive, count and take out units; the ledger says who and why."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from shop.catalog.models import Product
from shop.customers.models import User
from shop.inventory.actions import reserve
from shop.inventory.models import Movement, StockLevel
from shop.inventory.queries import ledger_problems
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(shop_site: Any) -> Product:
    return make_product("Clay pot", sku="POT", stock=10)


def change(client: Client, product: Product, **fields: Any) -> Any:
    prefix = f"variant-{first_variant(product).pk}"
    return client.post(
        reverse("stock", args=[product.pk]),
        {f"{prefix}-{name}": value for name, value in fields.items()},
    )


def level(product: Product) -> StockLevel:
    return StockLevel.objects.get(pk=first_variant(product).pk)


@pytest.mark.parametrize(
    ("kind", "quantity", "reason", "left"),
    [
        ("received", 5, "", 15),
        ("counted", 8, "Stocktaking", 8),
        ("counted", 0, "", 0),
        ("corrected", 3, "Broken", 7),
    ],
)
def test_changes_are_written_down(
    admin_client: Client, pot: Product, kind: str, quantity: int, reason: str, left: int
) -> None:
    answer = change(admin_client, pot, kind=kind, quantity=quantity, reason=reason)

    assert answer.status_code == 302
    assert level(pot).on_hand == left
    movement = Movement.objects.latest("pk")
    assert (movement.kind, movement.reason, movement.actor) == (kind, reason, "admin@example.com")
    assert ledger_problems() == []
    assert movement.get_kind_display() in admin_client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "corrected", "quantity": 1, "reason": ""}, "Say why these units go."),
        ({"kind": "received", "quantity": 0}, "Give at least one unit."),
        ({"kind": "received", "quantity": -1}, "greater than or equal to 0"),
        ({"kind": "received", "quantity": "1.5"}, "whole number"),
        ({"kind": "received", "quantity": 10**12}, "less than or equal to"),
        ({"kind": "stolen", "quantity": 1}, "not one of the available choices"),
        ({"kind": "corrected", "quantity": 11, "reason": "x"}, "not so many units"),
        ({"kind": "counted", "quantity": 3}, "4 units are promised"),
    ],
)
def test_what_cannot_be_is_refused(
    admin_client: Client, pot: Product, fields: dict[str, Any], message: str
) -> None:
    variant = first_variant(pot)
    if "promised" in message:
        reserve(reference="123", demand={variant.pk: 4}, skus={variant.pk: "POT"})
    before = Movement.objects.count()

    answer = change(admin_client, pot, **fields)

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert level(pot).on_hand == 10
    assert Movement.objects.count() == before


def test_rows_left_empty_stay_as_they_are(admin_client: Client, pot: Product) -> None:
    answer = change(admin_client, pot, kind="counted", quantity="", reason="")

    assert answer.status_code == 302
    assert level(pot).on_hand == 10


def test_the_form_of_a_product_shows_its_stock(admin_client: Client, pot: Product) -> None:
    page = admin_client.get(reverse("products:edit", args=[pot.pk])).content.decode()

    assert reverse("stock", args=[pot.pk]) in page
    assert "Change stock" in page


def test_an_old_draft_brings_no_old_stock_back(admin_client: Client, pot: Product) -> None:
    revision = pot.save_revision()
    change(admin_client, pot, kind="corrected", quantity=9, reason="Flood")

    revision.publish()

    assert level(pot).on_hand == 1


def test_without_the_right_nothing_changes(client: Client, pot: Product) -> None:
    clerk = User.objects.create_user("clerk", "clerk@example.org", "x")
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(clerk)

    assert change(client, pot, kind="counted", quantity=1).status_code == 302
    assert level(pot).on_hand == 10
