"""Imports that somebody uploads: kept as a run, worked on by the queue in short turns."""

import time
from datetime import timedelta
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.db import DatabaseError, transaction
from django.db.models import F, Q

from shop.catalog.importing.reader import check_file
from shop.catalog.models import ImportRun
from shop.catalog.signals import import_failed
from shop.core.clock import now
from shop.core.errors import Conflict
from shop.core.queue import enqueue_after_commit
from shop.core.spreadsheets import FileRefused

from .run import import_catalogue
from .shelves import CategoryGone

TASK = "shop.catalog.tasks.run_import"
UNDO_TASK = "shop.catalog.tasks.undo_import"
# A task is ended after 50 seconds (settings: Q_CLUSTER), so a long import takes turns.
TURN_SECONDS = 20
AT_ONCE = 1_000
# So many turns in a row that finish no row, and the import is given up.
MOST_TURNS = 4
# No turn is silent for so long: its task was lost, or its worker was killed.
LOST_AFTER = timedelta(minutes=3)
# How long an import can be undone, and its rows be read.
KEPT_FOR = timedelta(days=30)


def start_import(
    *,
    file: BinaryIO,
    filename: str,
    user: Any = None,
    dry_run: bool = False,
    wait: bool = False,
) -> ImportRun:
    """Take a catalogue file and put its import on the queue; returns the run to look at.

    With `wait` a file under 1,000 rows is imported before this returns. Raises FileRefused,
    writing nothing, when the file must be refused as a whole.
    """
    checked = check_file(file, filename)
    file.seek(0)
    run = ImportRun(
        filename=filename[-255:],
        dry_run=dry_run,
        started_by=user,
        rows_total=checked.rows,
        warnings=list(checked.warnings),
    )
    at_once = wait and checked.rows < AT_ONCE
    with transaction.atomic():
        run.file.save(f"catalogue.{checked.format}", File(file), save=True)
        if not at_once:
            enqueue_after_commit(TASK, run.pk)
    if at_once:
        take_turn(run, seconds=None)
    return run


def import_for_real(run: ImportRun, *, user: Any = None) -> ImportRun:
    """Import the file of a finished trial; returns the new run. Raises Conflict."""
    if not (run.dry_run and run.status == ImportRun.Status.DONE and run.file):
        raise Conflict("not_a_trial", "Only a file that was tried to its end can be imported so.")
    try:
        with run.file.open("rb") as stream:
            return start_import(file=cast(BinaryIO, stream), filename=run.filename, user=user)
    except FileNotFoundError:
        raise Conflict("file_missing", "The file is no longer there; give it again.") from None


def go_on(run: ImportRun) -> None:
    """Let an import that broke off go on behind its last finished row. Raises Conflict."""
    again = ImportRun.objects.filter(
        pk=run.pk, status=ImportRun.Status.FAILED, undo=ImportRun.Undo.NEVER
    ).exclude(file="")
    with transaction.atomic():
        if not again.update(
            status=ImportRun.Status.WAITING, attempts=0, touched_at=now(), finished_at=None
        ):
            raise Conflict("not_broken_off", "This import did not break off.")
        enqueue_after_commit(TASK, run.pk)
    run.refresh_from_db()


def take_turn(run: ImportRun, *, seconds: float | None = TURN_SECONDS) -> None:
    """Go on with an import for a while; the queue calls again until it is done.

    Safe to run twice, and at the same time: each part is counted in the transaction that writes it.
    """
    if not run.at_work:
        return
    if not begin_turn(run):
        _fail(run, "gave_up", "The import broke off again and again, always at the same place.")
        return
    until = time.monotonic() + seconds if seconds else None
    try:
        with run.file.open("rb") as stream:
            import_catalogue(run, cast(BinaryIO, stream), until=until)
    except FileRefused as error:
        _close(run, ImportRun.Status.REFUSED, error.code, error.message)
    except FileNotFoundError:
        _fail(run, "file_missing", "The uploaded file is no longer there.")
    except (DatabaseError, CategoryGone):
        _fail(run, "database_refused", "The database refused the same rows four times.")
    if run.status == ImportRun.Status.RUNNING:
        enqueue_after_commit(TASK, run.pk)


def begin_turn(run: ImportRun) -> bool:
    """Count a turn before it begins, for a worker may be killed in it; False after too many."""
    counted = ImportRun.objects.filter(pk=run.pk, attempts__lt=MOST_TURNS)
    return bool(counted.update(attempts=F("attempts") + 1, touched_at=now()))


def sweep_imports() -> int:
    """Queue again what the queue has lost; returns how many."""
    lost = ImportRun.objects.filter(touched_at__lt=now() - LOST_AFTER).filter(
        Q(status__in=[ImportRun.Status.WAITING, ImportRun.Status.RUNNING])
        | Q(undo__in=[ImportRun.Undo.WAITING, ImportRun.Undo.RUNNING])
    )
    runs = list(lost.defer("errors", "differences"))
    for run in runs:
        ImportRun.objects.filter(pk=run.pk).update(touched_at=now())
        enqueue_after_commit(TASK if run.at_work else UNDO_TASK, run.pk)
    return len(runs)


def _fail(run: ImportRun, code: str, detail: str) -> None:
    after = f" after row {run.rows_read:,}" if run.rows_read else " before its first row was in"
    _close(run, ImportRun.Status.FAILED, code, f"{detail} It stopped{after}.")
    import_failed.send(sender=ImportRun, run=run, reason=run.errors[-1]["detail"])


def _close(run: ImportRun, status: str, code: str, detail: str) -> None:
    run.status = status
    run.finished_at = now()
    run.errors_found += 1
    run.errors = [*run.errors, {"line": 0, "sku": "", "column": "", "code": code, "detail": detail}]
    run.save(update_fields=["status", "finished_at", "errors_found", "errors"])
