"""What a changed order means for its money: some goes back, or the rest is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shop.core.errors import Conflict
from shop.core.money import ZERO, display, whole_units
from shop.flows.alert_people import alert_people
from shop.flows.refund_outcome import note_in_timeline
from shop.inventory.promises import promised_units
from shop.orders.models import Order, OrderEvent
from shop.payments import actions as payments
from shop.payments.actions import refunds
from shop.payments.gateways import GATEWAYS
from shop.payments.models import Payment, Refund, RefundLine
from shop.payments.queries import is_in_review, on_its_way, taken_of

Standing = Order.PaymentStatus
REASON = "The order was changed and costs less"


@dataclass(frozen=True, slots=True)
class Money:
    """What is to go back to the customer, or what is left for them to pay.

    `rings` is the phone that is asked for the rest as soon as the change is saved.
    """

    goes_back: Decimal = ZERO
    left: Decimal = ZERO
    rings: str = ""

    @property
    def words(self) -> str:
        """It in a sentence for the customer; empty where nothing is to be done."""
        if self.goes_back:
            return f"{display(self.goes_back)} goes back to you."
        return f"{display(self.left)} is left to pay." if self.left else ""


def require_repriceable(order: Order, units: Mapping[int, int]) -> None:
    """Refuse to price a locked order anew while its money or its goods are on the move.

    Raises Conflict `payment_under_way`, `payment_in_review`, `money_went_back`, `partly_given_up`
    or `payment_unknown`.
    """
    _require_quiet(order)
    if is_in_review(order.pk):
        raise Conflict(
            "payment_in_review",
            "Money for this order came and does not fit. Settle that first, under Money.",
        )
    if order.payment_status in (Standing.REFUNDED, Standing.PARTLY_REFUNDED) or (
        RefundLine.objects.filter(refund__payment__order=order).exists()
    ):
        raise Conflict(
            "money_went_back",
            "Money of this order went back, or is about to. Its goods and delivery stay as they"
            " are; place a new order for what else is wanted.",
        )
    promised = promised_units(reference=order.number)
    if {variant: held for variant, held in promised.items() if held} != dict(units):
        raise Conflict(
            "partly_given_up",
            "Some of this order was given up before. Its goods stay as they are; place a new order"
            " for what else is wanted.",
        )
    if order.payment_status == Standing.PAID and order.payable > 0 and not _taken(order):
        raise Conflict(
            "payment_unknown",
            "Nobody noted the money that paid this order, so nothing can be set off against it.",
        )


def _require_quiet(order: Order) -> None:
    if on_its_way(order.pk).exists():
        raise Conflict(
            "payment_under_way",
            "A payment of this order is being made on a phone. Please wait until it is answered.",
        )


def _taken(order: Order) -> Decimal:
    return taken_of([order.pk]).get(order.pk, ZERO)


def standing_after(before: Order, order: Order) -> str:
    """Return whether an order is paid at its new total, as `payment_status` says it."""
    if before.payment_status == Standing.PAID and not order.payable:
        return Standing.PAID
    taken = _taken(order)
    return Standing.PAID if taken and taken >= order.payable else Standing.UNPAID


def settle_edit(*, before: Order, order: Order, actor: str) -> Money:
    """Do what the new total of a locked order asks for; its row says already how it stands.

    Money on top becomes refunds that people send; what is missing is begun as a new payment.
    """
    taken = _taken(order)
    if order.payment_status == Standing.PAID:
        payments.cancel_unsent(order_id=order.pk)
        _note_standing(before, order, f"{display(taken)} came before", actor)
        return Money(goes_back=_give_back(order, taken - order.payable, actor))
    left = order.total - taken
    was_open = payments.pending(order_id=order.pk) is not None
    payments.cancel_unsent(order_id=order.pk)
    # A worker that was about to ask a phone may have been quicker.
    _require_quiet(order)
    _note_standing(before, order, f"{display(left)} is left to pay", actor)
    rings = ""
    if left > 0 and (was_open or before.payment_status == Standing.PAID or not before.payable):
        asked = payments.start(
            order_id=order.pk,
            method=order.payment_method,
            amount=left,
            currency=order.currency,
            phone=str(order.phone or ""),
        )
        rings = str(asked.phone) if asked else ""
    return Money(left=left if taken else ZERO, rings=rings)


def _note_standing(before: Order, order: Order, text: str, actor: str) -> None:
    if order.payment_status != before.payment_status:
        # The books count an order on the day on which the last of its money came.
        order.events.filter(kind=Standing.PAID).update(kind="paid_before")
        OrderEvent.objects.create(
            order=order, kind=order.payment_status, text=text, actor=actor[:150]
        )


def _give_back(order: Order, surplus: Decimal, actor: str) -> Decimal:
    """Write down what people are to send back, of the largest payment first; returns how much."""
    paid = Payment.objects.select_for_update().filter(order=order, state=Payment.State.PAID)
    gone = ZERO
    for payment in sorted(paid.order_by("pk"), key=lambda each: -each.refundable):
        amount = _movable(payment, min(surplus - gone, payment.refundable))
        if amount <= 0:
            continue
        payment.order = order
        refund = refunds.promise(
            payment, amount=amount, reason=REASON, actor=actor[:150], state=Refund.State.BY_HAND
        )
        note_in_timeline(refund, "refund_requested", f"{display(amount)} {REASON}", actor)
        gone += amount
    if gone:
        alert_people(
            f"Send {display(gone)} back to the buyer of order {order.readable_number}: {REASON}."
        )
    return gone


def _movable(payment: Payment, amount: Decimal) -> Decimal:
    """Return what of an amount the provider can move; less than a shilling stays."""
    if amount <= 0 or GATEWAYS[payment.method].payable(amount) == amount:
        return amount
    whole = whole_units(amount)
    return whole if whole <= amount else whole - 1
