"""Take, give back and count stock. Every verb runs in the caller's transaction, or in its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from shop.core.bulk import insert_rows
from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.inventory.models import Movement, Reservation, StockLevel
from shop.inventory.signals import Dip, availability_changed, stock_fell_low, stock_refused


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
    RETURNING tracked, on_hand - reserved, low_stock_threshold
"""


@transaction.atomic(savepoint=False)
def reserve(*, reference: str, demand: Mapping[int, int], skus: Mapping[int, str]) -> None:
    """Promise `demand` units (variant to quantity) to an order, all or nothing.

    Raises InsufficientStock naming every variant that lacks units.
    """
    take_units(reference=reference, demand=demand, skus=skus)
    Reservation.objects.bulk_create(
        Reservation(reference=reference, variant_id=variant_id, quantity=quantity)
        for variant_id, quantity in sorted(demand.items())
    )


@transaction.atomic(savepoint=False)
def take_units(
    *, reference: str, demand: Mapping[int, int], skus: Mapping[int, str], actor: str = ""
) -> None:
    """Take `demand` units off what others may buy; the caller notes to whom they are promised.

    Raises InsufficientStock naming every variant that lacks units.
    """
    short: list[int] = []
    sold_out: list[int] = []
    low: dict[int, tuple[int, int]] = {}
    with connection.cursor() as cursor:
        for variant_id, quantity in sorted(demand.items()):
            cursor.execute(_TAKE, [quantity, variant_id, quantity])
            row = cursor.fetchone()
            if row is None:
                short.append(variant_id)
            elif row[0]:
                _tracked, left, threshold = row
                if left == 0:
                    sold_out.append(variant_id)
                # Of all buyers exactly one takes the unit that crosses the line.
                if left <= threshold < left + quantity:
                    low[variant_id] = left, threshold
    if short:
        rest = dict(
            StockLevel.objects.filter(variant_id__in=short).values_list(
                "variant_id", F("on_hand") - F("reserved")
            )
        )
        shortages = [Shortage(v, demand[v], rest.get(v, 0)) for v in short]
        stock_refused.send(InsufficientStock, shortages=shortages)
        raise InsufficientStock(shortages)
    movements = Movement.objects.bulk_create(
        Movement(
            variant_id=variant_id,
            sku=skus.get(variant_id, ""),
            kind=Movement.Kind.RESERVED,
            reserved_change=quantity,
            reference=reference,
            actor=actor[:150],
        )
        for variant_id, quantity in sorted(demand.items())
    )
    if sold_out:
        availability_changed.send(sender=StockLevel, variant_ids=sold_out)
    _tell_low(low, movements)


def _tell_low(low: Mapping[int, tuple[int, int]], movements: Iterable[Movement]) -> None:
    """Tell which movements brought stock down to its line (variant to units left, and the line)."""
    dips = [
        Dip(movement.pk, movement.variant_id, *low[movement.variant_id])
        for movement in movements
        if movement.variant_id in low
    ]
    if dips:
        stock_fell_low.send(sender=StockLevel, dips=dips)


@transaction.atomic
def reserve_again(*, reference: str, demand: Mapping[int, int], skus: Mapping[int, str]) -> None:
    """Promise to an order once more what was released. A second call changes nothing.

    Raises InsufficientStock.
    """
    levels = StockLevel.objects.select_for_update().filter(variant_id__in=demand.keys())
    list(levels.order_by("variant_id"))
    before = Reservation.objects.filter(reference=reference)
    if before.filter(quantity__gt=0).exists():
        return
    before.delete()
    reserve(reference=reference, demand=demand, skus=skus)


@transaction.atomic
def set_on_hand(
    counts: Mapping[int, int],
    *,
    kind: str = Movement.Kind.COUNTED,
    reference: str = "",
    reason: str = "",
    actor: str = "",
    skus: Mapping[int, str] | None = None,
    announce: bool = True,
) -> list[int]:
    """Set how many units of each variant (id to count) lie on the shelf; count them from now on.

    `skus` name them in the ledger. Returns the variants whose availability turned. A caller who
    refreshes the listings of all these products anyway passes `announce=False`. Raises
    StockBelowPromises, writing nothing.
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
    low: dict[int, tuple[int, int]] = {}
    for variant_id, count in sorted(counts.items()):
        level = levels.get(variant_id) or StockLevel(variant_id=variant_id)
        if level.tracked and level.on_hand == count:
            continue
        was_available = not level.tracked or level.on_hand > level.reserved
        movements.append(
            Movement(
                variant_id=variant_id,
                sku=(skus or {}).get(variant_id, ""),
                kind=kind,
                on_hand_change=count - level.on_hand,
                reference=reference,
                reason=reason[:200],
                actor=actor[:150],
            )
        )
        left, line = count - level.reserved, level.low_stock_threshold
        if left <= line and not (level.tracked and level.on_hand - level.reserved <= line):
            low[variant_id] = left, line
        level.on_hand, level.tracked = count, True
        if was_available != (count > level.reserved):
            turned.append(variant_id)
        (changed if variant_id in levels else new).append(level)
    StockLevel.objects.bulk_create(new, batch_size=2000)
    StockLevel.objects.bulk_update(changed, ["on_hand", "tracked"], batch_size=500)
    Movement.objects.bulk_create(movements, batch_size=2000)
    if turned and announce:
        availability_changed.send(sender=StockLevel, variant_ids=turned)
    _tell_low(low, movements)
    return turned


@transaction.atomic
def adjust(
    *,
    variant_id: int,
    change: int,
    kind: str,
    reason: str,
    actor: str = "",
    reference: str = "",
    sku: str = "",
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
        skus={variant_id: sku},
    )
