"""A shop moves to an empty machine by one file, and nothing of it is lost."""

import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from shop.catalog.models import Variant
from shop.flows.place_order import Purchase, place_order
from shop.inventory.queries import ledger_problems
from shop.launch.backup import BackupError, archive, forget_old, restore, sealing, take
from shop.notifications.models import Message
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.tests.factories import first_variant, make_image, make_product, make_site

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

ROOT = Path(__file__).resolve().parents[3]
Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def shop(settings: Any, tmp_path: Path) -> Order:
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    (settings.VAR_DIR / "secret_key").write_text("of this install")
    settings.MEDIA_ROOT = str(settings.VAR_DIR / "media")
    site = make_site()
    mat = make_product(
        "Mkeka wa ukindu – “kubwa”",
        categories=[site.all_products],
        stock=5,
        pictures=[make_image("Mkeka")],
    )
    return order(first_variant(mat), 2)


def order(variant: Variant, units: int) -> Order:
    return place_order(
        {variant.pk: units}, Purchase(Contact("Zawadi", "0712345678"), Place("Nairobi", "Kilimani"))
    )


def rows_of(cursor: Any, names: list[str]) -> Tables:
    tables = {}
    for name in names:
        cursor.execute(f'SELECT * FROM "{name}"')
        tables[name] = sorted(cursor.fetchall(), key=repr)
    return tables


def here() -> Tables:
    """Return every row of the shop as a bare driver reads it."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        with sqlite3.connect(settings["NAME"]) as opened:
            return rows_of(opened.cursor(), names)
    with psycopg.connect(f"{server()}/{settings['NAME']}") as opened:
        return rows_of(opened.cursor(), names)


def server() -> str:
    settings = connection.settings_dict
    return f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT'] or 5432}"


@pytest.fixture
def empty_machine(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Name an empty database and an empty folder, as environment variables."""
    there = {"VAR_DIR": str(tmp_path / "there"), "SECRET_KEY": "", "REDIS_URL": ""}
    if connection.vendor == "sqlite":
        yield {**there, "DATABASE_URL": ""}
        return
    name = f"{connection.settings_dict['NAME']}_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as outside:
        outside.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {**there, "DATABASE_URL": f"{server()}/{name}"}
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            outside.execute(drop)


def there(machine: dict[str, str], names: list[str]) -> Tables:
    if machine["DATABASE_URL"]:
        with psycopg.connect(machine["DATABASE_URL"]) as opened:
            return rows_of(opened.cursor(), names)
    with sqlite3.connect(Path(machine["VAR_DIR"]) / "duka.sqlite3") as opened:
        return rows_of(opened.cursor(), names)


def manage(machine: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "settings.dev"} | machine,
        capture_output=True,
        text=True,
        timeout=300,
    )


def counted(tables: Tables) -> dict[str, int]:
    return {name: len(rows) for name, rows in tables.items()}


def test_every_table_arrives_on_an_empty_machine(
    shop: Order, tmp_path: Path, empty_machine: dict[str, str]
) -> None:
    (tmp_path / "words").write_text("a long passphrase\n")
    before = here()
    call_command("backup", tmp_path / "kept", passphrase_file=tmp_path / "words", verbosity=0)
    backup = next((tmp_path / "kept").iterdir())
    assert backup.stat().st_mode & 0o777 == 0o600
    assert b"Zawadi" not in backup.read_bytes()

    done = manage(
        empty_machine, "restore", str(backup), "--passphrase-file", str(tmp_path / "words")
    )
    assert done.returncode == 0, done.stderr
    after = there(empty_machine, list(before))
    assert counted(after) == counted(before)
    assert after == before
    assert sum(map(len, after.values())) > 100

    var = Path(empty_machine["VAR_DIR"])
    assert (var / "secret_key").read_text() == "of this install"
    pictures = {path.name for path in (tmp_path / "var/media").rglob("*") if path.is_file()}
    assert pictures
    assert {path.name for path in (var / "media").rglob("*") if path.is_file()} == pictures

    with pytest.raises(BackupError, match="--replace"):
        restore(backup, "a long passphrase")  # here, where a shop is already


def test_what_happened_after_the_backup_is_gone_and_new_rows_get_new_numbers(
    shop: Order, tmp_path: Path
) -> None:
    backup = take(tmp_path / "kept")
    before = here()
    later = order(Variant.objects.get(), 3)
    restore(backup, replace=True)
    assert here() == before
    assert Order.objects.get() == shop
    assert Message.objects.filter(order_id=later.pk).count() == 0
    assert order(Variant.objects.get(), 3).pk > shop.pk
    assert ledger_problems() == []


@pytest.mark.parametrize("passphrase", [None, "a long passphrase"])
def test_a_damaged_backup_changes_nothing(
    shop: Order, tmp_path: Path, passphrase: str | None
) -> None:
    backup = take(tmp_path / "kept", passphrase)
    whole = backup.read_bytes()
    before = here()
    middle = len(whole) // 2
    damages = [
        whole[:middle],
        whole[: len(whole) * 3 // 4],
        b"",
        b"PK\x03\x04 something else",
    ]
    if passphrase:  # without one, a bit may lie between two files, where it harms none
        damages.append(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    for damaged in damages:
        backup.write_bytes(damaged)
        with pytest.raises(BackupError):
            restore(backup, passphrase, replace=True)
    assert here() == before
    assert (tmp_path / "var/media").is_dir()


def test_the_wrong_passphrase_opens_nothing(shop: Order, tmp_path: Path) -> None:
    backup = take(tmp_path / "kept", "right one")
    for wrong in ("wrong one", None):
        with pytest.raises(BackupError):
            restore(backup, wrong, replace=True)
    open_one = take(tmp_path / "open")
    with pytest.raises(BackupError, match="not encrypted"):
        restore(open_one, "right one", replace=True)


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    for day in range(1, 6):
        (tmp_path / f"duka-2026010{day}-030000.backup").touch()
    (tmp_path / "notes.txt").touch()
    assert len(forget_old(tmp_path, 2)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "duka-20260104-030000.backup",
        "duka-20260105-030000.backup",
        "notes.txt",
    ]


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "duka.backup"
    with pytest.raises(ZeroDivisionError), archive.writing(target, None, tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_chunks_can_not_be_left_out_or_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "CHUNK", 64)
    path = tmp_path / "sealed"
    with path.open("wb") as file:
        writer = sealing.SealedWriter(file, "words")
        for number in range(10):
            writer.write(bytes([number]) * 33)
        writer.close()
    text = b"".join(bytes([number]) * 33 for number in range(10))

    def read(data: bytes) -> bytes:
        path.write_bytes(data)
        with path.open("rb") as file:
            return sealing.SealedReader(file, "words").read()

    whole = path.read_bytes()
    assert read(whole) == text
    head, one = 24, 5 + 64 + 16
    first, second = whole[head : head + one], whole[head + one : head + 2 * one]
    for other in (
        whole[:head] + second + first + whole[head + 2 * one :],
        whole[:head] + whole[head + one :],
        whole[: head + 2 * one],
    ):
        with pytest.raises(sealing.WrongPassphrase):
            read(other)


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("\n")
    with pytest.raises(CommandError, match="no passphrase"):
        call_command("backup", tmp_path / "kept", passphrase_file=tmp_path / "words")
