"""Take units back that were sold: once, and never more of them than there were."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import F, Sum

from shop.core.errors import Conflict
from shop.inventory.models import Movement, Reservation, StockLevel
from shop.inventory.promises import skus_of_order
from shop.inventory.signals import availability_changed

Kind = Movement.Kind


class NotToTakeBack(Conflict):
    """More units should come back than went, or than were promised."""

    def __init__(self, variant_id: int, wanted: int, possible: int) -> None:
        super().__init__(
            "nothing_to_take_back",
            f"Only {possible} of these can go back to the shelf; the others are there already."
            if possible
            else "These are back on the shelf already.",
            field="lines",
            details=[{"variant_id": variant_id, "wanted": wanted, "possible": possible}],
        )


@transaction.atomic
def take_back(
    *, reference: str, units: Mapping[int, int], reason: str = "", actor: str = ""
) -> None:
    """Put units (variant to quantity) of an order up for sale again.

    What left the shop comes back to the shelf, at most as much as left; beyond that, what is still
    promised to the order is released. The ledger knows both. Raises NotToTakeBack.
    """
    levels = {
        level.variant_id: level
        for level in StockLevel.objects.select_for_update()
        .filter(variant_id__in=units.keys())
        .order_by("variant_id")
    }
    promised = {
        promise.variant_id: promise
        for promise in Reservation.objects.select_for_update().filter(
            reference=reference, variant_id__in=units.keys()
        )
    }
    skus = skus_of_order(reference, units)
    movements: list[Movement] = []
    turned: list[int] = []
    for variant_id, quantity in sorted(units.items()):
        promise = promised.get(variant_id)
        waiting = promise.quantity if promise else 0
        outside = _still_outside(reference, variant_id)
        if quantity > outside + waiting or variant_id not in levels:
            raise NotToTakeBack(variant_id, quantity, outside + waiting)
        returned = min(quantity, outside)
        released = quantity - returned
        level = levels[variant_id]
        on_hand_change = returned if level.tracked else 0
        StockLevel.objects.filter(variant_id=variant_id).update(
            reserved=F("reserved") - released, on_hand=F("on_hand") + on_hand_change
        )
        if promise is not None and released:
            Reservation.objects.filter(pk=promise.pk).update(quantity=F("quantity") - released)
        for kind, on_hand, reserved in _changes(returned, released, tracked=level.tracked):
            movements.append(
                Movement(
                    variant_id=variant_id,
                    sku=skus.get(variant_id, ""),
                    kind=kind,
                    on_hand_change=on_hand,
                    reserved_change=reserved,
                    reference=reference,
                    reason=reason[:200],
                    actor=actor[:150],
                )
            )
        if level.available == 0:
            turned.append(variant_id)
    Movement.objects.bulk_create(movements)
    if turned:
        availability_changed.send(sender=StockLevel, variant_ids=turned)


def _changes(returned: int, released: int, *, tracked: bool) -> Iterator[tuple[str, int, int]]:
    """Return kind, change on hand and change of promises of each line that the ledger gets."""
    if released:
        yield Kind.RELEASED, 0, -released
    if returned:
        yield Kind.RESTOCKED, returned, 0
    if returned and not tracked:
        # They came back, and nobody counts the shelf: the ledger knows both, and neither twice.
        yield Kind.CORRECTED, -returned, 0


def _still_outside(reference: str, variant_id: int) -> int:
    """Return how many units left the shop for an order and did not come back."""
    moved = Movement.objects.filter(reference=reference, variant_id=variant_id)
    left = moved.filter(kind=Kind.SHIPPED).aggregate(n=Sum("reserved_change"))["n"] or 0
    back = moved.filter(kind=Kind.RESTOCKED).aggregate(n=Sum("on_hand_change"))["n"] or 0
    return -left - back
