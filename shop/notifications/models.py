"""Messages due for an order, and the texts they are made from."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.notifications.rules import text_problems


class Event(models.TextChoices):
    """What happened to an order that somebody should hear of."""

    PLACED = "order_placed", _("Order placed")
    CONFIRMED = "order_confirmed", _("Order confirmed")
    SHIPPED = "order_shipped", _("Order shipped")
    DELIVERED = "order_delivered", _("Order delivered")
    CANCELLED = "order_cancelled", _("Order cancelled")


class Channel(models.TextChoices):
    """How a message goes out, and to whom."""

    SMS = "sms", _("SMS to the customer")
    EMAIL = "email", _("Email to the customer")
    STAFF_EMAIL = "staff_email", _("Email to the shop")


class MessageTemplate(models.Model):
    """The words of one event on one channel; without one, nothing is sent."""

    event = models.CharField(_("event"), max_length=30, choices=Event)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    subject = models.CharField(_("subject"), max_length=150, blank=True, help_text=_("Emails only"))
    body = models.TextField(_("text"))
    active = models.BooleanField(_("sent"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "channel"], name="one_text_an_event_channel"),
        ]
        verbose_name = _("message text")
        verbose_name_plural = _("message texts")

    def __str__(self) -> str:
        return f"{self.get_event_display()}: {self.get_channel_display()}"

    def clean(self) -> None:
        """Refuse placeholders that this channel does not know, and emails without a subject."""
        if self.channel not in Channel.values:
            return
        problems = {"body": text_problems(self.body, self.channel)}
        if self.channel == Channel.SMS:
            self.subject = ""
        elif not self.subject.strip():
            problems["subject"] = ["An email needs a subject."]
        else:
            problems["subject"] = text_problems(self.subject, self.channel)
        found = {field: errors for field, errors in problems.items() if errors}
        if found:
            raise ValidationError(found)


class Message(models.Model):
    """One message for one person, and all that is known of its delivery."""

    class State(models.TextChoices):
        DUE = "due", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        UNKNOWN = "unknown", _("Outcome unknown")

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="messages")
    event = models.CharField(max_length=30, choices=Event)
    channel = models.CharField(max_length=12, choices=Channel)
    recipient = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While due: not before this. While being sent: how long the worker has; then it counts as dead.
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    # Set before the request leaves: a worker that died after this may have sent it.
    handed_over_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField(blank=True)
    provider_id = models.CharField(max_length=80, blank=True)
    cost = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "event", "channel"], name="one_message_an_event_channel"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state__in=["due", "sending"]),
                name="messages_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} to {self.recipient}: {self.get_state_display()}"
