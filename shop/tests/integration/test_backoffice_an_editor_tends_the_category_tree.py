"""Categories live in the page explorer; a category that moves or is renamed stays findable."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from shop.catalog.models import CategoryPage
from shop.tests.factories import make_category
from shop.tests.integration.backoffice_forms import form_fields

pytestmark = pytest.mark.django_db


def leads_to(address: str) -> str:
    redirect = Redirect.objects.get(old_path=address.rstrip("/"))
    return str(redirect.redirect_page.url)


def test_a_renamed_address_leads_on(
    admin_client: Client, shop_site: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kitchen = make_category("Kitchen")
    make_category("Pots", kitchen)
    editing = reverse("wagtailadmin_pages:edit", args=[kitchen.pk])
    fields = form_fields(admin_client, editing)

    # The stream fields are filled in by a script; there is nothing in them.
    fields |= {"title": "Kitchen", "body_above-count": "0", "body_below-count": "0"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(
            editing, {**fields, "slug": "cooking", "action-publish": "action-publish"}
        )

    assert answer.status_code == 302, answer.context["form"].errors
    assert leads_to("/all-products/kitchen") == "/all-products/cooking/"
    assert leads_to("/all-products/kitchen/pots") == "/all-products/cooking/pots/"


def test_a_moved_category_leads_on(admin_client: Client, shop_site: Any) -> None:
    kitchen, home = make_category("Kitchen"), make_category("House")
    moving = reverse("wagtailadmin_pages:move_confirm", args=[kitchen.pk, home.pk])

    answer = admin_client.post(moving)

    assert answer.status_code == 302
    assert CategoryPage.objects.get(pk=kitchen.pk).url == "/all-products/house/kitchen/"
    assert leads_to("/all-products/kitchen") == "/all-products/house/kitchen/"


def test_a_new_category_has_its_panels(admin_client: Client, shop_site: Any) -> None:
    adding = reverse(
        "wagtailadmin_pages:add", args=["catalog", "categorypage", shop_site.all_products.pk]
    )

    page = admin_client.get(adding).content.decode()

    for name in ("title", "introduction", "picture", "body_above", "body_below"):
        assert f'name="{name}' in page or f'id="{name}' in page or f"{name}-count" in page, name
