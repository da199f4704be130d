"""A file that must be refused leaves every table as it was."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shop.catalog.actions import start_import
from shop.core.spreadsheets import FileRefused
from shop.tests.integration.catalogue_imports import HEADER
from shop.tests.truth import everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

GOOD = f"{HEADER}\nA,Apple,10,Fruits/Red\n"

FILES = {
    "empty": b"",
    "only blank lines": b"\n\n\r\n",
    "header only": HEADER.encode(),
    "columns missing": b"sku,name\nA,Apple\n",
    "XLSX renamed": b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml" + b"\x00" * 200,
    "old Excel renamed": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 200,
    "HTML renamed": b"<!doctype html><html><body>Log in</body></html>",
    "Latin-1 after good rows": GOOD.encode() + "B,Caf\xe9,10,Drinks\n".encode("latin-1"),
    "UTF-16": GOOD.encode("utf-16"),
    "quote never closed": GOOD.encode() + b'B,"Bread,10,Bakery\nC,Cake,10,Bakery\n',
    "broken JSON after good products": b'{"products": [{"sku": "A", "name": "Apple", "price": 1,'
    b' "categories": [["Fruits"]]}, {"sku": ',
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_bad_file_is_refused_whole(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(content)
    before = everything()
    with pytest.raises(CommandError) as caught:
        call_command("import_products", path, verbosity=0)
    assert "Nothing was imported" in str(caught.value)
    with pytest.raises(FileRefused):
        start_import(file=io.BytesIO(content), filename="goods.csv")
    assert everything() == before


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_products", "/nowhere/goods.csv", verbosity=0)


def test_a_trial_run_of_the_command_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text(GOOD)
    before = everything()
    call_command("import_products", path, "--dry-run", verbosity=0)
    assert everything() == before
