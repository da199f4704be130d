"""What the carrier of SMS said, as it came."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.notifications.models.message import Message


class CarrierReport(models.Model):
    """One thing that the carrier told the shop: kept first, applied after."""

    # No editor asks where a report is used; keeping that up costs four statements a save.
    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        DELIVERY = "delivery", _("Delivery report")
        INCOMING = "incoming", _("SMS from a phone")
        OPT_OUT = "optout", _("No more offers")

    class State(models.TextChoices):
        NEW = "new", _("Waiting")
        APPLIED = "applied", _("Applied")
        IGNORED = "ignored", _("Changed nothing")
        REFUSED = "refused", _("Not believed")

    kind = models.CharField(max_length=10, choices=Kind)
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="reports"
    )
    # What the provider calls the message it is about.
    about = models.CharField(max_length=80, blank=True, db_index=True)
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    body = models.TextField(help_text="As it came; what no database keeps is written as \\x00")
    sender = models.CharField(max_length=45, blank=True, help_text="Address, for the log only")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    outcome = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("carrier report")
        verbose_name_plural = _("carrier reports")
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state="new"),
                name="carrier_reports_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.about}".strip()
