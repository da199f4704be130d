"""Live products that no editor has published: an import, the API or the demo shop made them."""

from datetime import timedelta
from typing import Any

from wagtail.models import Revision

from shop.core.clock import now


def keep_live_until_then(product: Any, revision: Revision) -> None:
    """Give the live row a revision of its own before `revision` of it is scheduled.

    Wagtail takes an object without a live revision for one that was never published: scheduling a
    change of it would take it off the shelf, with the draft's words, until the time comes.
    """
    if not revision.content.get("go_live_at"):
        return
    rows = type(product).objects.filter(pk=product.pk, live=True, live_revision=None)
    live = rows.first()
    if live is None:
        return
    first = live.revisions.order_by("created_at").first()
    product.live_revision = Revision.objects.create(
        content_object=live,
        base_content_type=live.get_base_content_type(),
        content=live.serializable_data(),
        object_str=str(live),
        created_at=(first.created_at if first else now()) - timedelta(seconds=1),
    )
    rows.update(live_revision=product.live_revision)
