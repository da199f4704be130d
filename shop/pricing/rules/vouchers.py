"""Vouchers: whether one counts, and what it takes off."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from shop.core.errors import Conflict, ShopError
from shop.core.money import ZERO, display, round_money

from .lines import PERCENT, VOUCHER, Cut, QuoteLine, on_top
from .spreading import spread

AMOUNT = "amount"
DELIVERY = "delivery"


def code_key(code: str) -> str:
    """Return the form under which a code is unique: without regard to case or spaces."""
    return "".join(unicodedata.normalize("NFKC", code).casefold().split())


@dataclass(frozen=True, slots=True)
class VoucherTerms:
    """What a voucher takes off which products, and when; `uses` are those made so far."""

    id: int
    code: str
    kind: str
    value: Decimal = ZERO
    minimum: Decimal | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    active: bool = True
    limit: int | None = None
    limit_per_customer: int | None = None
    on_sale_items: bool = True
    combinable: bool = False
    everything: bool = True
    product_ids: frozenset[int] = frozenset()
    uses: int = 0
    own_uses: int = 0

    def fits(self, line: QuoteLine) -> bool:
        """Tell whether it counts for a line, whose offers are taken off already."""
        return (
            (self.everything or line.product_id in self.product_ids)
            and (self.on_sale_items or not line.on_sale)
            and (self.combinable or not line.discount)
        )


@dataclass(frozen=True, slots=True)
class VoucherUse:
    """What became of a voucher in a quote; with a `problem` it takes nothing off."""

    code: str
    id: int | None = None
    kind: str = ""
    amount: Decimal = ZERO
    limited: bool = False
    problem: ShopError | None = None

    @property
    def free_delivery(self) -> bool:
        """Tell whether the way costs nothing."""
        return self.problem is None and self.kind == DELIVERY


class VoucherRefused(ShopError):
    """The voucher does not count here; the message says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message, field="voucher")


class VoucherUsedUp(Conflict):
    """The voucher was used as often as it may be."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message, field="voucher")


def unknown(code: str) -> ShopError:
    """Say that there is no such voucher."""
    return VoucherRefused(
        "unknown_voucher", f"There is no voucher “{code[:40]}”. Check how it is written."
    )


def refusal(terms: VoucherTerms, moment: datetime) -> ShopError | None:
    """Return why a voucher does not count at all now; None if it does."""
    if not terms.active or (terms.ends_at is not None and moment >= terms.ends_at):
        return VoucherRefused("voucher_expired", f"The voucher {terms.code} has expired.")
    if terms.starts_at is not None and moment < terms.starts_at:
        return VoucherRefused("voucher_not_yet", f"The voucher {terms.code} does not count yet.")
    if terms.limit is not None and terms.uses >= terms.limit:
        return VoucherUsedUp("voucher_used_up", f"The voucher {terms.code} is used up.")
    if terms.limit_per_customer is not None and terms.own_uses >= terms.limit_per_customer:
        return VoucherUsedUp(
            "voucher_used_by_you", f"You have used the voucher {terms.code} already."
        )
    return None


def with_voucher(
    lines: Sequence[QuoteLine], terms: VoucherTerms, moment: datetime
) -> tuple[list[QuoteLine], VoucherUse]:
    """Return the lines with the voucher taken off, and what became of it.

    What it takes off in all is rounded once and spread over the lines that it fits.
    """
    bases = {line.variant_id: line.net for line in lines if terms.fits(line)}
    base = sum(bases.values(), ZERO)
    problem = refusal(terms, moment) or _does_not_fit(terms, bool(bases), base)
    limited = terms.limit is not None or terms.limit_per_customer is not None
    if problem is not None:
        use = VoucherUse(terms.code, terms.id, terms.kind, limited=limited, problem=problem)
        return list(lines), use
    amount = min(_amount(terms, base), base)
    shares = spread(amount, bases)
    reduced = [
        on_top(line, Cut(VOUCHER, terms.id, terms.code, shares.get(line.variant_id, ZERO)))
        for line in lines
    ]
    return reduced, VoucherUse(terms.code, terms.id, terms.kind, amount, limited)


def _amount(terms: VoucherTerms, base: Decimal) -> Decimal:
    if terms.kind == PERCENT:
        return round_money(base * terms.value / 100)
    return round_money(terms.value) if terms.kind == AMOUNT else ZERO


def _does_not_fit(terms: VoucherTerms, fits: bool, base: Decimal) -> ShopError | None:
    if not fits:
        return VoucherRefused(
            "voucher_not_for_these",
            f"The voucher {terms.code} counts for none of these things"
            + ("." if terms.combinable else ", or an offer makes them cheaper already."),
        )
    if terms.minimum is not None and base < terms.minimum:
        return VoucherRefused(
            "voucher_minimum",
            f"The voucher {terms.code} counts from {display(terms.minimum)}; the things that it is"
            f" for come to {display(base)}.",
        )
    return None
