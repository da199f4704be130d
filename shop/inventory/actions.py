"""Take, give back and count stock. Every verb runs in the caller's transaction, or in its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from shop.core.bulk import insert_rows
from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.inventory.models import Movement, Reservation, StockLevel
from shop.inventory.signals import availability_changed


@dataclass(frozen=True, slots=True)
class Shortage:
    """What one variant lacks: `wanted` units, `available` units left."""

    variant_id: int
    wanted: int
    available: int


class InsufficientStock(Conflict):
    """Not enough units; `shortages` names every variant that lacks some."""

    def __init__(self, shortages: list[Shortage]) -> None:
        super().__init__("insufficient_stock", "Some of these have just sold out.")
        self.shortages = shortages


class StockBelowPromises(ShopError):
    """A count is lower than what open orders were promised."""

    def __init__(self, problems: dict[int, int]) -> None:
        super().__init__(
            "stock_below_reserved", "The count is lower than what open orders were promised."
        )
        self.problems = problems


def open_levels(variant_ids: Iterable[int]) -> None:
    """Give each variant its stock row; existing rows stay as they are."""
    StockLevel.objects.bulk_create(
        (StockLevel(variant_id=variant_id) for variant_id in variant_ids),
        ignore_conflicts=True,
        batch_size=2000,
    )


def stock_new_variants(
    counts: Mapping[int, int | None], *, skus: Mapping[int, str], reference: str = ""
) -> None:
    """Give many new variants (id to count, None: nobody counts) their stock rows and ledger lines.

    For imports: none of these variants may have a stock row yet.
    """
    moment = now()
    insert_rows(
        StockLevel,
        ("variant_id", "tracked", "on_hand"),
        [(variant_id, count is not None, count or 0) for variant_id, count in counts.items()],
    )
    insert_rows(
        Movement,
        ("variant_id", "sku", "kind", "on_hand_change", "reference", "created_at"),
        [
            (variant_id, skus[variant_id], Movement.Kind.IMPORTED.value, count, reference, moment)
            for variant_id, count in counts.items()
            if count is not None
        ],
    )


# One statement decides and takes. The new figure comes back with it, so that nobody reads between.
_TAKE = """
    UPDATE inventory_stocklevel SET reserved = reserved + %s
    WHERE variant_id = %s AND (NOT tracked OR on_hand - reserved >= %s)
    RETURNING tracked, on_hand - reserved
"""


@transaction.atomic(savepoint=False)
def reserve(*, reference: str, demand: Mapping[int, int], skus: Mapping[int, str]) -> None:
    """Promise `demand` units (variant to quantity) to an order, all or nothing.

    Raises InsufficientStock naming every variant that lacks units.
    """
    short: list[int] = []
    sold_out: list[int] = []
    with connection.cursor() as cursor:
        for variant_id, quantity in sorted(demand.items()):
            cursor.execute(_TAKE, [quantity, variant_id, quantity])
            row = cursor.fetchone()
            if row is None:
                short.append(variant_id)
            elif row[0] and row[1] == 0:
                sold_out.append(variant_id)
    if short:
        left = dict(
            StockLevel.objects.filter(variant_id__in=short).values_list(
                "variant_id", F("on_hand") - F("reserved")
            )
        )
        raise InsufficientStock([Shortage(v, demand[v], left.get(v, 0)) for v in short])
    Reservation.objects.bulk_create(
        Reservation(reference=reference, variant_id=variant_id, quantity=quantity)
        for variant_id, quantity in sorted(demand.items())
    )
    Movement.objects.bulk_create(
        Movement(
            variant_id=variant_id,
            sku=skus.get(variant_id, ""),
            kind=Movement.Kind.RESERVED,
            reserved_change=quantity,
            reference=reference,
        )
        for variant_id, quantity in sorted(demand.items())
    )
    if sold_out:
        availability_changed.send(sender=StockLevel, variant_ids=sold_out)


@transaction.atomic
def release(*, reference: str, reason: str = "", actor: str = "") -> None:
    """Take an order's open promises back, so that others can buy. A second call changes nothing."""
    _settle(reference, Movement.Kind.RELEASED, on_hand_factor=0, reason=reason, actor=actor)


@transaction.atomic
def ship(*, reference: str, actor: str = "") -> None:
    """Take an order's promised units off the shelf. A second call changes nothing."""
    _settle(reference, Movement.Kind.SHIPPED, on_hand_factor=-1, reason="", actor=actor)


def _settle(reference: str, kind: str, *, on_hand_factor: int, reason: str, actor: str) -> None:
    variant_ids = sorted(
        Reservation.objects.filter(reference=reference).values_list("variant_id", flat=True)
    )
    before = {
        level.variant_id: level
        for level in StockLevel.objects.select_for_update()
        .filter(variant_id__in=variant_ids)
        .order_by("variant_id")
    }
    open_promises = list(
        Reservation.objects.select_for_update()
        .filter(reference=reference, quantity__gt=0)
        .order_by("variant_id")
    )
    back: list[int] = []
    movements = []
    for promise in open_promises:
        level = before[promise.variant_id]
        on_hand_change = on_hand_factor * promise.quantity if level.tracked else 0
        if on_hand_change == 0 and level.available == 0:
            back.append(promise.variant_id)
        StockLevel.objects.filter(variant_id=promise.variant_id).update(
            reserved=F("reserved") - promise.quantity, on_hand=F("on_hand") + on_hand_change
        )
        movements.append(
            Movement(
                variant_id=promise.variant_id,
                kind=kind,
                on_hand_change=on_hand_change,
                reserved_change=-promise.quantity,
                reference=reference,
                reason=reason[:200],
                actor=actor[:150],
            )
        )
    Reservation.objects.filter(pk__in=[promise.pk for promise in open_promises]).update(quantity=0)
    Movement.objects.bulk_create(movements)
    if back:
        availability_changed.send(sender=StockLevel, variant_ids=back)


@transaction.atomic
def set_on_hand(
    counts: Mapping[int, int],
    *,
    kind: str = Movement.Kind.COUNTED,
    reference: str = "",
    reason: str = "",
    actor: str = "",
    announce: bool = True,
) -> list[int]:
    """Set how many units of each variant (id to count) lie on the shelf; count them from now on.

    Returns the variants whose availability turned. A caller who refreshes the listings of all these
    products anyway passes `announce=False`. Raises StockBelowPromises, writing nothing.
    """
    levels = {
        level.variant_id: level
        for level in StockLevel.objects.select_for_update()
        .filter(variant_id__in=counts.keys())
        .order_by("variant_id")
    }
    too_low = {
        variant_id: levels[variant_id].reserved
        for variant_id, count in counts.items()
        if variant_id in levels and count < levels[variant_id].reserved
    }
    if too_low:
        raise StockBelowPromises(too_low)
    changed: list[StockLevel] = []
    new: list[StockLevel] = []
    movements: list[Movement] = []
    turned: list[int] = []
    for variant_id, count in sorted(counts.items()):
        level = levels.get(variant_id) or StockLevel(variant_id=variant_id)
        if level.tracked and level.on_hand == count:
            continue
        was_available = not level.tracked or level.on_hand > level.reserved
        movements.append(
            Movement(
                variant_id=variant_id,
                kind=kind,
                on_hand_change=count - level.on_hand,
                reference=reference,
                reason=reason[:200],
                actor=actor[:150],
            )
        )
        level.on_hand, level.tracked = count, True
        if was_available != (count > level.reserved):
            turned.append(variant_id)
        (changed if variant_id in levels else new).append(level)
    StockLevel.objects.bulk_create(new, batch_size=2000)
    StockLevel.objects.bulk_update(changed, ["on_hand", "tracked"], batch_size=500)
    Movement.objects.bulk_create(movements, batch_size=2000)
    if turned and announce:
        availability_changed.send(sender=StockLevel, variant_ids=turned)
    return turned


@transaction.atomic
def adjust(
    *, variant_id: int, change: int, kind: str, reason: str, actor: str = "", reference: str = ""
) -> None:
    """Add or remove units with a reason: goods received, breakage, goods that came back.

    Raises ShopError `stock_below_reserved` when open orders were promised more than would be left.
    """
    open_levels([variant_id])
    level = StockLevel.objects.select_for_update().get(variant_id=variant_id)
    set_on_hand(
        {variant_id: level.on_hand + change},
        kind=kind,
        reason=reason,
        actor=actor,
        reference=reference,
    )
