"""A SKU or an address that another product took meanwhile: the draft stays, nothing breaks."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shop.catalog.models import Product, Variant
from shop.tests.factories import make_product
from shop.tests.integration.backoffice_forms import form_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(shop_site: Any) -> Product:
    """A live mug whose draft calls it CUP at /cup/; then somebody else makes a cup."""
    product = make_product("Mug", sku="MUG", slug="mug")
    product.save_revision().publish()
    product = Product.objects.get(pk=product.pk)
    draft = product.get_latest_revision_as_object()
    draft.name, draft.slug = "Cup", "cup"
    draft.sku = "CUP"
    variant = draft.variants.get()
    variant.sku = "CUP"
    draft.variants.set([variant])
    draft.save_revision()
    return Product.objects.get(pk=product.pk)


def schedule(product: Product) -> None:
    revision = product.latest_revision
    revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()


@pytest.mark.parametrize("taken", [{"sku": "cup"}, {"sku": "OTHER", "slug": "cup"}])
def test_bulk_publishing_names_what_stays_and_publishes_the_rest(
    admin_client: Client, drafted: Product, taken: dict[str, str]
) -> None:
    make_product("Cup of somebody else", **taken)
    free = make_product("Plate", live=False)
    address = reverse("wagtail_bulk_action", args=["catalog", "product", "publish"])

    answer = admin_client.post(f"{address}?id={drafted.pk}&id={free.pk}&next=/admin/products/")

    assert answer.status_code == 302
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any(text.startswith("Mug: ") and "already" in text for text in said), said
    assert any("1 product is live." in text for text in said)
    assert Product.objects.get(pk=drafted.pk).name == "Mug"
    assert Product.objects.get(pk=free.pk).live


def test_the_schedule_goes_on_with_the_others(drafted: Product) -> None:
    make_product("Cup of somebody else", sku="cup")
    plate = make_product("Plate", live=False)
    plate.save_revision()
    schedule(drafted)
    plate = Product.objects.get(pk=plate.pk)
    schedule(plate)

    call_command("publish_scheduled")
    call_command("publish_scheduled")

    assert Product.objects.get(pk=drafted.pk).name == "Mug"
    assert Product.objects.get(pk=plate.pk).live
    assert Product.objects.get(pk=drafted.pk).scheduled_revision is None


def test_the_form_names_it_and_keeps_the_draft(admin_client: Client, drafted: Product) -> None:
    make_product("Cup of somebody else", sku="cup")
    address = reverse("products:edit", args=[drafted.pk])
    fields = form_fields(admin_client, address)

    answer = admin_client.post(address, {**fields, "action-publish": "action-publish"})

    assert answer.status_code == 200
    assert "belongs to “Cup of somebody else” already." in answer.content.decode()
    assert Variant.objects.filter(sku="MUG").exists()


def test_an_incomplete_draft_is_not_published_in_bulk(admin_client: Client, shop_site: Any) -> None:
    product = make_product("Mug", live=False)
    draft = Product.objects.get(pk=product.pk)
    draft.name = ""
    draft.save_revision(clean=False)
    address = reverse("wagtail_bulk_action", args=["catalog", "product", "publish"])

    answer = admin_client.post(f"{address}?id={product.pk}&next=/admin/products/")

    assert answer.status_code == 302
    assert not Product.objects.get(pk=product.pk).live
