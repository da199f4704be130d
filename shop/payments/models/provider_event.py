"""What providers said."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.payments.models.payment import Payment
from shop.payments.models.refund import Refund


class ProviderEvent(models.Model):
    """One thing that a provider told the shop, as it came."""

    class Kind(models.TextChoices):
        RESULT = "result", _("Result of a prompt")
        ANSWER = "answer", _("Answer to a question")
        TRANSFER = "transfer", _("Money came")
        TRANSFER_CHECK = "transfer_check", _("May money come?")
        REFUND_RESULT = "refund_result", _("Result of a refund")
        REFUND_LATE = "refund_late", _("A refund was not answered")
        NOTICE = "notice", _("Notice of a card payment")
        STATEMENT = "statement", _("Line of a statement")

    class State(models.TextChoices):
        NEW = "new", _("Waiting")
        APPLIED = "applied", _("Applied")
        IGNORED = "ignored", _("Changed nothing")
        REFUSED = "refused", _("Not believed")
        REVIEW = "review", _("Needs a look")

    provider = models.CharField(max_length=30, default="mpesa")
    kind = models.CharField(max_length=20, choices=Kind)
    payment = models.ForeignKey(
        Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    refund = models.ForeignKey(
        Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    body = models.TextField(help_text="As it came; what no database keeps is written as \\x00")
    # What the provider calls what this is about: CheckoutRequestID or TransID.
    about = models.CharField(max_length=80, blank=True, db_index=True)
    signature = models.CharField(
        max_length=500, blank=True, help_text="What came beside the body to prove who said it"
    )
    sender = models.CharField(max_length=45, blank=True, help_text="Address, for the log only")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    outcome = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("provider event")
        verbose_name_plural = _("provider events")
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=models.Q(state="new"),
                name="provider_events_waiting",
            ),
            models.Index(fields=["received_at"], name="provider_events_by_time"),
            models.Index(
                fields=["id"], condition=models.Q(state="review"), name="provider_events_in_review"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.about}".strip()
