"""What many customers are told, written once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.core.clock import now
from shop.notifications.models.words import Channel


class Broadcast(models.Model):
    """News to everybody of an audience who said yes to offers on its channel."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENDING = "sending", _("Going out")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    class Audience(models.TextChoices):
        ALL = "all", _("Everybody who said yes")
        RECENT = "recent", _("Who bought in the last 90 days")
        QUIET = "quiet", _("Who bought once, but not in the last 90 days")
        NEVER = "never", _("Who has not bought yet")

    channel = models.CharField(
        _("how"),
        max_length=12,
        choices=[(Channel.SMS.value, _("SMS")), (Channel.EMAIL.value, _("Email"))],
        default=Channel.SMS,
    )
    audience = models.CharField(_("to whom"), max_length=10, choices=Audience, default=Audience.ALL)
    subject = models.CharField(_("subject"), max_length=150, blank=True, help_text=_("Emails only"))
    body = models.TextField(_("text"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    actor = models.CharField(max_length=150, blank=True)
    # Everybody up to this account has a message; what a killed worker left begins after it.
    cursor = models.BigIntegerField(default=0)
    all_written = models.BooleanField(default=False)
    # Each slice of work takes its turn, so that of two workers with the same turn one goes on.
    turn = models.PositiveIntegerField(default=0)
    turned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("broadcast")
        verbose_name_plural = _("broadcasts")

    def __str__(self) -> str:
        return self.subject or " ".join(self.body.split())[:60]
