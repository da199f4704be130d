"""Pictures are everybody's; what staff uploaded beside them is not."""

from pathlib import Path

import pytest
from django.test import Client


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    root = tmp_path / "media"
    for name in ("images/mango.png", "imports/2026/11/catalogue.csv", "documents/prices.txt"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_bytes(b"content")
    return root


def test_pictures_are_shown(client: Client, db: None, media: Path) -> None:
    shown = client.get("/media/images/mango.png")
    assert b"".join(shown.streaming_content) == b"content"


@pytest.mark.parametrize(
    "path",
    [
        "imports/2026/11/catalogue.csv",
        "./imports/2026/11/catalogue.csv",
        "images/../imports/2026/11/catalogue.csv",
        "/imports/2026/11/catalogue.csv",
        "documents/prices.txt",
        "images/none.png",
        "images/",
        "a%00b",
    ],
)
def test_nothing_else_is(client: Client, db: None, media: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404
