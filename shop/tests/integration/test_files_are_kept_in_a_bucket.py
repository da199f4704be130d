"""With MEDIA_STORAGE_URL pictures and documents lie in a bucket, and no web node keeps a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.documents.models import Document

from settings import env, scale
from shop.catalog.queries.pictures import _own_disk
from shop.catalog.tasks import prepare_pictures
from shop.tests.factories import ShopSite, make_image, make_product
from shop.tests.fakes.provider_server import Reply
from shop.tests.fakes.s3 import FakeS3, fake_s3

pytestmark = pytest.mark.django_db

CDN = "https://cdn.shop.test/files"


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeS3]:
    with fake_s3() as fake:
        url = f"s3://key:se%2Fcret@duka?endpoint={fake.url}&region=af-south-1&public={CDN}"
        monkeypatch.setattr(env, "MEDIA_STORAGE_URL", url)
        settings.STORAGES = {**settings.STORAGES, "default": scale.media_storage()}
        _own_disk.cache_clear()  # a process has one storage for life
        yield fake
        _own_disk.cache_clear()


def kept_here(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_picture_is_cut_and_shown_from_there(
    bucket: FakeS3, settings: Any, shop_site: ShopSite, client: Client
) -> None:
    image = make_image("Mango", size=(300, 200))
    prepare_pictures(image.pk)
    make_product("Mango", pictures=[image], categories=[shop_site.all_products])
    assert "duka/media/original_images/Mango.png" in bucket.objects
    assert any(name.startswith("duka/media/images/Mango") for name in bucket.objects)
    assert f"{CDN}/media/images/Mango" in client.get("/all-products/").content.decode()
    assert bucket.signed == {True}
    assert kept_here(settings) == []


def test_the_same_name_twice_is_two_files(bucket: FakeS3) -> None:
    names = [default_storage.save("words.txt", ContentFile(text)) for text in (b"one", b"two")]
    assert [default_storage.open(name).read() for name in names] == [b"one", b"two"]
    default_storage.delete(names[0])
    assert not default_storage.exists(names[0])


def test_a_document_goes_through_the_shop_that_asks_for_rights(
    bucket: FakeS3, client: Client
) -> None:
    document = Document(title="Price list")
    document.file.save("prices.pdf", ContentFile(b"%PDF-1.4 secret"))
    document.save()
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 secret"


def test_a_bucket_that_is_away_leaves_nothing_half_made(bucket: FakeS3) -> None:
    bucket.broken = Reply(507, b"")
    with pytest.raises((BotoCoreError, ClientError)):
        default_storage.save("words.txt", ContentFile(b"words"))
    assert bucket.objects == {}


def test_browsers_may_fetch_pictures_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "MEDIA_STORAGE_URL", f"s3://bucket?public={CDN}")
    assert scale.media_origins() == ["https://cdn.shop.test"]
    monkeypatch.setattr(env, "MEDIA_STORAGE_URL", "s3://bucket?endpoint=http://minio:9000")
    assert scale.media_origins() == ["http://minio:9000"]
    monkeypatch.setattr(env, "MEDIA_STORAGE_URL", "s3://bucket")
    assert urlsplit(scale.media_origins()[0]).hostname == "bucket.s3.amazonaws.com"
    monkeypatch.setattr(env, "MEDIA_STORAGE_URL", "")
    assert scale.media_origins() == []
