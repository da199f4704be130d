"""What else becomes of stock levels: their low-stock line, and their end."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from shop.inventory.models import Movement, StockLevel
from shop.inventory.signals import availability_changed


@transaction.atomic
def set_thresholds(lines: Mapping[int, int]) -> None:
    """Set the low-stock line of each variant (id to units)."""
    for variant_id, line in sorted(lines.items()):
        StockLevel.objects.filter(variant_id=variant_id).update(low_stock_threshold=line)


@transaction.atomic
def stop_counting(
    variant_ids: Iterable[int], *, reason: str, reference: str = "", actor: str = ""
) -> None:
    """Let these variants sell without a count again, as before their first one."""
    levels = list(
        StockLevel.objects.select_for_update()
        .filter(variant_id__in=list(variant_ids), tracked=True)
        .order_by("variant_id")
    )
    _empty(levels, reason=reason, reference=reference, actor=actor)
    sold_out = [level.variant_id for level in levels if level.available == 0]
    StockLevel.objects.filter(pk__in=[level.pk for level in levels]).update(
        tracked=False, on_hand=0
    )
    if sold_out:
        availability_changed.send(sender=StockLevel, variant_ids=sold_out)


@transaction.atomic
def forget_levels(
    variant_ids: Iterable[int], *, reason: str, reference: str = "", actor: str = ""
) -> None:
    """Close the levels of variants that nobody ever ordered and that are about to be deleted."""
    levels = list(
        StockLevel.objects.select_for_update()
        .filter(variant_id__in=list(variant_ids))
        .order_by("variant_id")
    )
    _empty(levels, reason=reason, reference=reference, actor=actor)
    StockLevel.objects.filter(pk__in=[level.pk for level in levels], reserved=0).delete()


def _empty(levels: list[StockLevel], *, reason: str, reference: str, actor: str) -> None:
    Movement.objects.bulk_create(
        [
            Movement(
                variant_id=level.variant_id,
                kind=Movement.Kind.CORRECTED,
                on_hand_change=-level.on_hand,
                reference=reference,
                reason=reason[:200],
                actor=actor[:150],
            )
            for level in levels
            if level.on_hand
        ],
        batch_size=2000,
    )
