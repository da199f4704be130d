"""The disk for pictures is full: whoever uploads is told so, and half a file is left nowhere."""

import errno
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.images.models import Image

from shop.core.storage import WholeFileStorage
from shop.customers.models import User
from shop.tests.factories import ShopSite, make_product

pytestmark = pytest.mark.django_db


class Half(File):
    """A file of which one half fits."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        content = b"".join(super().chunks())
        yield content[: len(content) // 2]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class FullDisk(WholeFileStorage):
    """A disk that is full in the middle of every file."""

    def _save(self, name: str, content: Any) -> str:
        return super()._save(name, Half(content))


@pytest.fixture
def full(settings: Any) -> Path:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": f"{__name__}.FullDisk"},
    }
    return Path(settings.MEDIA_ROOT)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def picture() -> SimpleUploadedFile:
    file = BytesIO()
    Pillow.new("RGB", (40, 30), "seagreen").save(file, "PNG")
    return SimpleUploadedFile("mango.png", file.getvalue(), "image/png")


def test_half_a_file_is_taken_away(full: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        default_storage.save("words.txt", ContentFile(b"0123456789"))
    assert files_in(full) == []


def test_a_file_that_stood_there_stays(full: Path) -> None:
    full.mkdir(parents=True, exist_ok=True)
    (full / "words.txt").write_text("old")
    with pytest.raises(OSError, match="No space"):
        default_storage.save("words.txt", ContentFile(b"0123456789"))
    assert [path.read_text() for path in files_in(full)] == ["old"]


def test_an_editor_is_told(full: Path, shop_site: ShopSite) -> None:
    editor = Client(raise_request_exception=False)
    editor.force_login(User.objects.create_superuser("owner", password="x"))
    answer = editor.post(
        reverse("wagtailimages:add"), {"title": "Mango", "file": picture(), "collection": 1}
    )
    assert answer.status_code == 507
    assert "disk is full" in answer.content.decode()
    assert not Image.objects.exists()
    assert files_in(full) == []


def test_the_shop_goes_on_selling(full: Path, shop_site: ShopSite, client: Client) -> None:
    make_product("Lamp", categories=[shop_site.all_products], stock=3)
    assert "Lamp" in client.get("/all-products/").content.decode()
    client.post("/cart/lines/", {"variant": "Lamp", "quantity": 1})
    assert client.get("/cart/").status_code == 200
