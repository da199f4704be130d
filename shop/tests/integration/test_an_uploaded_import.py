"""An uploaded file is imported by the queue, in turns, and safely twice."""

import io
import time

import pytest
from django_q.models import OrmQ

from shop.catalog.actions import import_catalogue, start_import
from shop.catalog.actions.importing import take_turn
from shop.catalog.actions.importing.run import CHUNK
from shop.catalog.models import ImportRun, Product
from shop.catalog.tasks import run_import
from shop.tests.integration.catalogue_imports import HEADER, counts
from shop.tests.truth import assert_lists_are_true, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]


def file_of(rows: int) -> io.BytesIO:
    lines = [HEADER, *(f"P{n},Product {n},10,Fruits/F{n % 5}" for n in range(rows))]
    return io.BytesIO("\n".join(lines).encode())


def test_a_small_file_can_be_waited_for() -> None:
    run = start_import(file=file_of(3), filename="goods.csv", wait=True)
    assert counts(run) == (3, 0, 0, 0)
    assert OrmQ.objects.count() == 0


def test_a_file_waits_on_the_queue_and_is_imported_once() -> None:
    run = start_import(file=file_of(1_500), filename="goods.csv", wait=True)
    assert (run.status, run.rows_total, run.rows_read) == (ImportRun.Status.WAITING, 1_500, 0)
    assert OrmQ.objects.count() == 1
    run_import(run.pk)
    run_import(run.pk)
    run.refresh_from_db()
    assert counts(run) == (1_500, 0, 0, 0)
    assert Product.objects.count() == 1_500


def test_a_long_import_takes_turns() -> None:
    run = start_import(file=file_of(2 * CHUNK + 500), filename="goods.csv")
    take_turn(run, seconds=1e-9)
    run.refresh_from_db()
    assert (run.status, run.rows_read, run.created) == (ImportRun.Status.RUNNING, CHUNK, CHUNK)
    assert OrmQ.objects.count() == 2
    run_import(run.pk)
    run.refresh_from_db()
    assert counts(run) == (2 * CHUNK + 500, 0, 0, 0)
    assert_lists_are_true()


def test_a_worker_that_was_overtaken_stops() -> None:
    run = start_import(file=file_of(10), filename="goods.csv")
    late = ImportRun.objects.get(pk=run.pk)
    run_import(run.pk)
    before = everything()
    with late.file.open("rb") as stream:
        import_catalogue(late, stream)
    assert everything() == before


def test_a_trial_in_the_background_keeps_its_report() -> None:
    run = start_import(file=file_of(5), filename="goods.csv", dry_run=True)
    run_import(run.pk)
    run.refresh_from_db()
    assert counts(run) == (5, 0, 0, 0)
    assert Product.objects.count() == 0


def test_a_file_that_went_away_is_told() -> None:
    run = start_import(file=file_of(5), filename="goods.csv")
    run.file.storage.delete(run.file.name)
    run_import(run.pk)
    run.refresh_from_db()
    assert run.status == ImportRun.Status.FAILED
    assert run.errors[0]["code"] == "file_missing"


def test_a_run_that_is_not_there_any_more() -> None:
    started = time.monotonic()
    run_import(4_000_000)
    assert time.monotonic() - started < 5
