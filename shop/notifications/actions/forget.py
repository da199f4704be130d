"""Let go of messages whose recipient left the shop."""

from collections.abc import Collection

from django.db.models import Q

from shop.notifications.models import CarrierReport, Message


def forget_messages(
    *,
    order_ids: Collection[int],
    user_id: int | None = None,
    recipients: Collection[str] = (),
) -> None:
    """Delete the messages of these orders, of this account, and codes sent to its addresses.

    One that is being sent ends without a trace.
    """
    theirs = Q(order__in=order_ids) | Q(order=None, user=None, recipient__in=recipients)
    if user_id is not None:
        theirs |= Q(user=user_id)
    Message.objects.filter(theirs).delete()
    # What came from their phones and belongs to no message.
    CarrierReport.objects.filter(message=None, phone__in=recipients).delete()
