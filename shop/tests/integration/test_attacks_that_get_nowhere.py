"""What strangers try on any shop gets nowhere; docs/security.md names the tests of other ways."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow
from wagtail.documents.models import Document
from wagtail.images.models import Image

from shop.customers.models import User
from shop.tests.factories import ShopSite, make_product
from shop.tests.mailbox import mailbox

pytestmark = pytest.mark.django_db

ADD_PICTURE = "/admin/images/add/"
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(document.cookie)</script></svg>"


@pytest.fixture
def amina(client: Client, shop_site: ShopSite) -> User:
    person = User.objects.create_user("amina", "amina@example.org", "a-long-walk-to-mombasa")
    client.force_login(person)
    return person


def picture(side: int = 8) -> bytes:
    file = BytesIO()
    Pillow.new("RGB", (side, side)).save(file, "PNG")
    return file.getvalue()


def add_picture(admin_client: Client, name: str, content: bytes) -> list[str]:
    file = SimpleUploadedFile(name, content, "image/png")
    answer = admin_client.post(ADD_PICTURE, {"title": "Pot", "file": file, "collection": 1})
    return [] if answer.status_code == 302 else answer.context["form"].errors.get("file", ["?"])


# --- Host header ---


def test_a_name_that_is_not_the_shops_gets_no_page(client: Client, shop_site, settings) -> None:
    settings.ALLOWED_HOSTS = ["shop.test"]
    assert client.get("/all-products/", headers={"host": "shop.test"}).status_code == 200
    assert client.get("/all-products/", headers={"host": "evil.example"}).status_code == 400


def test_a_link_in_a_message_leads_to_the_shop_whatever_a_header_says(
    client: Client, shop_site, settings
) -> None:
    settings.ALLOWED_HOSTS = ["shop.test", "other.test"]
    User.objects.create_user("amina", "amina@example.org", "a-long-walk-to-mombasa")
    headers = {"host": "shop.test", "x-forwarded-host": "evil.example", "forwarded": "host=evil"}
    client.post("/account/password/reset/", {"email": "amina@example.org"}, headers=headers)
    (letter,) = mailbox()
    assert "/account/password/reset/key/" in letter.body
    assert "evil" not in letter.body


# --- Cache poisoning ---


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-forwarded-server": "evil.example", "x-host": "evil.example"},
        {"x-original-url": "/evil/", "x-rewrite-url": "/evil/"},
        {"x-http-method-override": "POST", "x-forwarded-prefix": "/evil"},
        {"accept-language": "evil", "referer": "https://evil.example/"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_what_one_visitor_sends_is_in_nobody_elses_page(
    client: Client, shop_site: ShopSite, settings: Any, headers: dict[str, str]
) -> None:
    settings.PAGE_CACHE_SECONDS = 300.0
    make_product("Clay pot", categories=[shop_site.all_products])
    poisoned = Client().get("/all-products/", headers=headers)
    clean = Client().get("/all-products/")
    assert poisoned.status_code == clean.status_code == 200
    assert "evil" not in clean.content.decode()
    assert "Clay pot" in clean.content.decode()


# --- Mass assignment ---

RIGHTS = {"is_superuser": True, "is_staff": True, "groups": [1], "is_active": False, "id": 1}
GAINED = ("is_superuser", "is_staff")


def test_a_customer_gains_no_rights_by_naming_them(client: Client, amina: User) -> None:
    sent = {"first_name": "Amina", "last_name": "Otieno", **RIGHTS, "username": "boss"}
    address, kind = "/api/v2/customers/me/", "application/json"
    client.patch(address, json.dumps(sent), content_type=kind)
    client.post("/account/profile/", sent)
    after = User.objects.get(pk=amina.pk)
    assert after.first_name == "Amina"
    assert [getattr(after, name) for name in GAINED] == [False, False]
    assert (after.username, after.is_active, after.groups.count()) == ("amina", True, 0)


def test_a_sign_up_gains_none_either(client: Client, shop_site: ShopSite) -> None:
    words = {"email": "new@example.org", "password1": "a-long-walk-to-mombasa", **RIGHTS}
    client.post("/account/signup/", words)
    made = User.objects.get(email="new@example.org")
    assert [getattr(made, name) for name in GAINED] == [False, False]
    assert made.groups.count() == 0


# --- Uploads ---


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pot.png", b"<html><script>alert(1)</script></html>"),
        ("pot.png", b"\x89PNG\r\n\x1a\n" + b"no picture at all" * 20),
        ("pot.png", picture(200)[:-80]),
        ("pot.png", b"GIF89a<script>alert(1)</script>"),
        ("pot.php", picture()),
        ("pot.html", picture()),
    ],
    ids=["page", "broken", "cut", "disguised", "program", "html"],
)
def test_what_is_no_picture_is_not_taken(
    admin_client: Client, shop_site, name: str, content: bytes
) -> None:
    assert add_picture(admin_client, name, content)
    assert not Image.objects.filter(title="Pot").exists()


def test_a_picture_that_is_too_big_is_not_taken(admin_client: Client, shop_site, settings) -> None:
    assert add_picture(admin_client, "pot.png", picture()) == []
    Image.objects.all().delete()
    assert settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE <= 16 * 1024 * 1024
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    assert add_picture(admin_client, "pot.png", picture(side=40))
    assert not Image.objects.exists()


def test_a_drawing_with_a_script_runs_nothing(
    client: Client, settings: Any, tmp_path: Any, shop_site: ShopSite
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "drawing.svg").write_bytes(SCRIPT)
    answer = client.get("/media/images/drawing.svg")
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_somebody_uploaded_is_saved_not_shown(client: Client, shop_site) -> None:
    page = SimpleUploadedFile("offer.html", b"<script>alert(1)</script>", "text/html")
    document = Document.objects.create(title="Offer", file=page)
    answer = client.get(document.url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert re.search(r"default-src 'none'", answer.headers["Content-Security-Policy"])


# --- Too often ---


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("get", "/search/?q=pot", "search"),
        ("get", "/search/suggest/?q=pot", "search"),
        ("post", "/checkout/", "checkout"),
    ],
)
def test_who_searches_or_orders_without_a_pause_waits(
    shop_site: ShopSite, settings: Any, steady_minute: Any, method: str, path: str, kind: str
) -> None:
    settings.API_RATES = {kind: {"guest": 2, "customer": 3}}
    guest = Client(REMOTE_ADDR="203.0.113.9")
    statuses = [getattr(guest, method)(path).status_code for _ in range(3)]
    assert 429 not in statuses[:2]
    refused = getattr(guest, method)(path)
    assert (statuses[2], refused.status_code) == (429, 429)
    assert refused.headers["Retry-After"] == "50"
    assert "no-store" in refused.headers["Cache-Control"]
    other = getattr(Client(REMOTE_ADDR="203.0.113.10"), method)(path)
    assert other.status_code != 429


def test_looking_at_the_checkout_is_not_ordering(shop_site, settings, steady_minute) -> None:
    settings.API_RATES = {"checkout": {"guest": 1}}
    guest = Client(REMOTE_ADDR="203.0.113.9")
    assert 429 not in [guest.get("/checkout/").status_code for _ in range(3)]


def test_a_customer_is_counted_by_account(amina: User, settings, steady_minute) -> None:
    settings.API_RATES = {"search": {"guest": 9, "customer": 1}}
    statuses = []
    for number in range(2):
        browser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        browser.force_login(amina)
        statuses.append(browser.get("/search/?q=pot").status_code)
    assert statuses == [200, 429]
