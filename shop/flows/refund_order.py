"""Give money back: all of it, an amount, or some units of an order's lines.

Whoever asks first is served: order and payment are locked, and what is promised to go back counts
as gone, so that two refunds at once never give back more than came.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from shop.core.errors import Conflict, ShopError
from shop.core.money import ZERO, display
from shop.flows.refund_outcome import finish, note_in_timeline
from shop.inventory.returns import take_back
from shop.orders.models import Order, OrderLine
from shop.payments.actions import refunds
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment, Refund, RefundLine
from shop.payments.queries import paid_payment, refunded_units
from shop.payments.refund_rules import cost_of_units


@dataclass(frozen=True, slots=True)
class RefundedLine:
    """Units of a line of the order; with `restock` they can be sold again at once."""

    line_id: int
    quantity: int
    restock: bool = False


@dataclass(frozen=True, slots=True)
class _Wish:
    amount: Decimal | None
    lines: Sequence[RefundedLine]
    reason: str
    actor: str
    reference: str
    key: str | None


def refund_order(
    *,
    order_id: int,
    amount: Decimal | None = None,
    lines: Sequence[RefundedLine] = (),
    reason: str = "",
    actor: str = "",
    reference: str = "",
    key: str | None = None,
) -> Refund:
    """Give back money of the payment that paid an order, as `refund_payment` does.

    Raises Conflict `not_paid` where none paid it, or all went back.
    """
    payment = paid_payment(order_id)
    if payment is None:
        raise Conflict("not_paid", "No money of this order can go back: none came, or all went.")
    return refund_payment(
        payment_id=payment.pk,
        amount=amount,
        lines=lines,
        reason=reason,
        actor=actor,
        reference=reference,
        key=key,
    )


def refund_payment(
    *,
    payment_id: int,
    amount: Decimal | None = None,
    lines: Sequence[RefundedLine] = (),
    reason: str = "",
    actor: str = "",
    reference: str = "",
    key: str | None = None,
) -> Refund:
    """Give back `amount`, what `lines` cost, or else all that is left; returns the refund.

    Also money that people must look at can go back: what came twice, or after the goods were gone.
    With `reference` the money went back by hand before and is only noted. Otherwise the worker asks
    the provider, and where it cannot be asked, the refund waits for people as `by_hand`. The same
    `key` finds the refund that it made before. Raises Conflict `not_paid`, `nothing_left`,
    `refund_too_large`, `too_many_units` or `nothing_to_take_back`, or ShopError `amount_or_lines`,
    `unknown_line`, `invalid_quantity`, `invalid_amount` or `whole_units_only`; in each case nothing
    is written.
    """
    wish = _Wish(amount, lines, reason.strip()[:200], actor[:150], reference.strip()[:64], key)
    if made := _made_by(key):
        return made
    try:
        with transaction.atomic():
            return _refund(payment_id, wish)
    except (Conflict, IntegrityError):
        # The same wish, sent twice at once: the other one has just been served.
        if made := _made_by(key):
            return made
        raise


def _made_by(key: str | None) -> Refund | None:
    return Refund.objects.filter(key=key).first() if key else None


def _refund(payment_id: int, wish: _Wish) -> Refund:
    _check(wish)
    payment = Payment.objects.get(pk=payment_id)
    sold = _lines_of(payment.order_id, wish)
    order = _locked_order(payment.order_id, sold, wish)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    payment.order = order
    parts = _priced(payment, sold, wish)
    refund = refunds.promise(
        payment,
        amount=_amount(payment, parts, wish),
        reason=wish.reason,
        actor=wish.actor,
        key=wish.key,
    )
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund,
            order_line_id=line.line_id,
            quantity=line.quantity,
            amount=cost,
            restocked=line.restock,
        )
        for line, cost in parts
    )
    if wish.reference:
        finish(refund, reference=wish.reference, actor=wish.actor)
        return refund
    note_in_timeline(
        refund,
        "refund_requested",
        " ".join(filter(None, [display(refund.amount), wish.reason])),
        wish.actor,
    )
    refunds.hand_on(refund)
    return refund


def _check(wish: _Wish) -> None:
    if wish.amount is not None and wish.lines:
        raise ShopError("amount_or_lines", "Name an amount or lines, not both.", field="amount")
    named = Counter(line.line_id for line in wish.lines)
    if any(line.quantity < 1 for line in wish.lines) or any(n > 1 for n in named.values()):
        raise ShopError(
            "invalid_quantity", "Name each line once, with one unit or more.", field="lines"
        )


def _lines_of(order_id: int | None, wish: _Wish) -> dict[int, OrderLine]:
    lines = OrderLine.objects.filter(order=order_id, pk__in=[line.line_id for line in wish.lines])
    sold = {line.pk: line for line in lines}
    if len(sold) < len(wish.lines):
        raise ShopError("unknown_line", "This is no line of the order.", field="lines")
    return sold


def _locked_order(order_id: int | None, sold: dict[int, OrderLine], wish: _Wish) -> Order | None:
    """Lock the order, after the units that come back: stock is locked first, here as everywhere."""
    if order_id is None:
        return None
    back: Counter[int] = Counter()
    for line in wish.lines:
        if line.restock:
            back[sold[line.line_id].variant_id] += line.quantity
    if back:
        number = Order.objects.values_list("number", flat=True).get(pk=order_id)
        take_back(reference=number, units=back, reason=wish.reason, actor=wish.actor)
    return Order.objects.select_for_update().get(pk=order_id)


def _priced(
    payment: Payment, sold: dict[int, OrderLine], wish: _Wish
) -> list[tuple[RefundedLine, Decimal]]:
    """Return each wish with what its units cost, less what was taken off them."""
    before = refunded_units(payment.order_id) if wish.lines else {}
    priced = []
    for line in wish.lines:
        of, gone = sold[line.line_id], before.get(line.line_id, 0)
        if gone + line.quantity > of.quantity:
            raise Conflict(
                "too_many_units",
                f"{of.name}: {of.quantity} sold, {gone} of them paid back before.",
                field="lines",
            )
        net = of.line_total - of.discount
        priced.append((line, cost_of_units(net, of.quantity, gone, line.quantity)))
    return priced


def _amount(payment: Payment, parts: list[tuple[RefundedLine, Decimal]], wish: _Wish) -> Decimal:
    if wish.amount is not None:
        return wish.amount
    if not parts:
        return payment.refundable
    cost = sum((cost for _line, cost in parts), ZERO)
    # In the provider's units, which may be coarser: the last part is what is left.
    whole = GATEWAYS[payment.method].payable(cost) if cost else cost
    return min(whole, payment.refundable)
