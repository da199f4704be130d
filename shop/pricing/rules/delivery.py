"""Which ways of delivery reach a place, and what they cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.core.money import ZERO

# Why a way costs nothing though its rate says something else.
FREE_FROM = "free_from"
BY_VOUCHER = "voucher"


@dataclass(frozen=True, slots=True)
class Point:
    """A place where buyers fetch their order."""

    id: int
    name: str
    address: str
    hours: str

    @property
    def words(self) -> str:
        """The point in one line, as an order keeps it."""
        return ", ".join(filter(None, [self.name, self.address, self.hours]))


@dataclass(frozen=True, slots=True)
class Rate:
    """One row of the delivery rates; weights in kg."""

    code: str
    name: str
    description: str
    needs_address: bool
    regions: tuple[str, ...]
    price: Decimal
    free_from: Decimal | None
    max_weight: Decimal | None = None
    from_value: Decimal = ZERO
    zone: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """A way to bring these lines to this place, and its fee; `rate` is the row that counts.

    `why` says why the fee is not the rate's price.
    """

    rate: Rate
    fee: Decimal
    why: str = ""
    points: tuple[Point, ...] = ()

    @property
    def code(self) -> str:
        return self.rate.code

    @property
    def name(self) -> str:
        return self.rate.name

    @property
    def description(self) -> str:
        return self.rate.description

    @property
    def needs_address(self) -> bool:
        return self.rate.needs_address


def delivery_options(
    rates: Sequence[Rate],
    *,
    region: str,
    subtotal: Decimal,
    weight: Decimal = ZERO,
    free: bool = False,
    points: Mapping[str, Sequence[Point]] | None = None,
) -> list[DeliveryOption]:
    """Return what reaches a place, in the rates' order; `free` by a voucher.

    A method's rates for a zone that names the place win over its rates for everywhere else. Of
    these the highest order value that is reached counts, then the lowest weight that suffices;
    what is heavier than all of them is not carried.
    """
    named: dict[str, list[Rate]] = {}
    elsewhere: dict[str, list[Rate]] = {}
    for rate in rates:
        elsewhere.setdefault(rate.code, [])
        if _names(rate.regions, region):
            named.setdefault(rate.code, []).append(rate)
        elif not rate.regions:
            elsewhere[rate.code].append(rate)
    options = []
    for code, others in elsewhere.items():
        fitting = _fitting(named.get(code, others), subtotal, weight)
        if fitting is not None:
            fee, why = _fee(fitting, subtotal, free=free)
            options.append(DeliveryOption(fitting, fee, why, tuple((points or {}).get(code, ()))))
    return options


def _names(regions: Iterable[str], region: str) -> bool:
    wanted = region.strip().casefold()
    return bool(wanted) and any(name.casefold() == wanted for name in regions)


def _fitting(rates: Iterable[Rate], subtotal: Decimal, weight: Decimal) -> Rate | None:
    fitting = [
        rate
        for rate in rates
        if subtotal >= rate.from_value and (rate.max_weight is None or weight <= rate.max_weight)
    ]
    return min(
        fitting,
        key=lambda rate: (-rate.from_value, rate.max_weight is None, rate.max_weight or ZERO),
        default=None,
    )


def _fee(rate: Rate, subtotal: Decimal, *, free: bool) -> tuple[Decimal, str]:
    if rate.free_from is not None and subtotal >= rate.free_from:
        return ZERO, FREE_FROM
    if free and rate.price:
        return ZERO, BY_VOUCHER
    return rate.price, ""
