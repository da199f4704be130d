"""What the shop tells its staff by itself: imports that broke off, shelves that run empty."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from shop.catalog.models import ImportRun, Variant
from shop.core.queue import enqueue_after_commit
from shop.inventory.signals import Dip
from shop.notifications.actions.alert import NobodyToTell, alert_staff

logger = logging.getLogger(__name__)

TASK = "shop.notifications.tasks.tell_of_dips"
# One alert names so many variants; the list in the admin has them all.
MOST_NAMED = 10


def tell_of_broken_import(*, run: ImportRun, reason: str) -> None:
    """Alert staff that an import must be looked at."""
    text = _("The import of %(file)s broke off. %(reason)s See %(link)s") % {
        "file": run.filename,
        "reason": reason,
        "link": f"{settings.WAGTAILADMIN_BASE_URL}/admin/imports/{run.pk}/",
    }
    _tell(text, "warning")


def queue_dips(dips: Sequence[Dip]) -> None:
    """Let a worker tell of these, for whoever caused them is buying and should not wait."""
    enqueue_after_commit(TASK, [(dip.variant_id, dip.available) for dip in dips])


def tell_of_dips(left: Sequence[tuple[int, int]]) -> None:
    """Alert staff of variants (id, units left) that fell to their low-stock line."""
    units = dict(left)
    variants = list(
        Variant.objects.filter(pk__in=units).select_related("product").order_by("sku_key")
    )
    if not variants:
        return
    lines = [
        _("%(sku)s %(name)s: %(units)d left")
        % {
            "sku": variant.sku,
            "name": " ".join(filter(None, [variant.product.name, variant.options_text])),
            "units": units[variant.pk],
        }
        for variant in variants[:MOST_NAMED]
    ]
    if len(variants) > MOST_NAMED:
        lines.append(_("and %d more") % (len(variants) - MOST_NAMED))
    _tell("\n".join([_("Running low:"), *lines]), "info")


def _tell(text: str, level: str) -> None:
    try:
        alert_staff(text=text, level=level, actor=_("the shop itself"))
    except NobodyToTell:
        logger.warning("nobody to tell: %s", text)
