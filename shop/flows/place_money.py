"""Find the order or prompt that money is for which came with words of its payer, and settle it."""

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.db.models import Q

from shop.flows.settle_payment import EventState, Settled, look_at, settle_payment
from shop.orders.models import Order
from shop.payments import rules
from shop.payments.actions import settle
from shop.payments.actions.settle import Money
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.gateways.notices import TransferNotice
from shop.payments.models import Payment, ProviderEvent
from shop.payments.queries import amount_due, left_to_pay


def place_money(
    event: ProviderEvent,
    notice: TransferNotice,
    *,
    method: str,
    numbers: Iterable[str],
    alert: bool = True,
) -> Settled:
    """Settle money that a provider told of; `numbers` are those that may be an order's.

    With `alert` staff are told of what they must look at. Runs in the transaction of
    `in_fresh_transactions`, like `settle_payment`.
    """
    if notice.amount is None:
        return EventState.REFUSED, "It names no amount."
    wanted = [number for number in numbers if number]
    done = _placed(notice, notice.amount, method, wanted, alert)
    payment = settle.noted(notice.receipt)
    if payment is not None:
        event.payment = payment
        event.save(update_fields=["payment"])
    return done


def _placed(
    notice: TransferNotice, amount: Decimal, method: str, numbers: list[str], alert: bool
) -> Settled:
    if settle.noted(notice.receipt) is not None:
        return EventState.IGNORED, "This money was noted before."
    money = Money(amount, notice.receipt)
    asked = _asked_without_order(notice.account, amount, method)
    if asked is not None:
        return settle_payment(order_id=None, payment=asked, money=money, alert=alert)
    order = Order.objects.filter(number__in=numbers).order_by("pk").first()
    if order is None:
        stray = Payment(method=method, amount=amount, currency=settings.STORE_CURRENCY)
        settle.mark_review(stray, money, rules.UNMATCHED)
        return look_at(None, stray, receipt=notice.receipt, alert=alert)
    due = amount_due(order) if method == MPESA else left_to_pay(order)
    payment = _asked_for(order, amount, method) or Payment(
        order=order, method=method, amount=due, currency=order.currency
    )
    return settle_payment(order_id=order.pk, payment=payment, money=money, alert=alert)


def _asked_without_order(account: str, amount: Decimal, method: str) -> Payment | None:
    """Return the payment without an order whose account this is."""
    asked = rules.stray_in(account)
    if asked is None:
        return None
    return Payment.objects.filter(
        pk=asked, order=None, method=method, amount=amount, receipt=None
    ).first()


def _asked_for(order: Order, amount: Decimal, method: str) -> Payment | None:
    """Return the payment that was begun for this money.

    Daraja confirms a prompt's money like any other, perhaps before its result, or after a question
    found it and knew no receipt, be it too much by then. A transfer by bank is begun with the
    order, and nobody is asked for it.
    """
    here = Q(state__in=[Payment.State.PAID, Payment.State.PENDING], amount=amount)
    found = Q(state=Payment.State.REVIEW, received=amount) & ~Q(reason_code=rules.MISMATCH)
    begun = Payment.objects.filter(here | found, order=order, method=method, receipt=None)
    if method == MPESA:
        begun = begun.filter(asked_at__isnull=False)
    return begun.order_by("-state", "-pk").first()
