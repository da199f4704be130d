"""Make something of what providers said: results of payments and refunds, money that came."""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.db.models import Q

from shop.flows.place_money import place_money
from shop.flows.refund_outcome import apply_result, leave_open, locked
from shop.flows.settle_payment import EventState, Settled, end_prompt, settle_payment
from shop.flows.settle_payment import in_fresh_transactions as settled
from shop.orders.models import Order
from shop.orders.rules import CANCELLED
from shop.payments import rules
from shop.payments.actions import events, settle
from shop.payments.actions.settle import Money
from shop.payments.gateways import GATEWAYS, notices
from shop.payments.gateways.answer import MONEY, RefundResult, Result
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.gateways.notices import TransferNotice
from shop.payments.models import Payment, ProviderEvent, Refund
from shop.payments.queries import amount_due
from shop.payments.reconciliation.rules import order_numbers_in
from shop.payments.refund_rules import LATE

NOT_READ = (EventState.REFUSED, "It could not be read.")


def apply_provider_event(*, event_id: int) -> None:
    """Apply one event. Safe to run twice, also at the same moment."""
    if not events.begin_to_apply(event_id):
        return

    def apply() -> None:
        event = ProviderEvent.objects.select_for_update().get(pk=event_id)
        if event.state == EventState.NEW:
            events.close(event, *APPLY[ProviderEvent.Kind(event.kind)](event))

    settled(apply)


def _apply_result(event: ProviderEvent) -> Settled:
    payment = event.payment
    result = GATEWAYS[payment.method].read(event) if payment is not None else None
    if payment is None or not isinstance(result, Result):
        return NOT_READ
    return _apply_to(payment, result)


def _apply_notice(event: ProviderEvent) -> Settled:
    """Apply what came at an address that all payments of a provider share."""
    result = GATEWAYS[event.provider].read(event)
    event.about = result.request_id if result is not None else ""
    if isinstance(result, RefundResult):
        refund = Refund.objects.filter(provider_id=result.request_id).first()
        if refund is None:
            return EventState.IGNORED, "It is about no refund of this shop."
        _name(event, refund.payment_id, refund)
        return apply_result(refund.pk, result)
    if result is None:
        return EventState.REFUSED, "Nobody can tell that the provider said this."
    if not result.code:
        return EventState.IGNORED, "It changes nothing."
    names = Q(provider_id=result.request_id) | Q(notify_token=result.merchant_id)
    payment = Payment.objects.filter(names, method=event.provider).first()
    if payment is None:
        return EventState.IGNORED, "It is about no payment of this shop."
    _name(event, payment.pk)
    return _apply_to(payment, replace(result, merchant_id=""))


def _name(event: ProviderEvent, payment_id: int, refund: Refund | None = None) -> None:
    event.payment_id, event.refund = payment_id, refund
    event.save(update_fields=["about", "payment", "refund"])


def _apply_refund(event: ProviderEvent) -> Settled:
    refund, payment = event.refund, event.payment
    result = GATEWAYS[payment.method].read(event) if payment is not None else None
    if refund is None or not isinstance(result, RefundResult):
        return NOT_READ
    return apply_result(refund.pk, result)


def _apply_late(event: ProviderEvent) -> Settled:
    """Daraja did not get to a refund in time: whether the money went is for people to see."""
    refund = locked(event.refund_id or 0)
    if refund.state not in (Refund.State.REQUESTED, Refund.State.SENT):
        return EventState.IGNORED, f"The refund was {refund.get_state_display().lower()} before."
    leave_open(refund, LATE)
    return EventState.REVIEW, refund.problem


def _apply_to(payment: Payment, result: Result) -> Settled:
    if not _ours(payment, result):
        return EventState.REFUSED, "It names another request than the one that was sent."
    done = _settle_result(payment, result)
    # The result came before the answer to the request, or that answer was lost. Written last: the
    # order is locked before its payments.
    Payment.objects.filter(pk=payment.pk, provider_id=None).update(
        provider_id=result.request_id, merchant_id=result.merchant_id
    )
    return done


def _settle_result(payment: Payment, result: Result) -> Settled:
    if result.code != MONEY:
        return end_prompt(payment_id=payment.pk, code=result.code, said=result.description)
    if result.amount is None or not result.receipt:
        settle.ask_soon(payment)
        return EventState.REFUSED, "It names no amount or receipt; the provider is asked instead."
    return settle_payment(
        order_id=payment.order_id, payment=payment, money=Money(result.amount, result.receipt)
    )


def _ours(payment: Payment, result: Result) -> bool:
    """Tell whether a result is about the request that was sent for this payment."""
    pairs = (
        (payment.provider_id, result.request_id),
        (payment.merchant_id, result.merchant_id),
    )
    return all(not known or not said or known == said for known, said in pairs)


def _apply_transfer(event: ProviderEvent) -> Settled:
    notice = notices.read_transfer(event.body)
    if notice is None or notice.amount is None:
        return NOT_READ
    if notice.shortcode not in {settings.MPESA_SHORTCODE, settings.MPESA_TILL} - {""}:
        return EventState.REFUSED, "It is for another Paybill or till."
    numbers = [rules.account_digits(notice.account)]
    return place_money(event, notice, method=MPESA, numbers=numbers)


def _apply_statement(event: ProviderEvent) -> Settled:
    """Apply a line of a statement, which the provider had not told of, as if it had.

    Whoever brought the statement looks at it: nobody is alerted, be it a thousand lines.
    """
    notice = notices.read_transfer(event.body)
    if notice is None:
        return NOT_READ
    numbers = order_numbers_in(notice.account)
    return place_money(event, notice, method=event.provider, numbers=numbers, alert=False)


Kind = ProviderEvent.Kind
APPLY: dict[ProviderEvent.Kind, Callable[[ProviderEvent], Settled]] = {
    Kind.RESULT: _apply_result,
    Kind.TRANSFER: _apply_transfer,
    Kind.NOTICE: _apply_notice,
    Kind.REFUND_RESULT: _apply_refund,
    Kind.REFUND_LATE: _apply_late,
    Kind.STATEMENT: _apply_statement,
}


def check_transfer(*, body: bytes, sender: str = "") -> str:
    """Say whether money may come by Paybill or till: "0", or Daraja's code for why not.

    Source: portal page "Customer To Business Register URL": C2B00012 account, 13 amount, 16 other.
    """
    text = events.readable(body)
    notice = notices.read_transfer(text)
    code, words = _judge(notice)
    events.keep_applied(
        kind=ProviderEvent.Kind.TRANSFER_CHECK,
        body=text,
        outcome=words,
        state=EventState.APPLIED if code == "0" else EventState.REFUSED,
        about=notice.receipt if notice else "",
        sender=sender,
    )
    return code


def _judge(notice: TransferNotice | None) -> tuple[str, str]:
    if notice is None:
        return "C2B00016", "It could not be read."
    number = rules.account_digits(notice.account)
    order = Order.objects.filter(number=number).first() if number else None
    if order is None:
        return "C2B00012", "No order has this number."
    if order.payment_status != Order.PaymentStatus.UNPAID:
        return "C2B00016", "The order is paid."
    if order.status == CANCELLED:
        return "C2B00016", "The order was cancelled."
    if notice.amount != amount_due(order):
        return "C2B00013", "The order costs another amount."
    return "0", "Accepted."
