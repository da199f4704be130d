"""Messages due for an order, an account or many people, and all that is known of them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.notifications.models.broadcast import Broadcast
from shop.notifications.models.words import Channel, Event


class Message(models.Model):
    """One message for one person, and all that is known of its delivery."""

    class State(models.TextChoices):
        DUE = "due", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Outcome unknown")
        EXPIRED = "expired", _("Too late to send")
        CANCELLED = "cancelled", _("Not sent")

    order = models.ForeignKey(
        "orders.Order", null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    # Whose account a message without an order is about; a code for a new number has nobody yet.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="messages",
    )
    # A broadcast writes one message for each of them.
    broadcast = models.ForeignKey(
        Broadcast, null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    event = models.CharField(max_length=30, choices=Event)
    # Which one, of what may happen to an order more than once: "refund:12".
    occasion = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=12, choices=Channel)
    recipient = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While due: not before this. While being sent: how long the worker has; then it counts as dead.
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    # Set before the request leaves: a worker that died after this may have sent it.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    # Accepted by the provider, which is not delivered: that is what the carrier reports later.
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    # A message with an end (a code, a link) opens an account: it is not sent later than this, and
    # its words are erased once it was sent or is too late.
    expires_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField(blank=True)
    provider_id = models.CharField(max_length=80, blank=True)
    # What the carrier said last in its own word: Submitted, Buffered, Success ...
    carrier_state = models.CharField(max_length=30, blank=True)
    # In the provider's own wording; `price` adds up what every send of it cost.
    cost = models.CharField(max_length=30, blank=True)
    price = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    parts = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "event", "occasion", "channel"],
                name="one_message_an_event_channel",
            ),
            models.UniqueConstraint(
                fields=["user", "event", "channel"],
                condition=models.Q(event="welcome"),
                name="one_welcome_a_user_channel",
            ),
            models.UniqueConstraint(
                fields=["broadcast", "recipient"],
                condition=models.Q(broadcast__isnull=False),
                name="one_broadcast_message_a_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state__in=["due", "sending"]),
                name="messages_open",
            ),
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["failed", "unknown"]),
                name="messages_failed",
            ),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(expires_at__isnull=False),
                name="messages_with_an_end",
            ),
            models.Index(fields=["provider_id"], name="messages_by_provider_id"),
            models.Index(
                fields=["broadcast", "state"],
                condition=models.Q(broadcast__isnull=False),
                name="messages_of_a_broadcast",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} to {self.recipient}: {self.get_state_display()}"

    @property
    def private(self) -> bool:
        """Tell whether its words are for nobody's eyes but the recipient's."""
        return self.expires_at is not None
