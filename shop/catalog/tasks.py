"""Work of the catalogue that waits for nobody."""

import logging
from time import monotonic

from django.db.models import Count, Q
from wagtail.images.models import Filter, Image

from shop.catalog.actions import importing
from shop.catalog.actions.shelving import apply_sold_out_choice
from shop.catalog.actions.turned_sales import refresh_turned_sales
from shop.catalog.models import ImportedRow, ImportRun
from shop.catalog.pictures import KINDS
from shop.catalog.queries.pictures import UNREADABLE
from shop.core.clock import now

logger = logging.getLogger(__name__)


SPECS = tuple(dict.fromkeys(spec for kind in KINDS for spec in kind.specs))
# A queue that makes pictures for longer would let an order's SMS wait.
SECONDS = 25.0


def prepare_new_pictures(seconds: float = SECONDS) -> int:
    """Make the missing sizes of images, the newest first, for some seconds; returns how many.

    Run by the clock rather than once an image: an upload of hundreds stays one task, and what a
    crash left out is made a minute later.
    """
    until = monotonic() + seconds
    unfinished = (
        Image.objects.exclude(file__iendswith=".svg")
        .annotate(made=Count("renditions", filter=Q(renditions__filter_spec__in=SPECS)))
        .filter(made__lt=len(SPECS))
        .order_by("-pk")
    )
    done = 0
    for pk in unfinished.values_list("pk", flat=True).iterator(chunk_size=500):
        if monotonic() > until:
            break
        try:
            prepare_pictures(pk)
            done += 1
        except UNREADABLE as problem:
            logger.info("picture %s cannot be read: %s", pk, problem)
    return done


def prepare_pictures(image_id: int) -> None:
    """Make every size that pages use of an image; a second run makes nothing."""
    image = Image.objects.filter(pk=image_id).first()
    if image is None or image.is_svg():
        return
    # All sizes are cut around the same focal point; those cut around an older one go.
    key = Filter(spec=SPECS[0]).get_cache_key(image)
    for outdated in image.renditions.filter(filter_spec__in=SPECS).exclude(focal_point_key=key):
        outdated.delete()
    image.get_renditions(*SPECS)


def turn_sales() -> int:
    """List products under their new price whose sale has just begun or ended."""
    return refresh_turned_sales()


def see_to_sold_out() -> int:
    """Let sold out products leave the lists, or come back, after the shop chose anew."""
    return apply_sold_out_choice()


def run_import(import_id: int) -> None:
    """Go on with an uploaded import; a second run finds nothing left to do."""
    run = ImportRun.objects.filter(pk=import_id).first()
    if run is not None:
        importing.take_turn(run)


def undo_import(import_id: int) -> None:
    """Go on with undoing an import; a second run finds nothing left to do."""
    run = ImportRun.objects.filter(pk=import_id).first()
    if run is not None:
        importing.take_undo_turn(run)


def sweep_imports() -> int:
    """Queue imports again whose worker went away; returns how many."""
    return importing.sweep_imports()


def forget_rows_of_imports() -> int:
    """Forget the rows of imports that can no longer be undone; returns how many."""
    old = ImportedRow.objects.filter(run__created_at__lt=now() - importing.KEPT_FOR)
    return old._raw_delete(old.db)
