"""Undo an import row by row; what somebody has changed since stays and is listed."""

import time
from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, transaction

from shop.catalog.actions.drafts import drafts_follow
from shop.catalog.actions.figures import Figures, apply_figures, new_figures
from shop.catalog.actions.listings import relist
from shop.catalog.actions.products import update_product
from shop.catalog.models import ImportedRow, ImportRun, Product, ProductPicture, Variant
from shop.catalog.signals import import_failed, products_changed
from shop.core.clock import now
from shop.core.errors import Conflict
from shop.core.queue import enqueue_after_commit
from shop.inventory.levels import forget_levels, stop_counting
from shop.inventory.models import StockLevel

from .background import AT_ONCE, KEPT_FOR, TURN_SECONDS, UNDO_TASK, begin_turn
from .run import wait_for_turn
from .taking_back import Decider, Outcome, Reversal
from .updating import update_products

# Deleting a product takes its page, its lists and its links along: some milliseconds each.
PART = 200
Undo = ImportRun.Undo


class CannotUndo(Conflict):
    """There is nothing to undo about this import, or no longer."""


def can_undo(run: ImportRun) -> bool:
    """Tell whether an import has rows that could be taken back."""
    over = run.status in {ImportRun.Status.DONE, ImportRun.Status.FAILED}
    return (
        over
        and not run.dry_run
        and run.undo == Undo.NEVER
        and bool(run.created or run.updated)
        and run.created_at > now() - KEPT_FOR
        and _open_rows(run).exists()
    )


def start_undo(run: ImportRun, *, user: Any = None, wait: bool = False) -> ImportRun:
    """Put the undoing of an import on the queue; with `wait` a short one is done at once.

    Raises CannotUndo.
    """
    if not can_undo(run):
        raise CannotUndo(
            "cannot_undo",
            "This import cannot be undone: it wrote nothing, is undone already, or is too old.",
        )
    at_once = wait and run.created + run.updated < AT_ONCE
    moment = now()
    with transaction.atomic():
        first = ImportRun.objects.filter(pk=run.pk, undo=Undo.NEVER).update(
            undo=Undo.WAITING,
            undone_by=user,
            undo_began_at=moment,
            touched_at=moment,
            attempts=0,
        )
        if not first:
            raise CannotUndo("cannot_undo", "Somebody else is undoing this import.")
        if not at_once:
            enqueue_after_commit(UNDO_TASK, run.pk)
    run.refresh_from_db()
    if at_once:
        take_undo_turn(run, seconds=None)
        run.refresh_from_db()
    return run


def take_undo_turn(run: ImportRun, *, seconds: float | None = TURN_SECONDS) -> None:
    """Go on undoing for a while; the queue calls again until it is done. Safe to run twice."""
    if not run.undo_at_work:
        return
    if not begin_turn(run):
        _give_up(run)
        return
    until = time.monotonic() + seconds if seconds else None
    try:
        while _take_part(run):
            if until is not None and time.monotonic() > until:
                enqueue_after_commit(UNDO_TASK, run.pk)
                return
    except DatabaseError:
        _give_up(run)
        return
    ImportRun.objects.filter(pk=run.pk, undo__in=[Undo.WAITING, Undo.RUNNING]).update(
        undo=Undo.DONE, undo_finished_at=now()
    )


def _give_up(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk).update(undo=Undo.FAILED, undo_finished_at=now())
    reason = f"Undoing it stopped after {run.undone + run.kept:,} rows."
    import_failed.send(sender=ImportRun, run=run, reason=reason)


def _open_rows(run: ImportRun) -> Any:
    return ImportedRow.objects.filter(
        run=run,
        outcome=Outcome.OPEN,
        result__in=[ImportedRow.Result.CREATED, ImportedRow.Result.UPDATED],
        product_id__isnull=False,
    )


def _take_part(run: ImportRun) -> bool:
    """Undo the last rows that are left, in one transaction; False when there are none."""
    with transaction.atomic():
        wait_for_turn()
        # Backwards: variants that were added go before the product that they were added to.
        rows = list(_open_rows(run).order_by("-pk")[:PART])
        if not rows:
            return False
        _lock(rows)
        reversal = Decider(run, rows).decide()
        _write(run, reversal)
        for row, outcome, reason in reversal.outcomes:
            row.outcome, row.reason = outcome, reason
        ImportedRow.objects.bulk_update(rows, ["outcome", "reason"], batch_size=500)
        kept = sum(row.outcome == Outcome.KEPT for row in rows)
        run.undo, run.kept = Undo.RUNNING, run.kept + kept
        run.undone += len(rows) - kept
        run.attempts, run.touched_at = 0, now()
        run.save(update_fields=["undo", "kept", "undone", "attempts", "touched_at"])
    return True


def _lock(rows: Sequence[ImportedRow]) -> None:
    """Lock stock by variant, then products, as orders and editors do."""
    ids = sorted({row.product_id for row in rows if row.product_id})
    variants = Variant.objects.filter(product__in=ids).values_list("pk", flat=True)
    levels = StockLevel.objects.select_for_update().filter(variant_id__in=sorted(variants))
    list(levels.order_by("variant_id").values_list("pk"))
    products = Product.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    list(products.order_by("pk").values_list("pk"))


def _write(run: ImportRun, reversal: Reversal) -> None:
    assert run.undo_began_at is not None  # noqa: S101
    figures = new_figures()
    reference = f"undo of import {run.pk}"
    changed = {pk for pk in reversal.changes if pk not in reversal.deleted}
    stop_counting(reversal.uncounted, reason="import undone", reference=reference)
    update_products(
        [reversal.changes[pk] for pk in sorted(changed)],
        figures,
        moment=run.undo_began_at,
        reference=reference,
    )
    changed |= _write_variants(run, reversal, figures, reference)
    _delete(reversal, reference)
    for pk in sorted(reversal.unpublished):
        update_product(product_id=pk, changes={"live": False})
    if changed:
        products_changed.send(sender=Product, product_ids=sorted(changed), listed=True)
    apply_figures(figures)


def _write_variants(
    run: ImportRun, reversal: Reversal, figures: Figures, reference: str
) -> set[int]:
    """Take out variants and pictures that the import added, and bring retired ones back."""
    owners = set(
        Variant.objects.filter(pk__in=reversal.variants).values_list("product_id", flat=True)
    ) | set(
        ProductPicture.objects.filter(pk__in=reversal.pictures).values_list("product_id", flat=True)
    )
    owners -= reversal.deleted
    if not owners:
        return owners
    forget_levels(reversal.variants, reason="import undone", reference=reference)
    with drafts_follow(owners):
        Variant.objects.filter(pk__in=reversal.variants).delete()
        ProductPicture.objects.filter(pk__in=reversal.pictures).delete()
        for product_id, values in reversal.revived.items():
            Variant.objects.create(product_id=product_id, **values)
        Product.objects.filter(pk__in=owners).update(updated_at=run.undo_began_at)
    relist(sorted(owners), figures)
    return owners


def _delete(reversal: Reversal, reference: str) -> None:
    if not reversal.deleted:
        return
    variants = Variant.objects.filter(product__in=reversal.deleted)
    forget_levels(
        variants.values_list("pk", flat=True), reason="import undone", reference=reference
    )
    Product.objects.filter(pk__in=reversal.deleted).delete()
