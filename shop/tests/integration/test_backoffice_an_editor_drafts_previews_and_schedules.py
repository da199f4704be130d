"""An editor changes a product as a draft, looks at it, schedules it; shoppers see it in time."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from shop.catalog.models import Product
from shop.tests.factories import make_category, make_product
from shop.tests.integration.backoffice_forms import form_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(shop_site: Any) -> Product:
    made = make_product(
        "Clay pot", price=500, categories=[make_category("Kitchen")], stock=7, sku="POT"
    )
    made.save_revision().publish()
    return Product.objects.get(pk=made.pk)


@pytest.fixture
def editing(product: Product) -> str:
    return reverse("products:edit", args=[product.pk])


def rich(text: str) -> str:
    block = {
        "key": "a", "text": text, "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [], "entityRanges": [],
    }  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": {}})


def test_a_draft_leaves_the_live_product_alone(
    admin_client: Client, product: Product, editing: str
) -> None:
    fields = form_fields(admin_client, editing)

    answer = admin_client.post(
        editing, {**fields, "name": "Glazed pot", "description": rich("Fired twice.")}
    )

    assert answer.status_code == 302
    live = Product.objects.get(pk=product.pk)
    assert (live.name, live.live, live.has_unpublished_changes) == ("Clay pot", True, True)
    draft = live.get_latest_revision_as_object()
    assert draft.name == "Glazed pot"
    assert "Fired twice." in draft.description


def test_publishing_the_draft_shows_it(
    admin_client: Client, product: Product, editing: str
) -> None:
    fields = form_fields(admin_client, editing)

    admin_client.post(editing, {**fields, "name": "Glazed pot", "action-publish": "action-publish"})

    live = Product.objects.get(pk=product.pk)
    assert (live.name, live.slug, live.sku, live.live) == ("Glazed pot", "clay-pot", "POT", True)
    assert [variant.sku for variant in live.variants.all()] == ["POT"]


def test_the_preview_shows_what_stands_in_the_form(
    admin_client: Client, product: Product, editing: str
) -> None:
    fields = form_fields(admin_client, editing)
    preview = reverse("products:preview_on_edit", args=[product.pk])

    sent = admin_client.post(preview, {**fields, "name": "Only a thought"})
    page = admin_client.get(preview)

    assert sent.json()["is_valid"]
    assert page.status_code == 200
    assert "Only a thought" in page.content.decode()
    assert Product.objects.get(pk=product.pk).name == "Clay pot"


def test_a_scheduled_change_goes_live_in_its_time(
    admin_client: Client, product: Product, editing: str
) -> None:
    fields = form_fields(admin_client, editing)
    soon = localtime(timezone.now() + timedelta(hours=1))

    admin_client.post(
        editing,
        {
            **fields,
            "name": "Festival pot",
            "go_live_at": f"{soon:%Y-%m-%d %H:%M}",
            "action-publish": "action-publish",
        },
    )
    call_command("publish_scheduled")
    assert Product.objects.get(pk=product.pk).name == "Clay pot"
    shown = admin_client.get(reverse("products:list")).content.decode()
    assert "live + scheduled" in shown

    product.refresh_from_db()
    revision = product.scheduled_revision
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    call_command("publish_scheduled")

    assert Product.objects.get(pk=product.pk).name == "Festival pot"


def test_a_product_that_an_import_made_stays_live_until_its_change_is_due(
    admin_client: Client, shop_site: Any
) -> None:
    kettle = make_product("Copper kettle", price=2400, sku="KETTLE")
    editing = reverse("products:edit", args=[kettle.pk])
    fields = form_fields(admin_client, editing)
    soon = localtime(timezone.now() + timedelta(hours=1))

    admin_client.post(
        editing,
        {
            **fields,
            "name": "Festival kettle",
            "go_live_at": f"{soon:%Y-%m-%d %H:%M}",
            "action-publish": "action-publish",
        },
    )

    kettle.refresh_from_db()
    assert (kettle.name, kettle.live) == ("Copper kettle", True)
    assert kettle.scheduled_revision.as_object().name == "Festival kettle"
    assert kettle.get_latest_revision_as_object().name == "Festival kettle"
    assert kettle.live_revision.as_object().name == "Copper kettle"


def test_a_new_product_begins_as_a_draft_with_its_variant(
    admin_client: Client, shop_site: Any
) -> None:
    adding = reverse("products:add")
    fields = form_fields(admin_client, adding)

    answer = admin_client.post(
        adding,
        {
            **fields,
            "name": "Sisal basket",
            "price": "1200",
            "placements-TOTAL_FORMS": "1",
            "placements-0-category": str(shop_site.all_products.pk),
            "placements-0-ORDER": "1",
            "placements-0-id": "",
        },
    )

    assert answer.status_code == 302
    made = Product.objects.get(name="Sisal basket")
    assert (made.live, made.slug) == (False, "sisal-basket")
    assert made.variants.get().sku == made.sku != ""
    assert made.placements.get().category_id == shop_site.all_products.pk


def test_history_usage_and_inspection_open(admin_client: Client, product: Product) -> None:
    for view in ("history", "usage", "inspect", "delete", "unpublish"):
        answer = admin_client.get(reverse(f"products:{view}", args=[product.pk]))
        assert answer.status_code == 200, view
