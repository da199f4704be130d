"""End what was promised to an order: its units leave the shelf, or others may buy them."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import F

from shop.inventory.models import Movement, Reservation, StockLevel
from shop.inventory.signals import availability_changed

Units = Mapping[int, int]


def lock_promised(*, reference: str) -> dict[int, StockLevel]:
    """Lock and return the stock of every variant ever promised to an order, in key order."""
    variant_ids = Reservation.objects.filter(reference=reference).values_list(
        "variant_id", flat=True
    )
    levels = StockLevel.objects.select_for_update().filter(variant_id__in=sorted(variant_ids))
    return {level.variant_id: level for level in levels.order_by("variant_id")}


@transaction.atomic
def release(
    *, reference: str, units: Units | None = None, reason: str = "", actor: str = ""
) -> None:
    """Take promises back, so that others can buy: `units` (variant to quantity), or all that are
    open. Never more than is promised, so that a second call for all changes nothing.
    """
    _settle(reference, Movement.Kind.RELEASED, units, reason=reason, actor=actor)


@transaction.atomic
def ship(*, reference: str, units: Units | None = None, reason: str = "", actor: str = "") -> None:
    """Take promised units off the shelf: `units` (variant to quantity), or all that are open.

    Never more than is promised, so that a second call for all changes nothing.
    """
    _settle(reference, Movement.Kind.SHIPPED, units, reason=reason, actor=actor)


def _settle(reference: str, kind: str, units: Units | None, *, reason: str, actor: str) -> None:
    before = lock_promised(reference=reference)
    open_promises = list(
        Reservation.objects.select_for_update()
        .filter(reference=reference, quantity__gt=0)
        .order_by("variant_id")
    )
    skus = skus_of_order(reference, before)
    back: list[int] = []
    movements = []
    for promise in open_promises:
        wanted = promise.quantity if units is None else units.get(promise.variant_id, 0)
        quantity = min(wanted, promise.quantity)
        if not quantity:
            continue
        level = before[promise.variant_id]
        leaves = kind == Movement.Kind.SHIPPED and level.tracked
        on_hand_change = -quantity if leaves else 0
        if not leaves and level.available == 0:
            back.append(promise.variant_id)
        StockLevel.objects.filter(variant_id=promise.variant_id).update(
            reserved=F("reserved") - quantity, on_hand=F("on_hand") + on_hand_change
        )
        Reservation.objects.filter(pk=promise.pk).update(quantity=F("quantity") - quantity)
        movements.append(
            Movement(
                variant_id=promise.variant_id,
                sku=skus.get(promise.variant_id, ""),
                kind=kind,
                on_hand_change=on_hand_change,
                reserved_change=-quantity,
                reference=reference,
                reason=reason[:200],
                actor=actor[:150],
            )
        )
    Movement.objects.bulk_create(movements)
    if back:
        availability_changed.send(sender=StockLevel, variant_ids=back)


def skus_of_order(reference: str, variant_ids: Iterable[int]) -> dict[int, str]:
    """Return the SKUs of these variants as they were when the order was placed."""
    placed = Movement.objects.filter(
        variant_id__in=list(variant_ids), reference=reference, kind=Movement.Kind.RESERVED
    )
    return dict(placed.order_by("pk").values_list("variant_id", "sku"))


def promised_units(*, reference: str) -> dict[int, int]:
    """Return how many units of each variant an order was promised are so still, 0 among them."""
    rows = Reservation.objects.filter(reference=reference)
    return dict(rows.values_list("variant_id", "quantity"))
