"""What is true at every moment of every history, and what is true once all news has come."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from shop.fulfilment import rules as parcels
from shop.fulfilment.models import Shipment, ShipmentLine
from shop.inventory.models import Movement, Reservation, StockLevel
from shop.inventory.queries import ledger_problems
from shop.invoicing.models import TaxDocument
from shop.notifications.models import Message
from shop.orders import rules
from shop.orders.models import Order, OrderLine
from shop.payments.models import Payment, ProviderEvent, Refund, ReviewStep
from shop.payments.queries import left_to_pay
from shop.payments.reconciliation import desk
from shop.pricing.models import Redemption
from shop.tests.fakes.africastalking import FakeAfricasTalking
from shop.tests.histories.outside import Outside

State = Payment.State
CAME = (State.PAID, State.REVIEW)


def stock_adds_up() -> None:
    """No level is below zero; ledger, levels and promises say the same."""
    assert ledger_problems() == []
    for level in StockLevel.objects.filter(tracked=True):
        assert 0 <= level.reserved <= level.on_hand, level


def goods_are_in_one_place(order: Order) -> None:
    """What is promised to an order, in its parcels and gone agrees; the cancelled has nothing."""
    reserved = Counter(
        dict(
            Reservation.objects.filter(reference=order.number).values_list("variant_id", "quantity")
        )
    )
    gone = _units(order, parcels.GONE)
    moved = Movement.objects.filter(reference=order.number)
    left: Counter[int] = Counter()
    for variant_id, change in moved.filter(kind="shipped").values_list(
        "variant_id", "reserved_change"
    ):
        left[variant_id] -= change
    back = Counter(
        dict(
            moved.filter(kind="restocked")
            .values_list("variant_id")
            .annotate(n=Sum("on_hand_change"))
            .order_by()
        )
    )
    assert +gone == +left, f"{order}: parcels took {gone}, the ledger says {left}"
    assert not +(back - left), f"{order}: more came back than left"
    if order.status == rules.CANCELLED:
        assert not +reserved, f"{order} is cancelled and holds {reserved}"
        assert not +left, f"{order} is cancelled and left"
        assert not Shipment.objects.going().filter(order=order).exists()
    elif order.status == rules.PLACED:
        assert not +left
        assert not +(reserved - _ordered(order))
    else:
        # What was refunded before it left stays in its parcel until somebody takes that up.
        assert not +(reserved - _units(order, parcels.STAYING)), f"{order}: promised, in no parcel"
        going = Shipment.objects.going().filter(order=order).values_list("status", flat=True)
        if going:
            assert parcels.order_status(list(going)) == order.status


def _units(order: Order, statuses: frozenset[str]) -> Counter[int]:
    lines = ShipmentLine.objects.filter(shipment__order=order, shipment__status__in=statuses)
    units: Counter[int] = Counter()
    for variant_id, quantity in lines.values_list("order_line__variant_id", "quantity"):
        units[variant_id] += quantity
    return units


def _ordered(order: Order) -> Counter[int]:
    units: Counter[int] = Counter()
    for variant_id, quantity in OrderLine.objects.filter(order=order).values_list(
        "variant_id", "quantity"
    ):
        units[variant_id] += quantity
    return units


def paid_is_what_came(order: Order) -> None:
    """An order's word about its money is the sum of its payments less its refunds."""
    paid = Payment.objects.filter(order=order, state=State.PAID)
    came = sum((payment.received or payment.amount for payment in paid), Decimal(0))
    done = Refund.objects.filter(payment__in=paid, state=Refund.State.DONE)
    back = sum((refund.amount for refund in done), Decimal(0))
    word = Order.PaymentStatus(order.payment_status)
    if word == Order.PaymentStatus.UNPAID:
        assert left_to_pay(order) > 0, f"{order}: {came} came, but it is unpaid"
    elif word == Order.PaymentStatus.PAID:
        assert came > 0
        # What an order costs less since it was changed goes back, and it stays paid.
        assert back == 0 or came - back >= order.payable, f"{order}: paid, but {back} went back"
        accepted = ReviewStep.objects.filter(payment__in=paid, kind=ReviewStep.Kind.ACCEPTED)
        if not accepted.exists() and not order.events.filter(kind="changed").exists():
            # Ways to pay round to the shilling.
            assert abs(came - back - order.total) < 1, f"{order}: {came} for {order.total}"
    elif word == Order.PaymentStatus.PARTLY_REFUNDED:
        assert 0 < back < came, f"{order}: {back} of {came} went back"
    else:
        assert 0 < came <= back, f"{order}: {back} of {came} went back"


def the_timeline_tells(order: Order) -> None:
    """What was written of an order, line by line, leads to what it says of itself."""
    lines = list(order.events.order_by("pk").values_list("kind", flat=True))
    moves = [rules.PLACED, *("placed" if k == "reopened" else k for k in lines)]
    assert [k for k in moves if k in rules.MOVES][-1] == order.status, f"{order}: {lines}"
    money = [Order.PaymentStatus.UNPAID, *lines]
    assert [k for k in money if k in Order.PaymentStatus][-1] == order.payment_status, lines


def its_voucher_counts(order: Order) -> None:
    """A voucher is used by an order that lives, and free again after one that was cancelled."""
    for use in Redemption.objects.filter(reference=order.number):
        free = use.given_back_at is not None
        assert free == (order.status == rules.CANCELLED), f"{order}: {use.voucher.code}"


def numbers_have_no_gaps() -> None:
    """Invoices and credit notes count on without a gap."""
    given: dict[tuple[str, int], list[int]] = defaultdict(list)
    for series, year, sequence in TaxDocument.objects.order_by("sequence").values_list(
        "series", "year", "sequence"
    ):
        given[series, year].append(sequence)
    for name, numbers in given.items():
        assert numbers == list(range(1, len(numbers) + 1)), f"{name}: {numbers}"


def refunds_stay_within() -> None:
    """Nothing goes back that did not come, and promised refunds are counted."""
    for payment in Payment.objects.filter(state__in=CAME):
        promised = payment.refunds.exclude(state=Refund.State.FAILED).aggregate(n=Sum("amount"))
        assert payment.refunded == (promised["n"] or 0), payment
        assert payment.refundable >= 0, payment


def money_is_not_dreamt(outside: Outside, *, complete: bool = False) -> None:
    """What the shop notes really came, each once; `complete`: all that came is noted."""
    noted = list(Payment.objects.filter(state__in=CAME))
    unnamed: Counter[Decimal] = Counter(outside.by_hand)
    named = {payment.receipt: payment for payment in noted if payment.receipt}
    for receipt, payment in named.items():
        assert outside.came.get(receipt) == (payment.received or payment.amount), payment
    for receipt, amount in outside.came.items():
        if receipt not in named:
            unnamed[amount] += 1
    others = Counter(p.received or p.amount for p in noted if not p.receipt)
    assert not others - unnamed, f"noted but never came: {others - unnamed}"
    if complete:
        assert others == unnamed, f"came but never noted: {unnamed - others}"


def more_never_went_back_than_came(outside: Outside) -> None:
    """Daraja never sent more of a receipt back than came with it."""
    for receipt, amount in outside.sent_back().items():
        assert amount <= outside.came[receipt], f"{receipt}: {amount} went back"


def mails_leave_once(sent: Iterable[Any]) -> None:
    """No mailbox got one message twice."""
    left = Counter((mail.to[0], mail.subject) for mail in sent)
    mails = Message.objects.filter(channel="email").values_list("recipient", "subject")
    assert not left - Counter(mails), f"sent more often than written: {left - Counter(mails)}"


def messages_leave_once(sms: FakeAfricasTalking, seen: int) -> None:
    """No phone got the words of one message twice."""
    sent = Counter((r.form["to"], r.form["message"]) for r in sms.requests[seen:])
    written = Counter(Message.objects.filter(channel="sms").values_list("recipient", "body"))
    assert not sent - written, f"sent more often than written: {sent - written}"


def the_desk_shows_all() -> None:
    """Money that people must look at, or that belongs to who paid, is on the desk until closed."""
    came = Payment.objects.filter(state__in=CAME).select_related("order")
    closed = ReviewStep.objects.filter(kind=ReviewStep.Kind.CLOSED).values("payment")
    left = {p.pk: p for p in came.exclude(pk__in=closed) if p.refundable > 0}
    held = {pk for pk, p in left.items() if p.state == State.REVIEW or p.order is None}
    assert set(desk.open_reviews().values_list("pk", flat=True)) == held
    owed = {
        pk
        for pk, p in left.items()
        if p.state == State.PAID and p.order is not None and p.order.status == rules.CANCELLED
    }
    assert set(desk.money_of_cancelled_orders().values_list("pk", flat=True)) == owed


def nothing_is_left_open() -> None:
    """Once all news has come, no payment, refund or event waits for the network."""
    assert not Payment.objects.filter(state=State.PENDING, asked_at__isnull=False).exists()
    waiting = (Refund.State.REQUESTED, Refund.State.SENT)
    assert not Refund.objects.filter(state__in=waiting).exists()
    assert not ProviderEvent.objects.filter(state=ProviderEvent.State.NEW).exists()
    assert not Message.objects.filter(state__in=["due", "sending"]).exists()
    crashed = ProviderEvent.objects.filter(outcome="It could not be applied.")
    assert not crashed.exists()
