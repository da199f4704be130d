"""An editor gives the shop a file, tries it first, reads the report."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from shop.catalog.actions.importing import take_turn
from shop.catalog.actions.importing.background import begin_turn
from shop.catalog.models import ImportRun, Product
from shop.catalog.tasks import run_import, sweep_imports, undo_import
from shop.core.clock import fixed, now
from shop.notifications.models import Message
from shop.tests.factories import make_category_path, make_product

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
    assert 'http-equiv="refresh"' in waiting.content.decode()
    assert "import_progress.js" in waiting.content.decode()
    far = admin_client.get(f"{tried['Location']}progress/").json()
    assert (far["working"], far["done"], far["total"]) == (True, 0, 2)

    take_turn(ImportRun.objects.get())
    report = admin_client.get(tried["Location"])
    assert "http-equiv" not in report.content.decode().partition("</noscript>")[0][-200:]
    assert not admin_client.get(f"{tried['Location']}progress/").json()["working"]
    assert "Nothing was written" in report.content.decode()
    assert not Product.objects.exists()

    written = admin_client.post(f"{tried['Location']}write/")
    assert written.status_code == 302
    assert written["Location"] != tried["Location"]
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


def test_what_would_differ_is_shown_row_by_row(admin_client: Client, shop_site: Any) -> None:
    make_product("Pot", sku="A1", price="400", categories=[make_category_path("Kitchen")])
    make_product("Cup", sku="A3", price="90", categories=[make_category_path("Kitchen")])
    content = (
        b"sku,name,price,category_path,parent_sku,option:Size\n"
        b"A1,Big pot,500,Kitchen|Gifts,,\nA3,Cup,90,Kitchen,,\n"
        b"=cmd|x,<script>,1,Kitchen,,\nN1,New,5,Kitchen,,\nN1-S,New,6,,N1,S\nA9,Pan,-1,,,\n"
    )
    address = give(admin_client, content, dry_run="on")["Location"]
    take_turn(ImportRun.objects.get())

    def shown(kind: str) -> str:
        return admin_client.get(address, {"show": kind}).content.decode()

    changed = shown("updated")
    assert "400.00" in changed
    assert "All Products/Kitchen|All Products/Gifts" in changed or "Kitchen|Gifts" in changed
    assert "Size: S" in shown("created")
    assert "&lt;script&gt;" in shown("created")
    assert "A3" in shown("unchanged")
    refused = shown("refused")
    assert "is negative" in refused
    assert "The category is empty" in refused
    assert admin_client.get(address, {"show": "<x>", "p": "999"}).status_code == 200

    report = b"".join(admin_client.get(f"{address}report/").streaming_content).decode()
    assert "updated,2,A1,Big pot,price,400.00,500.00" in report
    assert "'=cmd|x" in report
    assert "refused,7,A9,,price,,,negative" in report


def test_an_import_is_taken_back_in_the_admin(admin_client: Client, shop_site: Any) -> None:
    address = give(admin_client)["Location"]
    run = ImportRun.objects.get()
    take_turn(run)
    assert "take it back" in admin_client.get(f"{address}undo/").content.decode()

    assert admin_client.post(f"{address}undo/")["Location"] == address
    undo_import(run.pk)

    assert not Product.objects.exists()
    page = admin_client.get(address).content.decode()
    assert "1 row was taken back" in page
    assert admin_client.get(f"{address}undo/")["Location"] == address
    # A second wish, from a page that was left open.
    answer = admin_client.post(f"{address}undo/", follow=True)
    assert "cannot be undone" in answer.content.decode()


def test_an_import_that_cannot_go_on_ends_and_staff_hear_of_it(
    admin_client: Client, shop_site: Any
) -> None:
    address = give(admin_client)["Location"]
    run = ImportRun.objects.get()
    # Four turns, each ended by a killed worker: begun, and nothing written.
    for _turn in range(4):
        assert begin_turn(run)
    run_import(run.pk)

    run.refresh_from_db()
    assert run.status == ImportRun.Status.FAILED
    assert "again and again" in run.errors[0]["detail"]
    alert = Message.objects.filter(event="alert", channel="staff_email").latest("pk")
    assert "goods.csv" in alert.body
    assert f"/admin/imports/{run.pk}/" in alert.body

    admin_client.post(f"{address}go-on/")
    run_import(run.pk)
    run.refresh_from_db()
    assert (run.status, run.created) == (ImportRun.Status.DONE, 1)


def test_rows_that_the_database_refuses_end_the_import(
    admin_client: Client, shop_site: Any
) -> None:
    give(admin_client)
    run = ImportRun.objects.get()
    with connection.execute_wrapper(_refuse_products):
        take_turn(run)

    run.refresh_from_db()
    assert run.status == ImportRun.Status.FAILED
    assert run.errors[0]["code"] == "database_refused"
    assert not Product.objects.exists()


def _refuse_products(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith("SELECT") and "catalog_product" in sql and "slug" in sql:
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


def test_what_a_worker_left_lying_is_queued_again(admin_client: Client, shop_site: Any) -> None:
    give(admin_client)
    OrmQ.objects.all().delete()
    assert sweep_imports() == 0
    with fixed(now() + timedelta(minutes=4)):
        assert sweep_imports() == 1
        assert sweep_imports() == 0
    assert OrmQ.objects.count() == 1


@pytest.mark.parametrize("deed", ["write", "go-on", "undo", "report", "progress"])
def test_deeds_on_imports_that_are_not_there_or_not_ripe(
    admin_client: Client, shop_site: Any, deed: str
) -> None:
    assert admin_client.post(f"/admin/imports/{2**62}/{deed}/").status_code == 404
    address = give(admin_client)["Location"]
    if deed in {"write", "go-on", "undo"}:
        answer = admin_client.post(f"{address}{deed}/")
        assert answer["Location"] == address
        assert ImportRun.objects.get().status == ImportRun.Status.WAITING
