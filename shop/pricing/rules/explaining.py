"""How a quote came about, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shop.core.money import ZERO, display

from .delivery import BY_VOUCHER, FREE_FROM, DeliveryOption
from .lines import VOUCHER, QuoteLine
from .quotes import Quote

PRICE = "price"
WAY = "delivery"
TAX = "tax"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that made the total what it is; all but `tax`, which is contained, add up to it."""

    kind: str
    name: str
    why: str
    amount: Decimal


def explained(quote: Quote) -> list[Step]:
    """Return which price, offer, voucher, delivery rate and VAT rate counted, and why."""
    steps = [step for line in quote.lines for step in _line(line)]
    if quote.voucher is not None and quote.voucher.problem is not None:
        steps.append(Step(VOUCHER, quote.voucher.code, quote.voucher.problem.message, ZERO))
    if quote.delivery is not None:
        steps.append(Step(WAY, quote.delivery.name, _rate(quote.delivery), quote.delivery_fee))
    return [
        *steps,
        *(
            Step(TAX, row.tax_class, f"{row.percent} % of {display(row.gross)}, contained", row.tax)
            for row in quote.taxes
        ),
    ]


def _line(line: QuoteLine) -> Iterator[Step]:
    sale = f", on sale instead of {display(line.list_price)}" if line.on_sale else ""
    yield Step(PRICE, line.name, f"{line.quantity} x {display(line.unit_price)}{sale}", line.total)
    for cut in line.cuts:
        yield Step(cut.kind, cut.name, f"Off {line.name}", -cut.amount)


def _rate(option: DeliveryOption) -> str:
    rate = option.rate
    parts = [f"Zone {rate.zone}"]
    if rate.max_weight is not None:
        parts.append(f"up to {rate.max_weight.normalize():f} kg")
    if rate.from_value:
        parts.append(f"orders from {display(rate.from_value)}")
    if option.why == FREE_FROM and rate.free_from is not None:
        parts.append(f"free from {display(rate.free_from)}")
    if option.why == BY_VOUCHER:
        parts.append(f"{display(rate.price)} paid by the voucher")
    return ", ".join(parts)
