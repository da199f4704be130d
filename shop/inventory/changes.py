"""Change what an order is promised: some units more of one variant, some fewer of another."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F

from shop.inventory.actions import take_units
from shop.inventory.models import Reservation, StockLevel
from shop.inventory.promises import promised_units, release


def lock_for_change(*, reference: str, variant_ids: Iterable[int]) -> None:
    """Lock the stock of what an order was promised and of what it shall be, in key order."""
    wanted = set(variant_ids) | promised_units(reference=reference).keys()
    list(
        StockLevel.objects.select_for_update()
        .filter(variant_id__in=sorted(wanted))
        .order_by("variant_id")
    )


@transaction.atomic
def change_promise(
    *,
    reference: str,
    demand: Mapping[int, int],
    skus: Mapping[int, str],
    reason: str = "",
    actor: str = "",
) -> None:
    """Promise an order exactly `demand` (variant to quantity), all or nothing.

    What it has already stays its own; only the difference is taken or given back. Raises
    InsufficientStock naming every variant that lacks units.
    """
    held = promised_units(reference=reference)
    more = {v: units - held.get(v, 0) for v, units in demand.items() if units > held.get(v, 0)}
    fewer = {v: units - demand.get(v, 0) for v, units in held.items() if units > demand.get(v, 0)}
    if fewer:
        release(reference=reference, units=fewer, reason=reason, actor=actor)
    if not more:
        return
    take_units(reference=reference, demand=more, skus=skus, actor=actor)
    for variant_id, units in sorted(more.items()):
        if variant_id in held:
            mine = Reservation.objects.filter(reference=reference, variant_id=variant_id)
            mine.update(quantity=F("quantity") + units)
    Reservation.objects.bulk_create(
        Reservation(reference=reference, variant_id=variant_id, quantity=units)
        for variant_id, units in sorted(more.items())
        if variant_id not in held
    )
