"""Let go of who paid."""

from collections.abc import Collection

from django.db.models import Q

from shop.payments.models import (
    OutgoingLine,
    Payment,
    ProviderEvent,
    Refund,
    ReviewStep,
    StatementLine,
)

ERASED = "(erased)"


def forget_payers(*, order_ids: Collection[int], phones: Collection[str] = ()) -> None:
    """Take phones out of payments, names and phones out of what was said of them.

    `phones` find what was asked for without an order.
    """
    theirs = Q(order__in=order_ids)
    if phones:
        theirs |= Q(order=None, phone__in=phones)
    ids = list(Payment.objects.filter(theirs).values_list("pk", flat=True))
    ProviderEvent.objects.filter(payment__in=ids).exclude(state=ProviderEvent.State.NEW).update(
        body=ERASED
    )
    Refund.objects.filter(payment__in=ids).update(reason="")
    ReviewStep.objects.filter(payment__in=ids).update(note="")
    receipts = Payment.objects.filter(pk__in=ids, receipt__isnull=False).values("receipt")
    StatementLine.objects.filter(receipt__in=receipts).update(payer="", details="")
    sent_back = Refund.objects.filter(payment__in=ids, receipt__isnull=False).values("receipt")
    OutgoingLine.objects.filter(Q(receipt__in=sent_back) | Q(linked__in=receipts)).update(
        reference="", details=""
    )
    Payment.objects.filter(pk__in=ids).update(phone="", pay_url="")
