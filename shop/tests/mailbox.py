"""What people have received: the worker's part done, as it would be a moment later."""

from django.core import mail
from django.core.mail import EmailMessage

from shop.notifications.actions import deliver
from shop.notifications.models import Message


def send_what_is_due() -> None:
    """Send every message that waits."""
    for pk in Message.objects.filter(state="due").order_by("pk").values_list("pk", flat=True):
        deliver(message_id=pk)


def mailbox() -> list[EmailMessage]:
    """Return all emails sent so far."""
    send_what_is_due()
    return mail.outbox
