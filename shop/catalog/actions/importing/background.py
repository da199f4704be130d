"""Imports that somebody uploads: kept as a run, worked on by the queue in short turns."""

import time
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.db import transaction

from shop.catalog.importing.reader import check_file
from shop.catalog.importing.rows import CatalogueFileError
from shop.catalog.models import ImportRun
from shop.core.clock import now
from shop.core.queue import enqueue_after_commit

from .run import import_catalogue

TASK = "shop.catalog.tasks.run_import"
# A task is ended after 50 seconds (settings: Q_CLUSTER), so a long import takes turns.
TURN_SECONDS = 20
AT_ONCE = 1_000


def start_import(
    *,
    file: BinaryIO,
    filename: str,
    user: Any = None,
    dry_run: bool = False,
    wait: bool = False,
) -> ImportRun:
    """Take a catalogue file and put its import on the queue; returns the run to look at.

    With `wait` a file under 1,000 rows is imported before this returns. Raises CatalogueFileError,
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


def take_turn(run: ImportRun, *, seconds: float | None = TURN_SECONDS) -> None:
    """Go on with an import for a while; the queue calls again until it is done.

    Safe to run twice, and at the same time: each part is counted in the transaction that writes it.
    """
    if run.status not in {ImportRun.Status.WAITING, ImportRun.Status.RUNNING}:
        return
    if run.dry_run:
        # It keeps in mind which products it would have made, so it begins anew.
        _begin_anew(run)
    until = time.monotonic() + seconds if seconds and not run.dry_run else None
    try:
        with run.file.open("rb") as stream:
            import_catalogue(run, cast(BinaryIO, stream), until=until)
    except CatalogueFileError as error:
        _close(run, ImportRun.Status.REFUSED, error.code, error.message)
    except FileNotFoundError:
        _close(
            run, ImportRun.Status.FAILED, "file_missing", "The uploaded file is no longer there."
        )
    if run.status == ImportRun.Status.RUNNING:
        enqueue_after_commit(TASK, run.pk)


def _begin_anew(run: ImportRun) -> None:
    for name in ("rows_read", "created", "updated", "unchanged", "refused", "errors_found"):
        setattr(run, name, 0)
    run.errors, run.differences, run.noted = [], [], {}
    run.save()


def _close(run: ImportRun, status: str, code: str, detail: str) -> None:
    run.status = status
    run.finished_at = now()
    run.errors_found += 1
    run.errors = [*run.errors, {"line": 0, "sku": "", "column": "", "code": code, "detail": detail}]
    run.save()
