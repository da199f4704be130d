"""Staff fill the catalogue from another program: products one by one, or a file at once."""

import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from shop.catalog.models import CategoryPage, ImportRun, Product
from shop.customers.models import User
from shop.inventory.models import StockLevel
from shop.tests.factories import first_variant, make_category, make_product

pytestmark = pytest.mark.django_db

PRODUCTS = "/api/v2/products/"
UPLOAD = "/api/v2/products/upload/"
FILE = b"sku,name,price,category_path,stock\nA1,Apples,120.00,All Products/Fruits,5\n"


@pytest.fixture
def staff(client, shop_site):
    person = User.objects.create_user("staff")
    person.groups.add(Group.objects.get(name="Catalogue managers"))
    client.force_login(person)
    return client


def send(client, body, status, method="post", path=PRODUCTS, **headers):
    text = body if isinstance(body, str) else json.dumps(body)
    call = getattr(client, method)
    answer = call(path, text, content_type="application/json", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_staff_make_a_product_and_shoppers_see_it(staff, shop_site):
    fruits = make_category("Fruits")
    body = {
        "name": "Mango",
        "price": "120.50",
        "sku": "MG",
        "description": "Sweet & ripe",
        "brand": "Shamba",
        "categories": [fruits.pk, ["All Products", "Season"]],
        "stock": 7,
        "sale_price": 99,
    }
    made = send(staff, body, 201)
    assert (made["current_price"], made["sale_price"], made["live"]) == ("99.00", "99.00", True)
    assert [category["title"] for category in made.pop("categories")] == ["Fruits", "Season"]
    assert made["variants"][0]["available"] == 7
    staff.logout()
    shown = staff.get(f"{PRODUCTS}{made['id']}/").json()
    assert shown["name"] == "Mango"
    assert shown["description"] == made["description"]


def test_staff_change_only_what_they_name(staff, shop_site):
    product = make_product("Mango", price=100, brand="Shamba", stock=3)
    path = f"{PRODUCTS}{product.pk}/"
    changed = send(staff, {"price": "90", "stock": 8}, 200, "patch", path)
    assert (changed["price"], changed["brand"]) == ("90.00", "Shamba")
    assert StockLevel.objects.get(pk=first_variant(product).pk).on_hand == 8
    hidden = send(staff, {"live": False}, 200, "patch", path)
    assert hidden["live"] is False
    assert staff.get(path).status_code == 404
    assert send(staff, {"live": True}, 200, "patch", path)["live"] is True
    assert staff.get(path).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "attr"),
    [
        ({"name": ""}, 400, "name"),
        ({"name": "x" * 301}, 400, "name"),
        ({"name": "a\x00"}, 400, "name"),
        ({"price": "-1"}, 400, "price"),
        ({"price": "NaN"}, 400, "price"),
        ({"price": 10**30}, 400, "price"),
        ({"price": "1.234"}, 400, "price"),
        ({"price": True}, 400, "price"),
        ({"sale_price": "500"}, 400, "sale_price"),
        ({"sku": "TAKEN"}, 400, "sku"),
        ({"categories": [10**15]}, 400, "categories"),
        ({"categories": ["Fruits"]}, 400, "categories.0"),
        ({"categories": [True]}, 400, "categories.0"),
        ({"categories": "Fruits"}, 400, "categories"),
        ({"stock": -1}, 400, "stock"),
        ({"stock": 1.5}, 400, "stock"),
        ({"tax_class": "none"}, 400, "tax_class"),
        ({"slug": "no spaces"}, 400, "slug"),
        ({"stok": 1}, 400, "stok"),
    ],
)
def test_what_cannot_be_is_named(staff, shop_site, changes, status, attr):
    make_product("Other", sku="Taken")
    answer = send(staff, {"name": "Mango", "price": "120", **changes}, status)
    assert [error["attr"] for error in answer["errors"]] == [attr]
    assert Product.objects.count() == 1


@pytest.mark.parametrize(
    ("rights", "draft", "for_sale", "patch", "upload"),
    [
        (None, 401, 401, 401, 401),
        ("", 403, 403, 403, 403),
        ("add_product", 201, 403, 403, 403),
        ("change_product", 403, 403, 403, 403),
        ("add_product publish_product", 201, 201, 403, 403),
        ("change_product publish_product", 403, 403, 200, 403),
        ("add_importrun", 403, 403, 403, 400),
    ],
)
def test_who_may_write(client, shop_site, rights, draft, for_sale, patch, upload):
    product = make_product("Mango")
    if rights is not None:
        client.force_login(person_with(rights))
    send(client, {"name": "Draft", "price": "1", "live": False}, draft)
    send(client, {"name": "New", "price": "1", "live": True}, for_sale)
    send(client, {"price": "2"}, patch, "patch", f"{PRODUCTS}{product.pk}/")
    send(client, {"live": False}, patch, "patch", f"{PRODUCTS}{product.pk}/")
    send(client, "[]", upload, path=UPLOAD)
    seen = client.get("/api/v2/imports/1/").status_code
    assert seen == (404 if upload == 400 else upload)


def person_with(rights):
    person = User.objects.create_user("person")
    person.user_permissions.set(Permission.objects.filter(codename__in=rights.split()))
    return person


def test_who_may_not_publish_writes_drafts(client, shop_site):
    client.force_login(person_with("add_product change_product"))
    made = send(client, {"name": "New", "price": "1"}, 201)
    assert made["live"] is False
    address = f"{PRODUCTS}{made['id']}/"
    assert send(client, {"price": "2"}, 200, "patch", address)["price"] == "2.00"
    send(client, {"live": True}, 403, "patch", address)
    send(client, {"stock": 4}, 403, "patch", address)
    send(client, {"categories": [["All Products", "Not there"]]}, 403, "patch", address)
    assert not CategoryPage.objects.filter(title="Not there").exists()
    assert client.get(address).status_code == 404


def test_changing_what_is_not_there(staff):
    for pk in ("999999", 10**30):
        send(staff, {"price": "2"}, 404, "patch", f"{PRODUCTS}{pk}/")


def test_a_small_file_is_imported_while_one_waits(staff):
    file = SimpleUploadedFile("fruits.csv", FILE + b"A2,Pears,cheap,Fruits,1\n")
    answer = staff.post(f"{UPLOAD}?wait=1", {"file": file})
    assert answer.status_code == 200, answer.content
    report = answer.json()
    assert report["status"] == "done"
    assert report["rows"] == {
        "total": 2, "read": 2, "created": 1, "updated": 0, "unchanged": 0, "refused": 1,
    }  # fmt: skip
    error = report["errors"][0]
    assert (error["line"], error["sku"], error["column"]) == (3, "A2", "price")
    assert error["code"]
    assert error["detail"]
    assert staff.get(f"/api/v2/imports/{report['id']}/").json() == report
    assert staff.get(PRODUCTS, {"category": "fruits"}).json()["items"][0]["name"] == "Apples"


def test_a_file_is_put_on_the_queue(staff):
    answer = staff.post(UPLOAD, {"file": SimpleUploadedFile("fruits.csv", FILE)})
    assert answer.status_code == 202
    run = ImportRun.objects.get()
    assert answer.json() == {
        "id": run.pk,
        "status_url": f"https://shop.test/api/v2/imports/{run.pk}/",
    }
    assert staff.get(f"/api/v2/imports/{run.pk}/").json()["status"] == "waiting"


def test_the_body_may_be_the_file(staff):
    product = {"sku": "B1", "name": "Rye", "price": "65.50", "categories": [["Bakery"]]}
    report = send(staff, {"products": [product]}, 200, path=f"{UPLOAD}?wait=1")
    assert report["rows"]["created"] == 1
    raw = staff.post(f"{UPLOAD}?wait=1&dry_run=1", FILE, content_type="text/csv")
    assert (raw.status_code, raw.json()["dry_run"]) == (200, True)
    assert not Product.objects.filter(sku="A1").exists()


def test_a_file_sent_twice_with_one_key_is_imported_once(staff):
    answers = [
        staff.post(
            UPLOAD,
            {"file": SimpleUploadedFile("fruits.csv", FILE)},
            headers={"Idempotency-Key": "k"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"", b"nothing", b"sku,name\nA,B\n", b"PK\x03\x04zip", b"\xff\xfe", b"sku\x00"]
)
def test_a_file_that_cannot_be_read_is_refused_whole(staff, content):
    answer = staff.post(UPLOAD, {"file": SimpleUploadedFile("fruits.csv", content)})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "file"
    assert not ImportRun.objects.exists()


def test_an_upload_with_more_parts_than_any_form_has(staff):
    files = {f"file{n}": SimpleUploadedFile("a.csv", b"x") for n in range(150)}
    answer = staff.post(UPLOAD, files)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "parse_error")


def test_an_upload_without_a_file(staff):
    assert staff.post(UPLOAD, {"other": "x"}).json()["errors"][0]["attr"] == "file"
    assert send(staff, "{", 400, path=UPLOAD)["errors"][0]["attr"] == "file"
    assert staff.post(UPLOAD, "x", content_type="text/plain").status_code == 415
