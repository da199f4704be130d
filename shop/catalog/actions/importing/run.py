"""Import a catalogue file: part by part, each part whole or not at all."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from shop.catalog.actions.figures import apply_figures, new_figures
from shop.catalog.importing.reader import Source, check_file, read_catalogue
from shop.catalog.importing.rows import CatalogueFile, CatalogueRow, RowProblem
from shop.catalog.models import ImportRun, Product
from shop.catalog.signals import products_changed
from shop.core.bulk import count_anew
from shop.core.clock import now
from shop.core.money import currency

from .changes import Plan
from .creating import create_products
from .notes import keep_notes, promised_parents
from .pictures import PictureFolder, attach_pictures
from .plan import Planner, keys_of
from .present import read_picture_hashes, read_present
from .shelves import CategoryGone, Shelves
from .updating import lock, update_products
from .warnings import warnings_for

CHUNK = 2_000
# From so many new products on, what the database knew of its tables is no guide any more.
GROWN = 1_000
ERRORS_KEPT = 10_000
DIFFERENCES_KEPT = 1_000
ATTEMPTS = 4
# Any number that no other part of the shop uses: the key of PostgreSQL's advisory lock.
IMPORT_LOCK = 7_305_221

Event = CatalogueRow | RowProblem


class TakenOver(Exception):
    """Another worker has gone on with this import; leave it to that one."""


@dataclass(slots=True)
class Part:
    """Consecutive rows of the file: the good ones, and what is wrong with the others."""

    rows: list[CatalogueRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    length: int = 0


def import_catalogue(
    run: ImportRun,
    source: Source,
    *,
    checked: CatalogueFile | None = None,
    pictures_from: Path | None = None,
    progress: Callable[[int], None] | None = None,
    until: float | None = None,
) -> ImportRun:
    """Import `source` and keep the report in `run`, which goes on where it was interrupted.

    A dry run decides the same and writes nothing but its report. `run` need not be saved.
    `progress` is told how many rows each part had; `until` is a time.monotonic() after which no
    further part begins. Raises FileRefused, writing nothing.
    """
    found = checked or check_file(source, run.filename)
    worker = _Worker(run, found, PictureFolder(pictures_from))
    for part in _parts(read_catalogue(source, run.filename, checked=found), run.rows_read):
        try:
            worker.take(part)
        except TakenOver:
            return run
        if progress:
            progress(part.length)
        if until is not None and time.monotonic() > until and run.rows_read < run.rows_total:
            return run
    worker.finish()
    return run


def wait_for_turn() -> None:
    """Let one import at a time write, so that two of them never wait for each other."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
        # A part looks up some thousand keys. The planner reads whole tables for that, and
        # so every part of a growing shop would take longer than the one before.
        cursor.execute("SET LOCAL enable_seqscan = off")


def _parts(events: Iterable[Event], skip: int) -> Iterator[Part]:
    by_row = (list(group) for _, group in groupby(events, key=lambda event: event.line))
    rest = islice(by_row, skip, None)
    while group := list(islice(rest, CHUNK)):
        part = Part(length=len(group))
        for events_of_row in group:
            first = events_of_row[0]
            if isinstance(first, CatalogueRow):
                part.rows.append(first)
            else:
                part.problems += [each for each in events_of_row if isinstance(each, RowProblem)]
        yield part


class _Worker:
    """What an import remembers from part to part."""

    def __init__(self, run: ImportRun, found: CatalogueFile, pictures: PictureFolder) -> None:
        self._run = run
        self._run.rows_total = found.rows
        self._file_warnings = found.warnings
        self._shelves = Shelves(make_missing=not run.dry_run)
        self._pictures = pictures
        # A trial that goes on where it was interrupted remembers what it has promised.
        resumed = run.dry_run and run.pk and run.rows_read
        self._promised_parents = promised_parents(run) if resumed else set[str]()
        self._reference = f"import {run.pk}" if run.pk else "import"

    def take(self, part: Part) -> None:
        """Import one part in one transaction; begin anew when somebody was in the way."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    self._wait_for_turn()
                    plan = self._plan(part.rows) if self._run.dry_run else self._write(part.rows)
                    problems = sorted(part.problems + plan.problems, key=attrgetter("line"))
                    values = self._count(part, plan, problems)
                    self._save(values)
                    if self._run.pk:
                        keep_notes(self._run, plan, problems)
                break
            except (IntegrityError, OperationalError, CategoryGone):
                # Somebody made the same SKU, moved the categories or held a lock against ours.
                self._shelves.forget()
                if attempt == ATTEMPTS:
                    raise
                time.sleep(0.1 * attempt)
        self._promised_parents |= plan.new.keys()
        for name, value in values.items():
            setattr(self._run, name, value)

    def _wait_for_turn(self) -> None:
        """Wait until no other import writes. Raises TakenOver."""
        wait_for_turn()
        run = self._run
        if run.pk and not ImportRun.objects.filter(pk=run.pk, rows_read=run.rows_read).exists():
            raise TakenOver

    def _plan(self, rows: Sequence[CatalogueRow]) -> Plan:
        present = read_present(keys_of(rows))
        with_picture = {row.sku_key for row in rows if row.image_url}
        if present.products and with_picture and self._pictures:
            read_picture_hashes(
                product for key, product in present.products.items() if key in with_picture
            )
        self._shelves.find(path for row in rows if not row.parent_sku for path in row.categories)
        planner = Planner(
            present,
            self._shelves,
            self._pictures,
            self._promised_parents if self._run.dry_run else set(),
            now(),
            explain=self._run.dry_run,
        )
        return planner.decide(rows)

    def _write(self, rows: Sequence[CatalogueRow]) -> Plan:
        """Decide, lock what exists and decide again, then write all of it."""
        plan = self._plan(rows)
        if plan.changes:
            lock(list(plan.changes.values()))
            plan = self._plan(rows)
        new, changes = list(plan.new.values()), list(plan.changes.values())
        if not new and not changes:
            return plan
        placed = {pk for product in new for pk in product.categories}
        self._shelves.hold(placed.union(*(change.categories or () for change in changes)))
        figures = new_figures()
        update_products(changes, figures, moment=now(), reference=self._reference)
        create_products(new, self._shelves, figures, reference=self._reference)
        attach_pictures(new)
        products_changed.send(
            sender=Product,
            product_ids=sorted(
                [product.pk for product in new] + [change.product.pk for change in changes]
            ),
            listed=True,
        )
        # Last, because every sale that empties a shelf waits for these rows.
        apply_figures(figures)
        return plan

    def _count(self, part: Part, plan: Plan, problems: list[RowProblem]) -> dict[str, Any]:
        """Return the report as it is after this part."""
        run = self._run
        noted = dict(Counter(run.noted) + plan.noted)
        refused_by_reader = part.length - len(part.rows)
        room = max(ERRORS_KEPT - len(run.errors), 0)
        values: dict[str, Any] = {
            "status": ImportRun.Status.RUNNING,
            "rows_total": run.rows_total,
            "rows_read": run.rows_read + part.length,
            "created": run.created + plan.created,
            "updated": run.updated + plan.updated,
            "unchanged": run.unchanged + plan.unchanged,
            "refused": run.refused + plan.refused + refused_by_reader,
            "errors_found": run.errors_found + len(problems),
            "noted": noted,
            "attempts": 0,
            "touched_at": now(),
            "warnings": [*self._file_warnings, *warnings_for(noted, currency())],
        }
        if problems and room:
            values["errors"] = run.errors + [asdict(each) for each in problems[:room]]
        room = DIFFERENCES_KEPT - len(run.differences)
        if plan.differences and room > 0:
            values["differences"] = run.differences + [
                each.as_json() for each in plan.differences[:room]
            ]
        return values

    def finish(self) -> None:
        """Close the report."""
        if self._run.created >= GROWN:
            count_anew()
        values = {"status": ImportRun.Status.DONE, "finished_at": now()}
        self._save(values)
        for name, value in values.items():
            setattr(self._run, name, value)

    def _save(self, values: dict[str, Any]) -> None:
        if self._run.pk:
            ImportRun.objects.filter(pk=self._run.pk).update(**values)
