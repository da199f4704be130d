"""Let messages that nobody tried to send yet go where their order says now."""

from shop.core.clock import now
from shop.notifications.models import Channel, Message
from shop.orders.models import Order


def readdress(order: Order) -> None:
    """Send what still waits to the order's phone and email; what has no way left is not sent."""
    waiting = Message.objects.filter(order=order, state=Message.State.DUE, attempts=0)
    for channel, recipient in (
        (Channel.SMS, str(order.phone or "")),
        (Channel.EMAIL, order.email),
    ):
        mine = waiting.filter(channel=channel)
        if recipient:
            mine.update(recipient=recipient, updated_at=now())
        else:
            mine.update(state=Message.State.CANCELLED, next_attempt_at=None, updated_at=now())
