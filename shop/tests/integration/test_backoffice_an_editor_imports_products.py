"""An editor gives the shop a file, tries it first, reads the report."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shop.catalog.actions.importing import take_turn
from shop.catalog.models import ImportRun, Product

pytestmark = pytest.mark.django_db

ROWS = b"sku,name,price,category_path\nA1,Pot,500,All Products/Kitchen\nA2,Pan,-1,All Products\n"


def give(client: Client, content: bytes = ROWS, name: str = "goods.csv", **fields: str) -> Any:
    return client.post(
        reverse("catalogue_imports"), {"file": SimpleUploadedFile(name, content), **fields}
    )


def test_a_file_is_tried_then_imported(admin_client: Client, shop_site: Any) -> None:
    tried = give(admin_client, dry_run="on")
    assert tried.status_code == 302
    waiting = admin_client.get(tried["Location"])
    assert waiting["Refresh"] == "2"

    take_turn(ImportRun.objects.get())
    report = admin_client.get(tried["Location"])
    assert "Refresh" not in report
    assert "Nothing was written" in report.content.decode()
    assert not Product.objects.exists()

    give(admin_client)
    take_turn(ImportRun.objects.latest("pk"))
    assert [product.sku for product in Product.objects.all()] == ["A1"]
    done = admin_client.get(reverse("catalogue_import", args=[ImportRun.objects.latest("pk").pk]))
    page = done.content.decode()
    assert "A2" in page
    assert "price" in page
    assert "goods.csv" in admin_client.get(reverse("catalogue_imports")).content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"<html><body>Log in</body></html>", b"\xff\xfe\x00", b"sku,name\nA1,Pot\n"]
)
def test_a_bad_file_is_refused_at_the_form(
    admin_client: Client, shop_site: Any, content: bytes
) -> None:
    answer = give(admin_client, content)

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not ImportRun.objects.exists()


def test_without_a_file(admin_client: Client, shop_site: Any) -> None:
    answer = admin_client.post(reverse("catalogue_imports"), {})

    assert answer.context["form"].errors["file"]
