"""What is said: events, channels and the texts that messages are made from."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.notifications.rules import text_problems


class Event(models.TextChoices):
    """What happened to an order or an account that somebody should hear of."""

    PLACED = "order_placed", _("Order placed")
    PAID = "order_paid", _("Order paid")
    CONFIRMED = "order_confirmed", _("Order confirmed")
    SHIPPED = "order_shipped", _("Order shipped")
    DELIVERED = "order_delivered", _("Order delivered")
    CHANGED = "order_changed", _("Order changed")
    CANCELLED = "order_cancelled", _("Order cancelled")
    REFUNDED = "order_refunded", _("Money sent back")
    RETURN = "order_return", _("Return")
    WELCOME = "welcome", _("New customer")
    CODE = "sign_in_code", _("Code to sign in")
    ACCOUNT = "account", _("About an account")
    ALERT = "alert", _("Alert to staff")
    NEWS = "news", _("News to customers")
    TRIAL = "trial", _("Trial of a text")
    REPORT = "daily_report", _("Daily report")


class Channel(models.TextChoices):
    """How a message goes out, and to whom."""

    SMS = "sms", _("SMS to the customer")
    EMAIL = "email", _("Email to the customer")
    STAFF_EMAIL = "staff_email", _("Email to the shop")


# What is said about an account beyond its codes is django-allauth's; the others are written anew
# each time, by a person or from the day's figures.
WITHOUT_TEXT = (Event.ACCOUNT, Event.ALERT, Event.NEWS, Event.TRIAL, Event.REPORT)


class MessageTemplate(models.Model):
    """The words of one event on one channel; without one, only a code is sent."""

    event = models.CharField(
        _("event"),
        max_length=30,
        choices=[choice for choice in Event.choices if choice[0] not in WITHOUT_TEXT],
    )
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
        problems = {"body": text_problems(self.body, self.channel, self.event)}
        if self.event == Event.CODE and "{code}" not in self.body:
            problems["body"].append("Without {code} nobody can sign in with it.")
        if self.channel == Channel.SMS:
            self.subject = ""
        elif not self.subject.strip():
            problems["subject"] = ["An email needs a subject."]
        else:
            problems["subject"] = text_problems(self.subject, self.channel, self.event)
        found = {field: errors for field, errors in problems.items() if errors}
        if found:
            raise ValidationError(found)
